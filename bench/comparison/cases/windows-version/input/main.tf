resource "aws_ecs_task_definition" "web" {
  family                   = "windows-version"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions    = jsonencode([{ name = "web", image = "public.ecr.aws/example/iis:1" }])

  runtime_platform {
    operating_system_family = "WINDOWS_SERVER_2022_CORE"
    cpu_architecture        = "X86_64"
  }
}

resource "aws_ecs_service" "web" {
  name             = "windows-version"
  task_definition  = aws_ecs_task_definition.web.arn
  launch_type      = "FARGATE"
  platform_version = "1.0.0"

  network_configuration {
    subnets = ["subnet-0a1b2c3d"]
  }
}
