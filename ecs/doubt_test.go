package ecs_test

import (
	"testing"

	"github.com/ecsentry/ecsentry/ecs"
)

// A revision whose status nobody knows may be the latest, and may not.
func TestLatestWhereTheStatusIsNotKnown(t *testing.T) {
	latest := ecs.Latest{}
	latest.Add(ecs.Revision{Family: "web", Number: 9, Active: true})
	latest.Add(ecs.Revision{Family: "web", Number: 10, Active: true, Doubt: true})
	of := ecs.Revision{Family: "web", Number: 3}
	if got := latest.Of(of); got != 9 {
		t.Errorf("certainly active: %d, want 9", got)
	}
	if got := latest.Perhaps(of); got != 10 {
		t.Errorf("perhaps active: %d, want 10", got)
	}
}
