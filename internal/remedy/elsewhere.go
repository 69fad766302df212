package remedy

import (
	"strings"

	"github.com/ecsentry/ecsentry"
)

// elsewhere says where what is wrong with a resource is mended, where that is not
// in the text that was read; "" where it is.
func elsewhere(f *ecsentry.Finding) string {
	id := f.Resource
	if id.At != nil {
		if editable, ok := id.At.In.(ecsentry.Editable); ok {
			if _, err := editable.Rewriter(); err != nil {
				return err.Error()
			}
			return ""
		}
	}
	switch {
	case id.Construct != "":
		return "mend the construct " + id.Construct + ", and synthesise again"
	case id.Source == ecsentry.SourceTerraform:
		return "mend " + id.ID + " in its module, and plan again"
	case id.Source == ecsentry.SourceCloudFormation:
		return "mend it where the template is made"
	}
	if c := command(f); c != "" {
		return c
	}
	return "mend what it was made from, and deploy that"
}

// command is the AWS command that mends a live resource, "" where there is none:
// a task definition gets a new revision, from its file.
func command(f *ecsentry.Finding) string {
	id := f.Resource
	name := quotable(id.Name)
	region := ""
	if r := quotable(id.Region); r != "" {
		region = " --region " + r
	}
	switch f.Control.ID {
	case "ECS.12":
		if name != "" {
			return "aws ecs update-cluster-settings --cluster " + name + " --settings name=containerInsights,value=enabled" + region
		}
	case "ECS.10", "ECS.2":
		cluster := "CLUSTER"
		if parts := strings.Split(id.ID, "/"); len(parts) == 3 && quotable(parts[1]) != "" { // …:service/cluster/name
			cluster = parts[1]
		}
		if name == "" {
			return ""
		}
		what := " --platform-version LATEST --force-new-deployment"
		if f.Control.ID == "ECS.2" {
			what = " --network-configuration 'awsvpcConfiguration={subnets=[SUBNETS],securityGroups=[GROUPS],assignPublicIp=DISABLED}'"
		}
		return "aws ecs update-service --cluster " + cluster + " --service " + name + what + region
	}
	return ""
}

// quotable is a name that a shell takes as it is, "" for any other.
func quotable(name string) string {
	for _, r := range name {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			continue
		}
		return ""
	}
	if strings.HasPrefix(name, "-") {
		return ""
	}
	return name
}
