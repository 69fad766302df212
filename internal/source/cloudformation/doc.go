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
// Files: program.go and template.go hold the parsed stack, term.go the terms,
// world.go the exploration, resolve.go and the files of the intrinsic functions
// the values, node.go the view that the decoder reads, resource.go what becomes
// of it, cdk.go what the AWS CDK adds.
package cloudformation
