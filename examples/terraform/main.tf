# A root module: a cluster, and a service by a local module.

variable "stage" {
  type    = string
  default = "staging"
}

variable "debug" {
  type        = bool
  description = "Whether containers may write where they like; no default, so scan with --var debug=false"
}

data "aws_caller_identity" "current" {}

locals {
  logging = {
    logDriver = "awslogs"
    options   = { "awslogs-group" = "/ecs/${var.stage}" }
  }
}

resource "aws_ecs_cluster" "main" {
  name = var.stage

  setting {
    name  = "containerInsights"
    value = var.stage == "production" ? "enhanced" : "disabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = ["FARGATE"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
  }
}

module "web" {
  source   = "./service"
  for_each = { public = true, internal = false }

  name             = "web-${each.key}"
  cluster          = aws_ecs_cluster.main.id
  assign_public_ip = each.value
  containers = [
    {
      name                   = "app"
      image                  = "${data.aws_caller_identity.current.account_id}.dkr.ecr.eu-central-1.amazonaws.com/web:7"
      readonlyRootFilesystem = !var.debug
      logConfiguration       = local.logging
    },
  ]
}
