// Package ecsapi reads what people save of the Amazon ECS API: the inputs that
// they keep beside their code and the answers that the AWS command line prints,
// in JSON or YAML.
//
// Properties have the API's own names already. What is left to do is to tell
// such documents from everybody else's (recognise.go and evidence.go), to refuse
// those that spell the names as CloudFormation does (capital.go), to see that a
// text is not the value that will be registered but holds a placeholder that
// somebody renders first (placeholder.go), and to know what an answer was not
// asked for (node.go).
package ecsapi
