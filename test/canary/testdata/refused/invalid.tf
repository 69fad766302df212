resource "aws_ecs_task_definition" "web" {
  a = CANARY CANARY ` "CANARY"
}
