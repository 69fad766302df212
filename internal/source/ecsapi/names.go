package ecsapi

import "strings"

// A shape is an object of the ECS API: the names of its properties, each with
// the shape of the objects that it holds, by itself or in a list. Where that is
// nil nobody looks inside: the keys there are the user's own, or decide nothing.
type shape map[string]shape

// of makes a shape of names whose values nobody looks into.
func of(names string) shape {
	s := shape{}
	for _, name := range strings.Fields(names) {
		s[name] = nil
	}
	return s
}

// with adds a property that holds objects.
func (s shape) with(name string, held shape) shape {
	s[name] = held
	return s
}

// uncapital is the API's name for a key that begins with a capital, "" if it
// does not.
func uncapital(key string) string {
	if key == "" || !isCapital(key[0]) {
		return ""
	}
	return strings.ToLower(key[:1]) + key[1:]
}

func isCapital(c byte) bool { return c >= 'A' && c <= 'Z' }

// spells tells whether a key is a name of the API, but for a capital.
func spells(key, name string) bool {
	return len(key) == len(name) && key[1:] == name[1:] && (key[0] == name[0] || key[0] == name[0]-'a'+'A')
}

// templateSettings is what CloudFormation calls the settings of a cluster.
const templateSettings = "ClusterSettings"

// meant is the API's name for a key that is spelt as CloudFormation does, "" if
// there is none.
func (s shape) meant(key string) string {
	name := uncapital(key)
	if key == templateSettings {
		name = "settings"
		if _, cluster := s["clusterName"]; !cluster {
			return ""
		}
	}
	if _, ok := s[name]; !ok {
		return ""
	}
	return name
}

// knows finds a key among the names, also if it is spelt as CloudFormation does.
func (s shape) knows(key string) bool {
	_, ok := s[key]
	return ok || s.meant(key) != ""
}

// taskDefinitionShape is the input of register-task-definition and the
// taskDefinition of answers.
func taskDefinitionShape() shape {
	constraint := of("type expression")
	volume := of("name configuredAtLaunch s3filesVolumeConfiguration").
		with("host", of("sourcePath")).
		with("dockerVolumeConfiguration", of("scope autoprovision driver driverOpts labels")).
		with("efsVolumeConfiguration", of("fileSystemId rootDirectory transitEncryption transitEncryptionPort").
			with("authorizationConfig", of("accessPointId iam"))).
		with("fsxWindowsFileServerVolumeConfiguration", of("fileSystemId rootDirectory").
			with("authorizationConfig", of("credentialsParameter domain")))
	return of("taskDefinitionArn family revision status taskRoleArn executionRoleArn networkMode "+
		"requiresAttributes compatibilities requiresCompatibilities cpu memory pidMode ipcMode registeredAt "+
		"deregisteredAt deleteRequestedAt registeredBy enableFaultInjection tags").
		with("containerDefinitions", containerShape()).
		with("volumes", volume).
		with("placementConstraints", constraint).
		with("runtimePlatform", of("cpuArchitecture operatingSystemFamily")).
		with("proxyConfiguration", of("type containerName").with("properties", of("name value"))).
		with("inferenceAccelerators", of("deviceName deviceType")).
		with("ephemeralStorage", of("sizeInGiB"))
}

func containerShape() shape {
	pair, secret := of("name value"), of("name valueFrom")
	return of("name image cpu memory memoryReservation links essential entryPoint command startTimeout stopTimeout "+
		"hostname user workingDirectory disableNetworking privileged readonlyRootFilesystem dnsServers "+
		"dnsSearchDomains dockerSecurityOptions interactive pseudoTerminal dockerLabels credentialSpecs "+
		"versionConsistency").
		with("repositoryCredentials", of("credentialsParameter")).
		with("portMappings", of("containerPort hostPort protocol name appProtocol containerPortRange")).
		with("restartPolicy", of("enabled ignoredExitCodes restartAttemptPeriod")).
		with("environment", pair).
		with("environmentFiles", of("value type")).
		with("mountPoints", of("sourceVolume containerPath readOnly")).
		with("volumesFrom", of("sourceContainer readOnly")).
		with("linuxParameters", of("initProcessEnabled sharedMemorySize maxSwap swappiness").
			with("capabilities", of("add drop")).
			with("devices", of("hostPath containerPath permissions")).
			with("tmpfs", of("containerPath size mountOptions"))).
		with("secrets", secret).
		with("dependsOn", of("containerName condition")).
		with("extraHosts", of("hostname ipAddress")).
		with("ulimits", of("name softLimit hardLimit")).
		with("logConfiguration", of("logDriver options").with("secretOptions", secret)).
		with("healthCheck", of("command interval timeout retries startPeriod")).
		with("systemControls", of("namespace value")).
		with("resourceRequirements", of("value type sharingStrategy")).
		with("firelensConfiguration", of("type options"))
}

// networked are the properties that services and task sets share.
func networked(s shape) shape {
	return s.
		with("networkConfiguration", shape{"awsvpcConfiguration": of("subnets securityGroups assignPublicIp")}).
		with("capacityProviderStrategy", of("capacityProvider weight base")).
		with("loadBalancers", of("targetGroupArn loadBalancerName containerName containerPort advancedConfiguration")).
		with("serviceRegistries", of("registryArn port containerName containerPort"))
}

// serviceShape is the input of create-service and the service of answers.
func serviceShape() shape {
	return networked(of("serviceArn serviceName clusterArn cluster status desiredCount runningCount pendingCount "+
		"launchType platformVersion platformFamily taskDefinition taskSets deployments roleArn role events createdAt "+
		"createdBy healthCheckGracePeriodSeconds schedulingStrategy enableECSManagedTags enableExecuteCommand "+
		"propagateTags availabilityZoneRebalancing serviceConnectConfiguration volumeConfigurations "+
		"vpcLatticeConfigurations currentServiceDeployment currentServiceRevisions resourceManagementType "+
		"gatewayConnectors monitoring clientToken tags")).
		with("deploymentController", of("type")).
		with("deploymentConfiguration", of("maximumPercent minimumHealthyPercent strategy bakeTimeInMinutes "+
			"lifecycleHooks canaryConfiguration linearConfiguration earlySuccessCriteria").
			with("deploymentCircuitBreaker", of("enable rollback resetOnHealthyTask thresholdConfiguration")).
			with("alarms", of("alarmNames enable rollback"))).
		with("placementConstraints", of("type expression")).
		with("placementStrategy", of("type field"))
}

// clusterShape is the input of create-cluster and the cluster of answers.
func clusterShape() shape {
	execute := of("kmsKeyId logging").with("logConfiguration",
		of("cloudWatchLogGroupName cloudWatchEncryptionEnabled s3BucketName s3EncryptionEnabled s3KeyPrefix"))
	return of("clusterArn clusterName status registeredContainerInstancesCount runningTasksCount pendingTasksCount "+
		"activeServicesCount statistics capacityProviders attachments attachmentsStatus tags").
		with("settings", of("name value")).
		with("configuration", shape{
			"executeCommandConfiguration": execute,
			"managedStorageConfiguration": of("kmsKeyId fargateEphemeralStorageKmsKeyId"),
		}).
		with("defaultCapacityProviderStrategy", of("capacityProvider weight base")).
		with("serviceConnectDefaults", of("namespace"))
}

// taskSetShape is the input of create-task-set and the taskSet of answers.
func taskSetShape() shape {
	return networked(of("id taskSetArn serviceArn clusterArn service cluster startedBy externalId status taskDefinition "+
		"computedDesiredCount pendingCount runningCount createdAt updatedAt launchType platformVersion platformFamily "+
		"stabilityStatus stabilityStatusAt fargateEphemeralStorage clientToken tags")).
		with("scale", of("value unit"))
}
