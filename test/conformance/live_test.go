package conformance_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/ecstest"
	"github.com/ecsentry/ecsentry/internal/source/live"
)

// overAPI gives the saved answers to the real SDK.
func overAPI(t *testing.T) ecsentry.Source {
	t.Helper()
	w := &ecstest.World{}
	in := w.Region(account, region)
	clusters := map[string]*ecstest.Cluster{}
	var services []ecstest.Object
	for _, f := range archive(t, "ecs-api-answers") {
		var answer struct {
			TaskDefinition     ecstest.Object
			Tags               []any
			Clusters, Services []ecstest.Object
		}
		if err := json.Unmarshal(f.Data, &answer); err != nil {
			t.Fatal(err)
		}
		if td := answer.TaskDefinition; td != nil {
			family, revision := ecs.FamilyRevision(text(td, "taskDefinitionArn"))
			for range revision - 1 {
				in.Register(family, ecstest.Object{})
			}
			in.Register(family, td, answer.Tags...)
		}
		for _, c := range answer.Clusters {
			clusters[text(c, "clusterArn")] = in.AddCluster(text(c, "clusterName"), c)
		}
		services = append(services, answer.Services...)
	}
	for _, s := range services {
		clusters[text(s, "clusterArn")].AddService(text(s, "serviceName"), s)
	}
	return scanned(t, w, live.Config{})
}

func text(o ecstest.Object, name string) string {
	s, _ := o[name].(string)
	return s
}

// overAggregator gives the saved rows to the real SDK.
func overAggregator(t *testing.T) ecsentry.Source {
	t.Helper()
	w := &ecstest.World{}
	a := w.Region(account, region).AddAggregator("organisation")
	var answer struct{ Results []string }
	if err := json.Unmarshal(archive(t, "config-query")[0].Data, &answer); err != nil {
		t.Fatal(err)
	}
	for _, row := range answer.Results {
		var item ecstest.Object
		if err := json.NewDecoder(strings.NewReader(row)).Decode(&item); err != nil {
			t.Fatal(err)
		}
		a.Record(item)
	}
	return scanned(t, w, live.Config{Aggregator: "organisation"})
}
