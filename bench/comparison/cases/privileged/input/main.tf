resource "aws_ecs_task_definition" "agent" {
  family = "privileged"
  container_definitions = jsonencode([
    { name = "agent", image = "public.ecr.aws/example/agent:3", memory = 128, privileged = true },
  ])
}
