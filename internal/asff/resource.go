package asff

import (
	"regexp"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// Whereabouts that nobody knows.
const (
	noAccount     = "000000000000"
	defaultRegion = "us-east-1"
)

// What an input says may be anything; only what looks right goes into an ARN.
var (
	accountForm   = regexp.MustCompile(`^[0-9]{12}$`)
	regionForm    = regexp.MustCompile(`^[a-z]{2,4}(-[a-z]{2,9}){1,2}-[0-9]{1,2}$`)
	partitionForm = regexp.MustCompile(`^aws(-[a-z]{1,8}){0,2}$`)
)

const maxRegion = 16

type whereabouts struct{ partition, region, account string }

// whereabouts are those of the resource, else those that the user gave.
func (c *Converter) whereabouts(id *ecsentry.Identity) whereabouts {
	w := whereabouts{partition: "aws", region: defaultRegion, account: noAccount}
	for _, a := range []string{id.Account, c.Account} {
		if accountForm.MatchString(a) {
			w.account = a
			break
		}
	}
	for _, r := range []string{id.Region, c.Region} {
		if len(r) <= maxRegion && regionForm.MatchString(r) {
			w.region = r
			break
		}
	}
	switch {
	case id.Partition != "aws" && partitionForm.MatchString(id.Partition):
		w.partition = id.Partition
	case strings.HasPrefix(w.region, "cn-"): // a template knows no partition, its Region does
		w.partition = "aws-cn"
	case strings.HasPrefix(w.region, "us-gov-"):
		w.partition = "aws-us-gov"
	}
	return w
}

// typeOf names a type as the format does.
func typeOf(t ecsentry.ResourceType) string {
	switch t {
	case ecsentry.TaskDefinition:
		return "AwsEcsTaskDefinition"
	case ecsentry.Service:
		return "AwsEcsService"
	case ecsentry.Cluster:
		return "AwsEcsCluster"
	default:
		return "Other"
	}
}

func resource(id *ecsentry.Identity, at whereabouts) Resource {
	r := Resource{
		Type:    typeOf(id.Type),
		Id:      inert.Clip(said(id.ID, "unknown"), maxID),
		Region:  at.region,
		Details: details(id),
	}
	switch at.partition {
	case "aws", "aws-cn", "aws-us-gov":
		r.Partition = at.partition
	}
	return r
}

func details(id *ecsentry.Identity) *Details {
	name, arn := "", ""
	if strings.TrimSpace(id.Name) != "" {
		name = inert.Clip(id.Name, maxName)
	}
	if strings.HasPrefix(id.ID, "arn:") {
		arn = inert.Clip(id.ID, maxID)
	}
	switch {
	case id.Type == ecsentry.TaskDefinition && name != "":
		return &Details{AwsEcsTaskDefinition: &TaskDefinition{Family: name}}
	case id.Type == ecsentry.Service && name+arn != "":
		return &Details{AwsEcsService: &Service{ServiceArn: arn, ServiceName: name, Name: name}}
	case id.Type == ecsentry.Cluster && name+arn != "":
		return &Details{AwsEcsCluster: &Cluster{ClusterArn: arn, ClusterName: name}}
	default:
		return nil
	}
}
