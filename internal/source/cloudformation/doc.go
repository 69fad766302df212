// Package cloudformation reads AWS CloudFormation templates: it resolves what
// can be resolved and marks the rest unknown.
//
// A template leaves choices open: parameters without a default, the Region it is
// deployed to, what other stacks export. The package does not guess them, and
// does not call everything behind them unknown either. It decodes a resource
// once for each consistent way to answer the questions that reading the resource
// raises; each way is a world, and gives one variant of the resource. Within a
// world a parameter has one value, so two conditions on it agree.
//
// A term is what the template cannot know; its answers are the values that can
// matter: what it may be by AllowedValues, else what it is compared with or
// looked up by, plus "something else". They are computed once for the whole
// template, so the order of resources cannot matter.
//
// Files: format.go the form, read.go a template; program.go and nested.go hold
// the parsed stacks, declared.go the parameters that they declare, foreach.go
// what loops unroll, ring.go conditions that go round in a ring; term.go the
// terms, world.go and explore.go the exploration; resolve.go the values, with
// intrinsic.go, ref.go, string.go, collection.go, condition.go and number.go for
// the intrinsic functions; node.go the view that the decoder reads, text.go how
// properties are spelt, resource.go what becomes of it, cdk.go what the AWS CDK
// adds. A template is edited by rewrite.go, redefine.go (where a value is
// defined) and prefix.go (the prefix of logs); conceal.go is what nobody may
// see.
package cloudformation
