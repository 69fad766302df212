package ecstest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ecs"

	"github.com/ecsentry/ecsentry/internal/ecstest"
)

// In a bubble the buckets run on the bubble's clock.
func TestInMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w ecstest.World
		w.Region(accountID, region)
		s := ecstest.StartInMemory(&w)
		defer s.Close()
		s.Latency(time.Hour)
		s.Throttle(ecstest.PerAction(20, 1))
		begin := time.Now()
		for range 3 {
			if _, err := ecs.NewFromConfig(configFor(s, accountID)).ListClusters(t.Context(), &ecs.ListClustersInput{}); err != nil {
				t.Error(err)
			}
		}
		if d := time.Since(begin); d != 3*time.Hour {
			t.Errorf("took %v of the bubble's time", d)
		}
	})
}
