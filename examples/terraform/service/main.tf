variable "name" { type = string }
variable "cluster" { type = string }
variable "assign_public_ip" { type = bool }
variable "containers" {}

resource "aws_ecs_task_definition" "this" {
  family                = var.name
  network_mode          = "awsvpc"
  container_definitions = jsonencode(var.containers)
}

resource "aws_ecs_service" "this" {
  name             = var.name
  cluster          = var.cluster
  task_definition  = aws_ecs_task_definition.this.arn
  platform_version = "1.4.0"

  network_configuration {
    subnets          = ["subnet-0a1b2c3d4e5f60718"]
    assign_public_ip = var.assign_public_ip
  }
}
