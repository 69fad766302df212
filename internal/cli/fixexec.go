package cli

import (
	"context"
	"slices"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// executing are the services of a scan whose tasks people enter with ECS Exec,
// which writes to the root filesystem.
type executing struct {
	ecsentry.Source
	services []*ecsentry.Resource
}

func (e *executing) Collect(ctx context.Context, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	return e.Source.Collect(ctx, func(r *ecsentry.Resource) error {
		if slices.ContainsFunc(r.Variants, func(v ecsentry.Variant) bool { return executes(v) != nil }) {
			e.services = append(e.services, r)
		}
		return yield(r)
	})
}

// executes is a service with ECS Exec, nil for anything else.
func executes(v ecsentry.Variant) *ecs.Service {
	if s, ok := v.Data.(*ecs.Service); ok {
		if on, known := s.ExecuteCommand.Get(); known && on {
			return s
		}
	}
	return nil
}

// in names a service that runs a task definition with ECS Exec, "" for none. The
// scan has linked the two by then.
func (e *executing) in(taskDefinition *ecsentry.Identity) string {
	for _, r := range e.services {
		for _, v := range r.Variants {
			if s := executes(v); s != nil && s.TaskDefinition.To != nil && inside(s.TaskDefinition.To.At, taskDefinition.At) {
				return r.Name
			}
		}
	}
	return ""
}

// inside tells whether a place lies in what another one is about.
func inside(p, outer *value.Place) bool {
	return p != nil && outer != nil && p.File() == outer.File() && outer.Off <= p.Off && p.End <= outer.End
}
