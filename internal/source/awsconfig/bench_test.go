package awsconfig_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
)

// writeSnapshot writes a snapshot of n items on one line, two of five of them task
// definitions, about 2 KB each.
func writeSnapshot(to io.Writer, n int) error {
	w := bufio.NewWriter(to)
	fmt.Fprint(w, `{"fileVersion":"1.0","configSnapshotId":"d0a6b4a6-59fb-4a0d-9b77-0c9c3b5e7a31","configurationItems":[`)
	for i := range n {
		if i > 0 {
			fmt.Fprint(w, ",")
		}
		if i%5 < 2 {
			writeTaskDefinition(w, i)
		} else {
			writeInterface(w, i)
		}
	}
	fmt.Fprint(w, "]}")
	return w.Flush()
}

func writeEnvelope(w io.Writer, i int, typ, id, arn string) {
	fmt.Fprintf(w, `{"relatedEvents":[],"relationships":[{"resourceId":"vpc-0%08x","resourceType":"AWS::EC2::VPC","name":"Is contained in Vpc"}],`+
		`"configurationItemVersion":"1.3","configurationItemCaptureTime":"2026-03-%02dT09:14:07.%03dZ","configurationStateId":%d,"awsAccountId":"111122223333",`+
		`"configurationItemStatus":"OK","resourceType":%q,"resourceId":%q,"ARN":%q,"awsRegion":"eu-west-1","availabilityZone":"Not Applicable",`+
		`"configurationStateMd5Hash":"","resourceCreationTime":"2026-01-01T00:00:00.000Z","tags":{"team":"payments","cost-center":"4711"},`+
		`"supplementaryConfiguration":{},"configuration":`, i, i%28+1, i%1000, 1772442847412+i, typ, id, arn)
}

func writeTaskDefinition(w io.Writer, i int) {
	arn := fmt.Sprintf("arn:aws:ecs:eu-west-1:111122223333:task-definition/family-%d:%d", i, i%90+1)
	writeEnvelope(w, i, "AWS::ECS::TaskDefinition", arn, arn)
	fmt.Fprintf(w, `{"TaskDefinitionArn":%q,"Family":"family-%d","Status":"ACTIVE","NetworkMode":"awsvpc","RequiresCompatibilities":["FARGATE"],"Cpu":"512","Memory":"1024",`+
		`"TaskRoleArn":"arn:aws:iam::111122223333:role/task-%d","ExecutionRoleArn":"arn:aws:iam::111122223333:role/execution","ContainerDefinitions":[`, arn, i, i)
	for c, name := range []string{"app", "log_router"} {
		if c > 0 {
			fmt.Fprint(w, ",")
		}
		fmt.Fprintf(w, `{"Name":%q,"Image":"111122223333.dkr.ecr.eu-west-1.amazonaws.com/%s:%d","Essential":true,"User":"1000%d","ReadonlyRootFilesystem":%v,"Privileged":false,`+
			`"PortMappings":[{"ContainerPort":8080,"HostPort":8080,"Protocol":"tcp"}],"Environment":[{"Name":"LOG_LEVEL","Value":"info"},{"Name":"STAGE","Value":"production"}],`+
			`"LogConfiguration":{"LogDriver":"awslogs","SecretOptions":[]},"MountPoints":[],"VolumesFrom":[]}`, name, name, i, c, i%3 > 0)
	}
	fmt.Fprint(w, `],"Volumes":[],"PlacementConstraints":[]}}`)
}

func writeInterface(w io.Writer, i int) {
	writeEnvelope(w, i, "AWS::EC2::NetworkInterface", fmt.Sprintf("eni-0%08x", i), fmt.Sprintf("arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-0%08x", i))
	fmt.Fprintf(w, `{"networkInterfaceId":"eni-0%08x","description":"ELB app/web/%d","attachment":{"attachmentId":"eni-attach-0%08x","status":"attached","deviceIndex":0},"privateIpAddresses":[`, i, i, i)
	for k := range 6 {
		if k > 0 {
			fmt.Fprint(w, ",")
		}
		fmt.Fprintf(w, `{"privateIpAddress":"10.0.%d.%d","privateDnsName":"ip-10-0-%d-%d.eu-west-1.compute.internal","primary":%v,"association":null}`, i%250, k, i%250, k, k == 0)
	}
	fmt.Fprint(w, `],"groups":[{"groupName":"web","groupId":"sg-0cc1"}],"macAddress":"02:00:00:00:00:00","status":"in-use"}}`)
}

func smallSnapshot(b *testing.B) []byte {
	b.Helper()
	var out bytes.Buffer
	if err := writeSnapshot(&out, 10_000); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkStream is the source and the controls, over a snapshot on one line.
func BenchmarkStream(b *testing.B) {
	text := smallSnapshot(b)
	checks := map[ecsentry.ResourceType][]*ecsentry.Control{}
	for _, c := range catalog.Controls() {
		checks[c.ResourceType] = append(checks[c.ResourceType], c)
	}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		_, err := awsconfig.Format{}.Stream(context.Background(), "snapshot.json", bytes.NewReader(text), func(r *ecsentry.Resource) error {
			for _, c := range checks[r.Type] {
				ecsentry.Judge(c, r, nil)
				n++
			}
			return nil
		})
		if err != nil || n != 24_000 {
			b.Fatalf("%d verdicts, %v", n, err)
		}
	}
}

// BenchmarkPlain is what encoding/json takes to decode the same snapshot, item by
// item, into the structs that the controls need.
func BenchmarkPlain(b *testing.B) {
	text := smallSnapshot(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		n, err := decodePlain(bytes.NewReader(text))
		if err != nil || n != 4_000 {
			b.Fatalf("%d items, %v", n, err)
		}
	}
}

type plainItem struct {
	ConfigurationItemCaptureTime string `json:"configurationItemCaptureTime"`
	ConfigurationItemStatus      string `json:"configurationItemStatus"`
	ConfigurationStateID         int64  `json:"configurationStateId"`
	AwsAccountID                 string `json:"awsAccountId"`
	AwsRegion                    string `json:"awsRegion"`
	ARN                          string
	ResourceType                 string `json:"resourceType"`
	Configuration                struct {
		TaskDefinitionArn, Family, Status, NetworkMode, PidMode string
		ContainerDefinitions                                    []struct {
			Name, User                         string
			Privileged, ReadonlyRootFilesystem *bool
			Environment                        []struct{ Name string }
			LogConfiguration                   *struct{ LogDriver string }
			FirelensConfiguration              *struct{ Type string }
		}
	} `json:"configuration"`
}

func decodePlain(r io.Reader) (n int, err error) {
	d := json.NewDecoder(r)
	for {
		t, err := d.Token()
		if err != nil {
			return n, err
		}
		if t == "configurationItems" {
			break
		}
	}
	if _, err := d.Token(); err != nil {
		return n, err
	}
	for d.More() {
		var it plainItem
		if err := d.Decode(&it); err != nil {
			return n, err
		}
		if it.ResourceType == "AWS::ECS::TaskDefinition" {
			n++
		}
	}
	return n, nil
}
