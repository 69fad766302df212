package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
)

// A snapshot of AWS Config has all items of an account and Region on one line; two
// of five are task definitions of two containers.
const (
	snapshotItems    = 100_000
	snapshotTasks    = snapshotItems / 5 * 2
	snapshotFindings = snapshotTasks * 6 // controls for task definitions
)

// writeSnapshot writes a snapshot of 200 MB, and the same compressed.
func writeSnapshot(name, compressed string) error {
	plain, err := os.Create(name)
	if err != nil {
		return err
	}
	defer plain.Close()
	packed, err := os.Create(compressed)
	if err != nil {
		return err
	}
	defer packed.Close()
	zip := gzip.NewWriter(packed)
	w := bufio.NewWriterSize(io.MultiWriter(plain, zip), 1<<20)
	var item bytes.Buffer
	item.WriteString(`{"fileVersion":"1.0","configSnapshotId":"d0a6b4a6-59fb-4a0d-9b77-0c9c3b5e7a31","configurationItems":[`)
	for i := range snapshotItems {
		if i > 0 {
			item.WriteByte(',')
		}
		if i%5 < 2 {
			taskItem(&item, i)
		} else {
			interfaceItem(&item, i)
		}
		if _, err := item.WriteTo(w); err != nil {
			return err
		}
	}
	if _, err := w.WriteString("]}"); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return zip.Close()
}

func envelope(w *bytes.Buffer, i int, typ, id, arn string) {
	fmt.Fprintf(w, `{"relatedEvents":[],"relationships":[{"resourceId":"vpc-0%08x","resourceType":"AWS::EC2::VPC","name":"Is contained in Vpc"},`+
		`{"resourceId":"subnet-0%08x","resourceType":"AWS::EC2::Subnet","name":"Is contained in Subnet"}],`+
		`"configurationItemVersion":"1.3","configurationItemCaptureTime":"2026-03-%02dT09:14:07.%03dZ","configurationStateId":%d,"awsAccountId":"111122223333",`+
		`"configurationItemStatus":"OK","resourceType":%q,"resourceId":%q,"ARN":%q,"awsRegion":"eu-west-1","availabilityZone":"Not Applicable",`+
		`"configurationStateMd5Hash":"","resourceCreationTime":"2026-01-01T00:00:00.000Z","tags":{"team":"payments","cost-center":"4711"},`+
		`"supplementaryConfiguration":{},"configuration":`, i, i/7, i%28+1, i%1000, 1772442847412+i, typ, id, arn)
}

func taskItem(w *bytes.Buffer, i int) {
	arn := fmt.Sprintf("arn:aws:ecs:eu-west-1:111122223333:task-definition/family-%d:%d", i, i%90+1)
	envelope(w, i, "AWS::ECS::TaskDefinition", arn, arn)
	fmt.Fprintf(w, `{"TaskDefinitionArn":%q,"Family":"family-%d","Status":"ACTIVE","NetworkMode":"awsvpc","RequiresCompatibilities":["FARGATE"],"Cpu":"512","Memory":"1024",`+
		`"TaskRoleArn":"arn:aws:iam::111122223333:role/task-%d","ExecutionRoleArn":"arn:aws:iam::111122223333:role/execution","ContainerDefinitions":[`, arn, i, i)
	for c, name := range []string{"app", "log_router"} {
		if c > 0 {
			w.WriteByte(',')
		}
		fmt.Fprintf(w, `{"Name":%q,"Image":"111122223333.dkr.ecr.eu-west-1.amazonaws.com/%s:%d","Essential":true,"User":"1000%d","ReadonlyRootFilesystem":%v,"Privileged":false,`+
			`"PortMappings":[{"ContainerPort":8080,"HostPort":8080,"Protocol":"tcp"}],"Environment":[{"Name":"LOG_LEVEL","Value":"info"},{"Name":"STAGE","Value":"production"}],`+
			`"LogConfiguration":{"LogDriver":"awslogs","SecretOptions":[]},"MountPoints":[],"VolumesFrom":[]}`, name, name, i, c, i%3 > 0)
	}
	w.WriteString(`],"Volumes":[],"PlacementConstraints":[]}}`)
}

func interfaceItem(w *bytes.Buffer, i int) {
	envelope(w, i, "AWS::EC2::NetworkInterface", fmt.Sprintf("eni-0%08x", i), fmt.Sprintf("arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-0%08x", i))
	fmt.Fprintf(w, `{"networkInterfaceId":"eni-0%08x","description":"ELB app/web/%d","attachment":{"attachmentId":"eni-attach-0%08x",`+
		`"status":"attached","deviceIndex":0},"privateIpAddresses":[`, i, i, i)
	for k := range 6 {
		if k > 0 {
			w.WriteByte(',')
		}
		fmt.Fprintf(w, `{"privateIpAddress":"10.0.%d.%d","privateDnsName":"ip-10-0-%d-%d.eu-west-1.compute.internal","primary":%v,"association":null}`, i%250, k, i%250, k, k == 0)
	}
	w.WriteString(`],"groups":[{"groupName":"web","groupId":"sg-0cc1"}],"macAddress":"02:00:00:00:00:00","status":"in-use"}}`)
}
