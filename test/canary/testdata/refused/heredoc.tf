resource "aws_ecs_task_definition" "web" {
  container_definitions = <<EOT
CANARY
}
