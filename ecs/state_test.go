package ecs_test

import (
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

func revision(account, arn, family, number, status string) (ecs.Revision, bool) {
	known := func(s string) value.Of[string] {
		if s == "" {
			return value.Absent[string](nil)
		}
		return value.Known(s, nil)
	}
	return ecs.RevisionOf(&ecsentry.Identity{Account: account, Region: "us-east-1"}, &ecs.TaskDefinition{
		ARN: known(arn), Family: known(family), Revision: known(number), Status: known(status),
	})
}

func TestLatestIsNumericallyHighestActive(t *testing.T) {
	latest := ecs.Latest{}
	for _, r := range []struct{ account, number, status string }{
		{"111122223333", "9", "ACTIVE"},
		{"111122223333", "10", ""}, // no status counts as active
		{"111122223333", "11", "INACTIVE"},
		{"111122223333", "12", "DELETE_IN_PROGRESS"},
		{"444455556666", "40", "ACTIVE"},
		{"", "50", "ACTIVE"}, // an unknown account is a group of its own
	} {
		rev, ok := revision(r.account, "", "web", r.number, r.status)
		if !ok {
			t.Fatalf("%+v is no revision", r)
		}
		latest.Add(rev)
	}
	for account, want := range map[string]int{"111122223333": 10, "444455556666": 40, "": 50} {
		rev, _ := revision(account, "", "web", "1", "")
		if got := latest.Of(rev); got != want {
			t.Errorf("account %q: latest %d, want %d", account, got, want)
		}
	}
}

func TestRevisionNumber(t *testing.T) {
	const arn = "arn:aws:ecs:us-east-1:111122223333:task-definition/web:7"
	for _, tt := range []struct {
		name, arn, family, number string
		want                      int
		ok                        bool
	}{
		{"from the ARN", arn, "", "", 7, true},
		{"from the revision", "", "web", "3", 3, true},
		{"register input", "", "web", "", 0, false},
		{"no family", "", "", "3", 3, false},
	} {
		got, ok := revision("", tt.arn, tt.family, tt.number, "")
		if got.Number != tt.want || ok != tt.ok {
			t.Errorf("%s: %d %t, want %d %t", tt.name, got.Number, ok, tt.want, tt.ok)
		}
	}
}

func TestInactive(t *testing.T) {
	for status, want := range map[string]string{"ACTIVE": "", "INACTIVE": "is INACTIVE", "DELETE_IN_PROGRESS": "is DELETE_IN_PROGRESS"} {
		if got := ecs.Inactive(&ecs.TaskDefinition{Status: value.Known(status, nil)}); got != want {
			t.Errorf("task definition %s: %q, want %q", status, got, want)
		}
	}
	if got := ecs.Inactive(&ecs.Service{Status: value.Known("DRAINING", nil)}); got != "" {
		t.Errorf("a draining service is still judged: %q", got)
	}
	if got := ecs.Inactive(&ecs.Cluster{Status: value.Known("INACTIVE", nil)}); got == "" {
		t.Error("an inactive cluster is not judged")
	}
}

func TestARN(t *testing.T) {
	got, ok := ecs.ParseARN("arn:aws-us-gov:ecs:us-gov-west-1:111122223333:service/main/web")
	want := ecs.ARN{Partition: "aws-us-gov", Region: "us-gov-west-1", Account: "111122223333", Kind: "service", Name: "main/web"}
	if !ok || got != want {
		t.Errorf("%+v %t, want %+v", got, ok, want)
	}
	for _, s := range []string{"", "web", "arn:aws:s3:::bucket", "arn:aws:ecs:us-east-1:1:cluster", "arn:aws:ecs:us-east-1:1:cluster/"} {
		if _, ok := ecs.ParseARN(s); ok {
			t.Errorf("%q is no ARN of Amazon ECS", s)
		}
	}
	for s, want := range map[string]string{
		"arn:aws:ecs:us-east-1:111122223333:service/main/web": "web",
		"arn:aws:ecs:us-east-1:111122223333:cluster/main":     "main",
		"main": "main",
	} {
		if got := ecs.LastName(s); got != want {
			t.Errorf("last name of %q: %q, want %q", s, got, want)
		}
	}
}
