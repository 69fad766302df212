package ecsapi_test

import (
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// strategy is the default strategy of a cluster.
func strategy(t *testing.T, r *ecsentry.Resource) value.List[ecs.StrategyItem] {
	t.Helper()
	c, ok := r.Variants[0].Data.(*ecs.Cluster)
	if !ok {
		t.Fatalf("a %T, want a cluster", r.Variants[0].Data)
	}
	return c.Strategy
}
