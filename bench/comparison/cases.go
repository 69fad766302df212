package main

// The forms of inputs, as the page calls them.
const (
	formAPI            = "Amazon ECS API"
	formCloudFormation = "CloudFormation"
	formTerraform      = "Terraform module"
	formPlan           = "Terraform plan"
)

// An aCase is an input that a sentence of a control decides. The verdict that is
// wanted is written by hand, from that sentence.
type aCase struct {
	name     string // of its folder in cases
	title    string
	form     string
	control  string
	resource string // its ID in the input
	sentence string // of the control, to the letter
	because  string // how it decides
	want     string

	account      string // the resource's name in an account, "" if the case is not made in one
	notInAccount string // why it is not, if it is not that only files have it
}

func (c aCase) folder() string { return folder + "/cases/" + c.name }
func (c aCase) input() string  { return c.folder() + "/input" }

const (
	passed  = "PASSED"
	failed  = "FAILED"
	unknown = "UNKNOWN"
)

// Sentences that decide more than one case.
const (
	ecs01 = "The control fails for task definitions that have host network mode and container definitions of privileged=false, empty and user=root, or empty."
	ecs02 = "This control fails if AssignPublicIP is ENABLED."
	ecs05 = "The control fails if the readonlyRootFilesystem parameter is set to false or if the parameter doesn't exist in the container definition within the task definition."
	ecs09 = "The control fails if the task definition doesn't have the logConfiguration property defined or if the value for logDriver is null in at least one container definition."
	ecs10 = "This control fails if the platform version is not the latest."
	ecs12 = "This control fails if Container Insights are not set up for a cluster."
)

func cases() []aCase {
	return []aCase{
		{
			name: "privileged-on-host", title: "Privileged on the host's network", form: formCloudFormation, control: "ECS.1", resource: "Agent",
			sentence: ecs01, want: passed, account: "privileged-on-host",
			because: "The container has no user, but it is privileged: somebody chose that. (ECS.4 fails it.)",
		},
		{
			name: "user-zero-zero", title: "User `0:0` on the host's network", form: formAPI, control: "ECS.1", resource: "user-zero-zero",
			sentence: ecs01, want: failed, account: "user-zero-zero",
			because: "The user before the colon is root, by its number; what follows is the group.",
		},
		{
			name: "user-root-group", title: "User `root:` and a group that a parameter gives", form: formCloudFormation, control: "ECS.1", resource: "Agent",
			sentence: ecs01, want: failed, account: "user-root-group",
			because: "Whatever the group is, the user is root. (The account has it with `root:root`.)",
		},
		{
			name: "public-by-default", title: "A public address by a variable's default", form: formTerraform, control: "ECS.2", resource: "aws_ecs_service.web",
			sentence: ecs02, want: failed, account: "public-by-default",
			because: "`assign_public_ip = true` is the API's `ENABLED`, and nobody gives the variable another value.",
		},
		{
			name: "pid-mode", title: "The host's process namespace", form: formTerraform, control: "ECS.3", resource: "aws_ecs_task_definition.agent",
			sentence: "The control fails if the task definition shares the host's process namespace with the containers running on it.", want: failed, account: "pid-mode",
			because: "`pid_mode` is an argument of the task definition.",
		},
		{
			name: "old-revision", title: "A privileged revision beside its successor", form: formAPI, control: "ECS.4",
			resource: "arn:aws:ecs:us-east-1:111122223333:task-definition/old-revision:10",
			sentence: "This control only evaluates the latest active revision of an Amazon ECS task definition.", want: passed, account: "old-revision",
			because: "Revisions 9 and 11 are privileged; 10 is the highest active one, and isn't. (In the emulated account they are 1 and 3; 2 isn't privileged, and 3 was deregistered.)",
		},
		{
			name: "privileged", title: "A privileged container in `jsonencode`", form: formTerraform, control: "ECS.4", resource: "aws_ecs_task_definition.agent",
			sentence: "The control fails if this parameter is equal to true.", want: failed, account: "privileged",
			because: "The parameter is `privileged`.",
		},
		{
			name: "second-container", title: "The second container says nothing", form: formTerraform, control: "ECS.5", resource: "aws_ecs_task_definition.web",
			sentence: ecs05, want: failed, account: "second-container",
			because: "The first container's root file system is read-only; of the second's the parameter doesn't exist.",
		},
		{
			name: "quoted-boolean", title: "`\"true\"` in quotes", form: formCloudFormation, control: "ECS.5", resource: "Task",
			sentence: ecs05, want: passed, account: "quoted-boolean",
			because: "CloudFormation takes the text for the boolean, so the parameter is true.",
		},
		{
			name: "misspelt", title: "`readOnlyRootFilesystem`, misspelt by one capital", form: formAPI, control: "ECS.5", resource: "misspelt",
			sentence: ecs05, want: failed, notInAccount: "no account has it: the API refuses the name",
			because: "The parameter is `readonlyRootFilesystem`. It doesn't exist in this container definition.",
		},
		{
			name: "unknown-containers", title: "Container definitions that are known after apply", form: formPlan, control: "ECS.5", resource: "aws_ecs_task_definition.web",
			sentence: ecs05, want: unknown,
			because: "The plan doesn't say what the parameter will be, nor that it won't exist.",
		},
		{
			name: "engine-auth", title: "`ECS_ENGINE_AUTH_DATA` with a harmless value", form: formAPI, control: "ECS.8", resource: "engine-auth",
			sentence: "This control fails if a single environment variable in any container definition equals AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, or ECS_ENGINE_AUTH_DATA.",
			want:     failed, account: "engine-auth",
			because: "The control reads the variable's key, not its value.",
		},
		{
			name: "secret-reference", title: "`AWS_SECRET_ACCESS_KEY` by reference, and an environment file", form: formAPI, control: "ECS.8", resource: "secret-reference",
			sentence: "This control does not cover environmental variables passed in from other locations such as Amazon S3.", want: passed, account: "secret-reference",
			because: "The name stands in `secrets`, and the file is in Amazon S3; `environment` has neither.",
		},
		{
			name: "log-router", title: "A log router that doesn't log", form: formAPI, control: "ECS.9", resource: "log-router",
			sentence: ecs09, want: failed, account: "log-router",
			because: "The text exempts no container, so it doesn't exempt the one that routes the others' logs.",
		},
		{
			name: "empty-driver", title: "A log driver that is the empty text", form: formAPI, control: "ECS.9", resource: "empty-driver",
			sentence: ecs09, want: failed, account: "empty-driver",
			because: "An empty text names no log driver any more than null does.",
		},
		{
			name: "windows-version", title: "Platform version 1.0.0 on Windows", form: formTerraform, control: "ECS.10", resource: "aws_ecs_service.web",
			sentence: "latestWindowsVersion: 1.0.0 (not customizable)", want: passed, notInAccount: "not asked: the emulator doesn't tell a service's platform family",
			because: "The task definition runs on Windows, whose latest version is 1.0.0.",
		},
		{
			name: "fargate-by-default", title: "Fargate by the cluster's default strategy", form: formTerraform, control: "ECS.10", resource: "aws_ecs_service.web",
			sentence: ecs10, want: failed, notInAccount: "not asked: the emulator doesn't tell a service's platform family",
			because: "The service has no launch type; its cluster puts it on FARGATE_SPOT, and 1.3.0 is not the latest version.",
		},
		{
			name: "both-branches", title: "`enabled` in one branch, `enhanced` in the other", form: formCloudFormation, control: "ECS.12", resource: "Cluster",
			sentence: ecs12, want: passed, account: "both-branches",
			because: "Whatever the condition comes to, Container Insights is set up. (The account has the cluster with `enhanced`.)",
		},
		{
			name: "parameter-without-default", title: "A parameter without a default", form: formCloudFormation, control: "ECS.12", resource: "Cluster",
			sentence: ecs12, want: unknown,
			because: "`enabled` and `disabled` are both allowed, and the template doesn't say which it will be.",
		},
	}
}
