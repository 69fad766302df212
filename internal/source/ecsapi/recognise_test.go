package ecsapi_test

import (
	"testing"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/ecsapi"
)

const (
	webARN     = "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:3"
	serviceARN = "arn:aws:ecs:eu-west-1:111122223333:service/prod/web"
	clusterARN = "arn:aws:ecs:eu-west-1:111122223333:cluster/prod"
	taskSetARN = "arn:aws:ecs:eu-west-1:111122223333:task-set/prod/web/ecs-svc/1"
)

func TestRecognisesItsOwn(t *testing.T) {
	for name, doc := range map[string]string{
		"register input":            `{"family":"web","containerDefinitions":[{"name":"app","image":"nginx"}]}`,
		"register input, YAML":      "family: web\ncontainerDefinitions:\n  - name: app\n    image: nginx\n",
		"register, no family":       `{"containerDefinitions":[{"name":"app"}]}`,
		"register, no containers":   `{"family":"web","pidMode":"host"}`,
		"register, containers null": `{"family":"web","containerDefinitions":null}`,
		"register, wrong type":      `{"family":"web","containerDefinitions":"none"}`,
		"register, new property":    `{"family":"web","containerDefinitions":[],"someNewProperty":1,"other":2}`,
		"register, comment":         `{"_comment":"x","$schema":"y","family":"web","networkMode":"awsvpc"}`,
		"create-service input":      `{"serviceName":"web","taskDefinition":"web"}`,
		"create-service, cluster":   `{"cluster":"prod","serviceName":"web","taskDefinition":"web:3","desiredCount":1}`,
		"create-service, YAML":      "serviceName: web\ntaskDefinition: web\nlaunchType: FARGATE\n",
		"create-service, external":  `{"serviceName":"web","deploymentController":{"type":"EXTERNAL"}}`,
		"create-service, both":      `{"serviceName":"web","taskDefinition":{"containerDefinitions":[]},"desiredCount":1}`,
		"ecspresso":                 `{"launchType":"FARGATE","platformVersion":"1.3.0","desiredCount":2,"networkConfiguration":{"awsvpcConfiguration":{"subnets":[]}}}`,
		"ecspresso, count elsewhere": `{"launchType":"FARGATE","platformVersion":"1.3.0",
			"networkConfiguration":{"awsvpcConfiguration":{"assignPublicIp":"ENABLED"}}}`,
		"create-cluster input":        `{"clusterName":"demo"}`,
		"create-cluster, settings":    `{"clusterName":"demo","settings":[{"name":"containerInsights","value":"enabled"}]}`,
		"create-cluster, YAML":        "clusterName: demo\ncapacityProviders: [FARGATE]\n",
		"create-cluster, no name":     `{"settings":[{"name":"containerInsights","value":"enabled"}]}`,
		"create-cluster, strategy":    `{"defaultCapacityProviderStrategy":[{"capacityProvider":"FARGATE"}]}`,
		"create-task-set, type":       `{"service":"web","cluster":"prod","taskDefinition":"web:3","launchType":"FARGATE"}`,
		"create-task-set, external":   `{"service":"web","cluster":"prod","taskDefinition":"web:3","externalId":"a"}`,
		"create-task-set input":       `{"service":"web","cluster":"prod","taskDefinition":"web:3","scale":{"unit":"PERCENT","value":50}}`,
		"describe-task-definition":    `{"taskDefinition":{"taskDefinitionArn":"` + webARN + `","containerDefinitions":[]},"tags":[]}`,
		"register answer, family":     `{"taskDefinition":{"family":"web","networkMode":"host"}}`,
		"boto3":                       `{"taskDefinition":{"containerDefinitions":[]},"ResponseMetadata":{"RequestId":"1"}}`,
		"AWS SDK for JavaScript":      `{"$metadata":{},"taskDefinition":{"containerDefinitions":[]}}`,
		"describe-services":           `{"services":[{"serviceArn":"` + serviceARN + `","serviceName":"web"}],"failures":[]}`,
		"describe-services, none":     `{"services":[],"failures":[]}`,
		"describe-services, no list":  `{"services":"x","failures":[]}`,
		"describe-services, null":     `{"services":null,"failures":[]}`,
		"describe-clusters, no list":  `{"clusters":{"clusterArn":"` + clusterARN + `"},"failures":[]}`,
		"describe-services, failure":  `{"services":[],"failures":[{"arn":"` + serviceARN + `","reason":"MISSING"}]}`,
		"describe-clusters":           `{"clusters":[{"clusterArn":"` + clusterARN + `"}],"failures":[]}`,
		"describe-clusters, bare":     `{"clusters":[{"clusterArn":"` + clusterARN + `"}]}`,
		"describe-task-sets":          `{"taskSets":[{"taskSetArn":"` + taskSetARN + `"}],"failures":[]}`,
		"create-service answer":       `{"service":{"serviceArn":"` + serviceARN + `","status":"ACTIVE"}}`,
		"create-cluster answer":       `{"cluster":{"clusterArn":"` + clusterARN + `","clusterName":"prod","status":"ACTIVE"}}`,
		"create-task-set answer":      `{"taskSet":{"taskSetArn":"` + taskSetARN + `","status":"ACTIVE"}}`,
		"task definition alone":       `{"taskDefinitionArn":"` + webARN + `","family":"web","revision":3,"status":"ACTIVE","containerDefinitions":[]}`,
		"service alone":               `{"serviceArn":"` + serviceARN + `","serviceName":"web","status":"ACTIVE"}`,
		"service alone, new property": `{"serviceArn":"` + serviceARN + `","serviceName":"web","status":"ACTIVE","someNewProperty":{}}`,
		"cluster alone, ARN":          `{"clusterArn":"` + clusterARN + `","clusterName":"prod"}`,
		"cluster alone, status":       `{"clusterName":"prod","status":"ACTIVE"}`,
		"task set alone":              `{"taskSetArn":"` + taskSetARN + `","serviceArn":"` + serviceARN + `","clusterArn":"` + clusterARN + `","status":"PRIMARY"}`,
		"array of objects":            `[{"family":"a","containerDefinitions":[]},{"serviceName":"web","taskDefinition":"a"}]`,
		"array of answers":            `[{"taskDefinition":{"containerDefinitions":[]}},{"clusters":[],"failures":[]}]`,
		"ARN with placeholders":       `{"serviceArn":"arn:aws:ecs:${REGION}:${ACCOUNT}:service/web","serviceName":"web","status":"ACTIVE"}`,
		"capitals, containers":        `{"Family":"web","ContainerDefinitions":[{"Name":"app","Image":"nginx"}]}`,
		"capitals, answer":            `{"TaskDefinition":{"Family":"web","ContainerDefinitions":[{"Name":"app"}]}}`,
		"capitals, services":          `{"Services":[{"ServiceArn":"` + serviceARN + `","Status":"ACTIVE"}]}`,
		"capitals, service":           `{"ServiceName":"web","TaskDefinition":"web","DesiredCount":1}`,
		"properties, cluster":         `{"ClusterName":"demo","ClusterSettings":[{"Name":"containerInsights","Value":"enabled"}]}`,
		"properties, settings":        `{"ClusterSettings":[{"Name":"containerInsights","Value":"enabled"}]}`,
		"properties, no settings":     `{"ClusterName":"demo","ClusterSettings":[],"CapacityProviders":["FARGATE"]}`,
		"properties, strategy":        `{"ClusterName":"demo","DefaultCapacityProviderStrategy":[{"CapacityProvider":"FARGATE"}]}`,
		"properties, service":         `{"Cluster":{"Ref":"C"},"TaskDefinition":{"Ref":"T"},"DesiredCount":1,"LaunchType":"FARGATE"}`,
		"properties, task set":        `{"Cluster":"c","Service":"s","TaskDefinition":"t","LaunchType":"FARGATE","Scale":{"Unit":"PERCENT","Value":1}}`,
		"capitals, cluster":           `{"ClusterName":"demo","Settings":[{"Name":"containerInsights","Value":"enabled"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			if !recognised(t, doc) {
				t.Errorf("not recognised: %s", doc)
			}
		})
	}
}

func TestLeavesOthersAlone(t *testing.T) {
	for name, doc := range map[string]string{
		"nothing":                              `{}`,
		"empty array":                          `[]`,
		"text":                                 `"containerDefinitions"`,
		"npm":                                  `{"name":"web","version":"1.0.0","scripts":{"build":"tsc"},"dependencies":{"express":"5"}}`,
		"TypeScript":                           `{"compilerOptions":{"target":"es2022"},"include":["src"]}`,
		"Helm values":                          "clusterName: prod\n",
		"Helm values, more":                    "clusterName: prod\nregion: eu-west-1\n",
		"eksctl":                               "apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: prod}\n",
		"app configuration":                    `{"clusterName":"prod","region":"eu-west-1","replicas":3}`,
		"app with tags":                        `{"clusterName":"prod","tags":{"team":"web"}}`,
		"service configuration":                `{"serviceName":"web","port":8080}`,
		"deploy configuration":                 `{"serviceName":"web","cluster":"prod"}`,
		"ecspresso.yml":                        "region: eu-west-1\ncluster: prod\nservice: web\nservice_definition: s.json\ntask_definition: t.json\n",
		"docker compose":                       "services:\n  web:\n    image: nginx\n",
		"services of a platform":               "services:\n  - type: web\n    name: api\n    plan: starter\n",
		"no services":                          `{"services":[]}`,
		"serverless":                           "service: web\nprovider: {name: aws}\n",
		"ecs-cli":                              "version: 1\ntask_definition:\n  ecs_network_mode: awsvpc\n",
		"kubeconfig":                           "apiVersion: v1\nclusters:\n  - name: a\n    cluster: {server: x}\n",
		"list-clusters":                        `{"clusterArns":["` + clusterARN + `"]}`,
		"list of EKS":                          `{"clusters":["prod","dev"]}`,
		"describe EKS":                         `{"cluster":{"name":"prod","arn":"arn:aws:eks:eu-west-1:111122223333:cluster/prod","status":"ACTIVE"}}`,
		"DAX":                                  `{"Clusters":[{"ClusterName":"a","ClusterArn":"arn:aws:dax:eu-west-1:111122223333:cache/a","Status":"available"}]}`,
		"MSK":                                  `{"clusterArn":"arn:aws:kafka:eu-west-1:111122223333:cluster/a/1","clusterName":"a","status":"ACTIVE"}`,
		"EMR":                                  `{"Cluster":{"Id":"j-1","Name":"a","Status":{"State":"RUNNING"}}}`,
		"outputs of a stack":                   `{"clusterArn":"` + clusterARN + `","serviceArn":"` + serviceARN + `","albName":"web"}`,
		"names of a stack":                     `{"serviceArn":"` + serviceARN + `","serviceName":"web","clusterArn":"` + clusterARN + `"}`,
		"run-task input":                       `{"cluster":"prod","taskDefinition":"web","count":1,"launchType":"FARGATE","networkConfiguration":{"awsvpcConfiguration":{"subnets":[]}}}`,
		"run-task, part":                       `{"cluster":"prod","launchType":"FARGATE","networkConfiguration":{"awsvpcConfiguration":{"subnets":[]}}}`,
		"update-service input":                 `{"service":"web","cluster":"prod","desiredCount":2,"platformVersion":"LATEST"}`,
		"update-service, revision":             `{"service":"web","cluster":"prod","taskDefinition":"web:3"}`,
		"update-service, platform":             `{"service":"web","cluster":"prod","taskDefinition":"web:3","platformVersion":"1.3.0","networkConfiguration":{}}`,
		"update-service, force":                `{"service":"web","cluster":"prod","taskDefinition":"web:3","forceNewDeployment":true}`,
		"a name where an answer has an object": `{"taskDefinition":"x"}`,
		"failures of others":                   `{"services":"x","failures":[],"errors":1}`,
		"settings of others":                   `{"ClusterSettings":[{"Name":"nodes","Value":"3"}]}`,
		"cluster of others":                    `{"ClusterName":"prod","ClusterSettings":{"Nodes":3}}`,
		"cluster of others, more":              `{"ClusterName":"prod","ClusterSettings":[],"InstanceType":"r5"}`,
		"describe-tasks": `{"tasks":[{"taskArn":"arn:aws:ecs:eu-west-1:111122223333:task/prod/1","clusterArn":"` + clusterARN + `",
			"taskDefinitionArn":"` + webARN + `"}],"failures":[]}`,
		"one task": `{"taskArn":"arn:aws:ecs:eu-west-1:111122223333:task/prod/1","clusterArn":"` + clusterARN + `","attachments":[]}`,
		"CloudFormation": `{"AWSTemplateFormatVersion":"2010-09-09","Resources":{"Web":{"Type":"AWS::ECS::TaskDefinition",
			"Properties":{"ContainerDefinitions":[{"Name":"app","Image":"nginx"}]}}}}`,
		"CloudFormation, only resources": "Resources:\n  C:\n    Type: AWS::ECS::Cluster\n",
		"resource of a template":         `{"Type":"AWS::ECS::TaskDefinition","Properties":{"ContainerDefinitions":[{"Name":"app"}]}}`,
		"Config item": `{"configurationItemStatus":"OK","resourceType":"AWS::ECS::TaskDefinition",
			"configuration":{"ContainerDefinitions":[{"Name":"app"}]}}`,
		"Config items":      `{"configurationItems":[{"resourceType":"AWS::ECS::Cluster"}]}`,
		"Terraform plan":    `{"terraform_version":"1.9.0","planned_values":{},"services":[],"failures":[]}`,
		"JSON schema":       `{"type":"object","properties":{"containerDefinitions":{"type":"array"}}}`,
		"OpenAPI":           "openapi: 3.0.0\npaths: {}\n",
		"GameLift":          `{"Name":"game","ContainerDefinitions":[{"ContainerName":"a","ImageUri":"x"}]}`,
		"containers only":   `[{"name":"app","image":"nginx","essential":true}]`,
		"fonts":             `{"family":"Inter","status":"ok"}`,
		"appspec":           "version: 0.0\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n",
		"Dependabot":        "version: 2\nupdates:\n  - package-ecosystem: gomod\n",
		"capital name only": `{"ClusterName":"prod"}`,
	} {
		t.Run(name, func(t *testing.T) {
			if recognised(t, doc) {
				t.Errorf("recognised: %s", doc)
			}
		})
	}
}

func recognised(t *testing.T, text string) bool {
	t.Helper()
	f, err := document.Parse("x", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Documents) != 1 {
		t.Fatalf("%d documents", len(f.Documents))
	}
	return ecsapi.New().Recognise(f.Documents[0])
}
