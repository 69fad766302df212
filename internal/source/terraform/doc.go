// Package terraform reads Terraform and OpenTofu: plans and states as
// "terraform show -json" prints them, and modules in HCL.
//
// Both are shown to the decoder as the same nodes, which bear the ECS API's
// names: a block is the object of its first element, assign_public_ip = true is
// assignPublicIp ENABLED, and container_definitions is the list that its text
// holds. What a plan knows only after apply, and what a module cannot know
// without its data sources, its state or its provider, is unknown and says why.
//
// Files: node.go and spelling.go what the decoder sees, resource.go what becomes
// of a resource, containers.go the text of container definitions. A plan is read
// by plan.go, planvalue.go (values merged with what is unknown and sensitive),
// configuration.go (what the plan says of its modules' source), reference.go and
// planlink.go (what a service refers to).
package terraform
