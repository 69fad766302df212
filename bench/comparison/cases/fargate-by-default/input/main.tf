resource "aws_ecs_cluster" "main" {
  name = "fargate-by-default"
}

resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = ["FARGATE_SPOT"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
  }
}

resource "aws_ecs_service" "web" {
  name             = "fargate-by-default"
  cluster          = aws_ecs_cluster.main.id
  task_definition  = "web"
  platform_version = "1.3.0"

  network_configuration {
    subnets = ["subnet-0a1b2c3d"]
  }
}
