package ecs

// Default is what Amazon ECS takes where a property is absent, in words; "" if
// absent is all there is to say.
func Default(property string) string {
	switch property {
	case "readonlyRootFilesystem", "privileged":
		return "false"
	case "user":
		return "the image's user, root unless the image says otherwise"
	case "networkMode":
		return "bridge"
	case "assignPublicIp":
		return "DISABLED"
	case "platformVersion":
		return "LATEST"
	default:
		return ""
	}
}
