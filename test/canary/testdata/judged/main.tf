variable "password" {
  default   = "CANARY"
  sensitive = true
}

variable "typed" {
  type    = number
  default = "CANARY"
}

locals {
  environment = { DB = "CANARY", AWS_ACCESS_KEY_ID = var.password }
  broken      = regex("CANARY(", "CANARY") # CANARY
}

resource "aws_ecs_task_definition" "web" {
  family       = "web" # CANARY
  network_mode = "host"
  tags         = { k = "CANARY" }
  container_definitions = jsonencode([{
    name             = "app", image = "app", command = ["CANARY"], entryPoint = ["CANARY"],
    environment      = [for k, v in local.environment : { name = k, value = v }]
    dockerLabels     = { k = "CANARY" }
    healthCheck      = { command = ["CMD", "CANARY"] }
    logConfiguration = { logDriver = "", options = { token = "CANARY" } }
    user             = var.password == "" ? "CANARY" : "root"
    privileged       = "CANARY"
  }])
}

resource "aws_ecs_task_definition" "heredoc" {
  family                = "heredoc"
  network_mode          = "host"
  container_definitions = <<-EOT
    [{"name": "app", "command": ["CANARY"], "privileged": false, "cpu": ${data.x.y.z},
      "environment": [{"name": "AWS_ACCESS_KEY_ID", "value": "CANARY"}, {"name": "DB", "value": "${var.password}"}]}]
  EOT
}

resource "aws_ecs_task_definition" "text" {
  family                = "text"
  network_mode          = "host"
  container_definitions = "[{\"name\": \"app\", \"environment\": [{\"name\": \"DB\", \"value\": \"CANARY\"}]}]"
}

resource "aws_ecs_task_definition" "broken" {
  family                = "broken"
  container_definitions = "[{\"environment\": [{\"value\": \"CANARY\""
}

resource "aws_ecs_task_definition" "error" {
  family                = "error"
  container_definitions = jsonencode([{ name = "app", privileged = tobool("CANARY"), user = local.broken, readonlyRootFilesystem = var.typed }])
}

resource "aws_ecs_task_definition" "secret" {
  family                = "secret"
  network_mode          = "host"
  container_definitions = jsonencode([{ name = var.password, image = var.password, user = var.password, privileged = sensitive(true) }])
}

resource "aws_ecs_service" "web" {
  name             = "web"
  launch_type      = "FARGATE"
  platform_version = var.password
  network_configuration {
    assign_public_ip = "CANARY"
  }
}
