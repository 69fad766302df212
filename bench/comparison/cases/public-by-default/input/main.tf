variable "public" {
  type    = bool
  default = true
}

resource "aws_ecs_service" "web" {
  name            = "public-by-default"
  task_definition = "web"
  launch_type     = "FARGATE"

  network_configuration {
    subnets          = ["subnet-0a1b2c3d"]
    assign_public_ip = var.public
  }
}
