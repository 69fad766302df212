package worldstest

// A kind is a place where a value decides a verdict.
type kind string

const (
	none       kind = ""
	mode       kind = "network mode"
	pid        kind = "pid mode"
	flag       kind = "boolean"
	user       kind = "user"
	variable   kind = "variable name"
	driver     kind = "log driver"
	system     kind = "operating system"
	address    kind = "public address"
	launch     kind = "launch type"
	provider   kind = "capacity provider"
	platform   kind = "platform version"
	controller kind = "deployment controller"
	setting    kind = "setting name"
	insights   kind = "container insights"
)

// values are what matters at a place: some of each outcome, some usual and some
// not.
func (k kind) values() []string {
	switch k {
	case mode:
		return []string{"host", "awsvpc", "bridge"}
	case pid:
		return []string{"host", "task"}
	case flag:
		return []string{"true", "false", "True", "FALSE"}
	case user:
		return []string{"root", "0", "root:adm", "0:0", "app", "1000:0", ""}
	case variable:
		return []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA", "PATH"}
	case driver:
		return []string{"awslogs", "", "json-file"}
	case system:
		return []string{"LINUX", "WINDOWS_SERVER_2019_CORE", "windows_server_2022_full"}
	case address:
		return []string{"ENABLED", "DISABLED"}
	case launch:
		return []string{"FARGATE", "EC2", "EXTERNAL"}
	case provider:
		return []string{"FARGATE", "FARGATE_SPOT", "fleet"}
	case platform:
		return []string{"LATEST", "1.4.0", "1.3.0", "1.0.0", "1.10.0", "1.4", "0.9"}
	case controller:
		return []string{"ECS", "EXTERNAL", "CODE_DEPLOY"}
	case setting:
		return []string{"containerInsights", "other"}
	case insights:
		return []string{"enabled", "enhanced", "disabled"}
	}
	return nil
}

// kindOf is the kind of a property in the collection named within.
func kindOf(within, property string) kind {
	switch property {
	case "NetworkMode":
		return mode
	case "PidMode":
		return pid
	case "Privileged", "ReadonlyRootFilesystem":
		return flag
	case "User":
		return user
	case "LogDriver":
		return driver
	case "OperatingSystemFamily":
		return system
	case "AssignPublicIp":
		return address
	case "LaunchType":
		return launch
	case "CapacityProvider":
		return provider
	case "PlatformVersion":
		return platform
	}
	switch within + " " + property {
	case "Environment Name":
		return variable
	case "DeploymentController Type":
		return controller
	case "ClusterSettings Name":
		return setting
	case "ClusterSettings Value":
		return insights
	}
	return none
}

// collection says whether a property gives its elements' properties a meaning.
func collection(property string) bool {
	switch property {
	case "Environment", "DeploymentController", "ClusterSettings", "ContainerDefinitions", "LogConfiguration":
		return true
	}
	return false
}
