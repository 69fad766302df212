resource "aws_ecs_task_definition" "agent" {
  family   = "pid-mode"
  pid_mode = "host"
  container_definitions = jsonencode([
    { name = "agent", image = "public.ecr.aws/example/agent:3", memory = 128 },
  ])
}
