package catalog_test

// facts are those of the AWS Security Hub User Guide, "Amazon ECS controls",
// early 2024, copied by hand and not from the catalogue.
var facts = []struct {
	id, title, severity, category, resourceType, rule, schedule string
	requirements                                                []string
}{
	{
		"ECS.1",
		"Amazon ECS task definitions should have secure networking modes and user definitions.",
		"High",
		"Protect > Secure access management",
		"AWS::ECS::TaskDefinition",
		"ecs-task-definition-user-for-host-mode-check",
		"Change triggered",
		[]string{
			"NIST.800-53.r5 AC-2(1)", "NIST.800-53.r5 AC-3", "NIST.800-53.r5 AC-3(15)", "NIST.800-53.r5 AC-3(7)",
			"NIST.800-53.r5 AC-5", "NIST.800-53.r5 AC-6",
		},
	},
	{
		"ECS.2",
		"ECS services should not have public IP addresses assigned to them automatically",
		"High",
		"Protect > Secure network configuration > Resources not publicly accessible",
		"AWS::ECS::Service",
		"ecs-service-assign-public-ip-disabled (custom Security Hub rule)",
		"Change triggered",
		[]string{
			"NIST.800-53.r5 AC-21", "NIST.800-53.r5 AC-3", "NIST.800-53.r5 AC-3(7)", "NIST.800-53.r5 AC-4",
			"NIST.800-53.r5 AC-4(21)", "NIST.800-53.r5 AC-6", "NIST.800-53.r5 SC-7", "NIST.800-53.r5 SC-7(11)",
			"NIST.800-53.r5 SC-7(16)", "NIST.800-53.r5 SC-7(20)", "NIST.800-53.r5 SC-7(21)", "NIST.800-53.r5 SC-7(3)",
			"NIST.800-53.r5 SC-7(4)", "NIST.800-53.r5 SC-7(9)",
		},
	},
	{
		"ECS.3",
		"ECS task definitions should not share the host's process namespace",
		"High",
		"Identify > Resource configuration",
		"AWS::ECS::TaskDefinition",
		"ecs-task-definition-pid-mode-check",
		"Change triggered",
		[]string{
			"NIST.800-53.r5 CA-9(1)", "NIST.800-53.r5 CM-2",
		},
	},
	{
		"ECS.4",
		"ECS containers should run as non-privileged",
		"High",
		"Protect > Secure access management > Root user access restrictions",
		"AWS::ECS::TaskDefinition",
		"ecs-containers-nonprivileged",
		"Change triggered",
		[]string{
			"NIST.800-53.r5 AC-2(1)", "NIST.800-53.r5 AC-3", "NIST.800-53.r5 AC-3(15)", "NIST.800-53.r5 AC-3(7)",
			"NIST.800-53.r5 AC-5", "NIST.800-53.r5 AC-6",
		},
	},
	{
		"ECS.5",
		"ECS containers should be limited to read-only access to root filesystems",
		"High",
		"Protect > Secure access management",
		"AWS::ECS::TaskDefinition",
		"ecs-containers-readonly-access",
		"Change triggered",
		[]string{
			"NIST.800-53.r5 AC-2(1)", "NIST.800-53.r5 AC-3", "NIST.800-53.r5 AC-3(15)", "NIST.800-53.r5 AC-3(7)",
			"NIST.800-53.r5 AC-5", "NIST.800-53.r5 AC-6",
		},
	},
	{
		"ECS.8",
		"Secrets should not be passed as container environment variables",
		"High",
		"Protect > Secure development > Credentials not hard-coded",
		"AWS::ECS::TaskDefinition",
		"ecs-no-environment-secrets",
		"Change triggered",
		[]string{
			"NIST.800-53.r5 CA-9(1)", "NIST.800-53.r5 CM-2",
		},
	},
	{
		"ECS.9",
		"ECS task definitions should have a logging configuration",
		"High",
		"Identify > Logging",
		"AWS::ECS::TaskDefinition",
		"ecs-task-definition-log-configuration",
		"Change triggered",
		[]string{
			"NIST.800-53.r5 AC-4(26)", "NIST.800-53.r5 AU-10", "NIST.800-53.r5 AU-12", "NIST.800-53.r5 AU-2",
			"NIST.800-53.r5 AU-3", "NIST.800-53.r5 AU-6(3)", "NIST.800-53.r5 AU-6(4)", "NIST.800-53.r5 CA-7",
			"NIST.800-53.r5 SC-7(9)", "NIST.800-53.r5 SI-7(8)",
		},
	},
	{
		"ECS.10",
		"ECS Fargate services should run on the latest Fargate platform version",
		"Medium",
		"Identify > Vulnerability, patch, and version management",
		"AWS::ECS::Service",
		"ecs-fargate-latest-platform-version",
		"Change triggered",
		[]string{
			"NIST.800-53.r5 SI-2", "NIST.800-53.r5 SI-2(2)", "NIST.800-53.r5 SI-2(4)", "NIST.800-53.r5 SI-2(5)",
		},
	},
	{
		"ECS.12",
		"ECS clusters should use Container Insights",
		"Medium",
		"Identify > Logging",
		"AWS::ECS::Cluster",
		"ecs-container-insights-enabled",
		"Change triggered",
		[]string{
			"NIST.800-53.r5 AU-6(3)", "NIST.800-53.r5 AU-6(4)", "NIST.800-53.r5 CA-7", "NIST.800-53.r5 SI-2",
		},
	},
}
