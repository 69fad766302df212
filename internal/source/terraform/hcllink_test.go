package terraform_test

import "testing"

// for_each over a resource has its keys, and each.value is the instance with the
// same key.
func TestChainedForEach(t *testing.T) {
	r := scanModule(t, `resource "aws_ecs_cluster" "c" {
  for_each = toset(["x.y", "b"])
  name     = each.value
}
resource "aws_ecs_cluster_capacity_providers" "c" {
  for_each     = aws_ecs_cluster.c
  cluster_name = each.value.name
  default_capacity_provider_strategy {
    capacity_provider = each.key == "b" ? "FARGATE" : "custom"
  }
}
resource "aws_ecs_service" "s" {
  for_each         = aws_ecs_cluster.c
  name             = each.key
  cluster          = each.value.id
  platform_version = "1.3.0"
}
resource "aws_ecs_service" "m" {
  for_each         = { one = aws_ecs_cluster.c["b"].id, two = aws_ecs_cluster.c["x.y"].id }
  name             = each.key
  cluster          = each.value
  platform_version = "1.3.0"
}
resource "aws_ecs_service" "n" {
  count            = length(aws_ecs_cluster.c)
  name             = "n"
  cluster          = aws_ecs_cluster.c[["b", "x.y"][count.index]].id
  platform_version = "1.3.0"
}
resource "aws_ecs_cluster" "mine" {
  count = 2
  name  = "mine${count.index}"
}
module "m" {
  source   = "./m"
  for_each = { a = 0, b = 1 }
  cluster  = aws_ecs_cluster.mine[each.value].arn
}
module "n" {
  source   = "./m"
  for_each = aws_ecs_cluster.c
  cluster  = each.value.arn
}
resource "aws_ecs_service" "itself" {
  for_each = aws_ecs_service.itself
  name     = "itself"
}
-- m/main.tf --
variable "cluster" {}
resource "aws_ecs_service" "s" {
  name             = "s"
  cluster          = var.cluster
  platform_version = "1.3.0"
}
`)
	expect(t, r, `aws_ecs_service.s["b"] ECS.10 FAILED
		aws_ecs_service.s["x.y"] ECS.10 NOT_APPLICABLE
		aws_ecs_service.m["one"] ECS.10 FAILED
		aws_ecs_service.m["two"] ECS.10 NOT_APPLICABLE
		aws_ecs_service.n[0] ECS.10 FAILED
		aws_ecs_service.n[1] ECS.10 NOT_APPLICABLE
		module.m["a"].aws_ecs_service.s ECS.10 NOT_APPLICABLE
		module.m["b"].aws_ecs_service.s ECS.10 NOT_APPLICABLE
		module.n["b"].aws_ecs_service.s ECS.10 FAILED
		module.n["x.y"].aws_ecs_service.s ECS.10 NOT_APPLICABLE
		aws_ecs_service.itself ECS.2 PASSED`)
	if r.Resources != 17 {
		t.Errorf("%d resources, want 17: %v", r.Resources, ids(r))
	}
}
