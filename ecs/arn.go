package ecs

import (
	"strconv"
	"strings"
)

// An ARN names an Amazon ECS resource:
// arn:PARTITION:ecs:REGION:ACCOUNT:KIND/NAME.
type ARN struct {
	Partition, Region, Account string
	Kind                       string // cluster, service, task-definition, task-set, capacity-provider
	Name                       string // all after the kind: web:3, cluster/service
}

// ParseARN splits the ARN of an ECS resource.
func ParseARN(s string) (ARN, bool) {
	parts := strings.SplitN(s, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "ecs" {
		return ARN{}, false
	}
	kind, name, ok := strings.Cut(parts[5], "/")
	if !ok || name == "" {
		return ARN{}, false
	}
	return ARN{Partition: parts[1], Region: parts[3], Account: parts[4], Kind: kind, Name: name}, true
}

// FamilyRevision splits "web:3" or the ARN of a revision; revision is 0 where
// none is named.
func FamilyRevision(s string) (family string, revision int) {
	if arn, ok := ParseARN(s); ok {
		s = arn.Name
	}
	family, digits, ok := strings.Cut(s, ":")
	if ok {
		if n, err := strconv.Atoi(digits); err == nil && n > 0 {
			return family, n
		}
	}
	return family, 0
}

// LastName is the name at the end of an ARN or of a path of names: of a
// cluster's or service's ARN, its name.
func LastName(s string) string {
	if arn, ok := ParseARN(s); ok {
		s = arn.Name
	}
	return s[strings.LastIndexByte(s, '/')+1:]
}
