// Package terraform reads Terraform and OpenTofu: plans and states as
// "terraform show -json" prints them, and modules in HCL.
//
// Both are shown to the decoder as the same nodes, which bear the ECS API's
// names: a block is the object of its first element, assign_public_ip = true is
// assignPublicIp ENABLED, and container_definitions is the list that its text
// holds. What a plan knows only after apply, and what a module cannot know
// without its data sources, its state or its provider, is unknown and says why.
//
// Files: format.go the format, node.go and spelling.go what the decoder sees,
// containers.go the text of container definitions, link.go links, tags.go tags.
// A plan is read by plan.go, planresource.go, planvalue.go (values merged with
// what is unknown and sensitive), configuration.go and address.go (what the plan
// says of its modules' source) and planlink.go (what a service refers to). A
// module is read by run.go, hclmodule.go and hclfile.go (files), hcloverride.go
// (override files), instance.go, call.go and expand.go (modules as they are
// called), scope.go, given.go, declared.go, functions.go, ownfunc.go,
// listfunc.go, textfunc.go, filefunc.go and filesetfunc.go (values), hclnode.go,
// hclloop.go, hclvalue.go and hclfollow.go (expressions as nodes), template.go,
// encode.go and hclcontainers.go (texts with holes), hclresource.go and
// hcllink.go (resources), jsonsyntax.go (HCL in JSON), comment.go (comments that
// excuse); limits.go, work.go and estimate.go bound it all, quote.go shows
// lines. It is edited by rewriter.go (what is edited), origin.go (where a node
// comes from), fixmake.go, fixgoal.go, fixinsert.go, fixremove.go and fixjson.go
// (the edits), fixdefine.go and fixmention.go (locals and variables),
// fixbound.go (names of loops), fixtext.go (the texts), answer.go (the Region of
// logs) and conceal.go and concealref.go (what is not shown).
package terraform
