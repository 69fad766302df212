package document

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// benchTemplate is a template of about 4.5 KB: what people's task definitions
// look like.
func benchTemplate() []byte {
	var b strings.Builder
	b.WriteString("AWSTemplateFormatVersion: \"2010-09-09\"\nDescription: A service\nParameters:\n  Env:\n    Type: String\n    Default: prod\nResources:\n")
	for i := range 2 {
		fmt.Fprintf(&b, "  # The task of service %d.\n  Task%d:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Family: !Sub \"${Env}-web\"\n      NetworkMode: awsvpc\n      RequiresCompatibilities: [FARGATE]\n      Cpu: \"256\"\n      Memory: \"512\"\n      ExecutionRoleArn: !GetAtt Role.Arn\n      ContainerDefinitions:\n", i, i)
		for j := range 3 {
			fmt.Fprintf(&b, "        - Name: c%d\n          Image: !Sub \"${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/web:%d\"\n          Essential: true\n          ReadonlyRootFilesystem: true # needed\n          User: \"1000:1000\"\n          PortMappings:\n            - ContainerPort: 8080\n              Protocol: tcp\n          Environment:\n            - Name: LOG_LEVEL\n              Value: info\n            - {Name: STAGE, Value: !Ref Env}\n          LogConfiguration:\n            LogDriver: awslogs\n            Options:\n              awslogs-group: !Ref LogGroup\n              awslogs-region: !Ref AWS::Region\n              awslogs-stream-prefix: web\n", j, j)
		}
		fmt.Fprintf(&b, "  Service%d:\n    Type: AWS::ECS::Service\n    Properties:\n      Cluster: !Ref Cluster\n      TaskDefinition: !Ref Task%d\n      LaunchType: FARGATE\n      NetworkConfiguration:\n        AwsvpcConfiguration:\n          AssignPublicIp: DISABLED\n          Subnets: !Ref Subnets\n", i, i)
	}
	return []byte(b.String())
}

func BenchmarkParseTemplate(b *testing.B) {
	data := benchTemplate()
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("web.yaml", data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkEdit mends three containers of that template; BenchmarkParseTemplate is
// what it is measured by.
func BenchmarkEdit(b *testing.B) {
	f, err := Parse("web.yaml", benchTemplate(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	root := f.Documents[0]
	list := root.Get("Resources").Get("Task0").Get("Properties").Get("ContainerDefinitions")
	b.ReportAllocs()
	for b.Loop() {
		e := NewEditor(f, root)
		for _, container := range list.Items {
			if err := errors.Join(e.Set(container, "Privileged", false), e.Set(container, "Image", "x"), e.Remove(container, "User")); err != nil {
				b.Fatal(err)
			}
		}
		if s, err := e.Splices(); err != nil || len(s) != 9 {
			b.Fatal(s, err)
		}
	}
}

func BenchmarkParseJSON(b *testing.B) {
	data := []byte("[" + strings.Repeat(`{"name":"app","image":"nginx:1","cpu":256,"essential":true,"environment":[{"name":"A","value":"b \"c\""}]},`, 1000) + "{}]")
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("a.json", data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGet(b *testing.B) {
	for _, size := range []int{8, 20, 100} {
		m := &Node{Kind: Map}
		for i := range size {
			m.Fields = append(m.Fields, Field{&Node{Value: fmt.Sprintf("PropertyName%d", i)}, &Node{}})
		}
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			for b.Loop() {
				m.Get("NotThereAtAll0")
			}
		})
	}
}
