resource "aws_ecs_task_definition" "web" {
  family = "second-container"
  container_definitions = jsonencode([
    { name = "web", image = "public.ecr.aws/example/web:1", memory = 128, readonlyRootFilesystem = true },
    { name = "log", image = "public.ecr.aws/example/log:1", memory = 64 },
  ])
}
