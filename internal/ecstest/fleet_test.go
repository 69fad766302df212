package ecstest

import "testing"

func TestFleetCalls(t *testing.T) {
	if got := Large().Calls(); got != 1969 {
		t.Errorf("the large fleet takes %d calls at least, want 1969 (services: %v)", got, Large().spread())
	}
}
