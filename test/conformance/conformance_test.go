package conformance_test

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	diff "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/catalog"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/internal/scan"
	"github.com/ecsentry/ecsentry/value"
)

// Every source gives equal typed resources, but for places, links, and what it
// cannot know. An empty list is as good as none.
func TestEverySourceReadsTheSame(t *testing.T) {
	for _, s := range sources() {
		t.Run(s.name, func(t *testing.T) {
			got, others := collected(t, s)
			want := wanted()
			for _, l := range s.lacks {
				if !forget(want, l.field) {
					t.Errorf("lacks %s, which no resource has", l.field)
				}
			}
			for name, w := range want {
				if d := diff.Diff(w, got[name], typed()...); d != "" {
					t.Errorf("%s (-want +got):\n%s", name, d)
				}
				delete(got, name)
			}
			for name := range got {
				t.Errorf("%s is none of the dozen", name)
			}
			slices.Sort(others)
			if d := diff.Diff(s.others, others); d != "" {
				t.Errorf("others (-want +got):\n%s", d)
			}
		})
	}
}

// typed compares what is known, and not where it was read.
func typed() []diff.Option {
	return []diff.Option{
		diff.Transformer("string", shown[string]), diff.Transformer("bool", shown[bool]),
		cmpopts.IgnoreTypes((*value.Place)(nil), ecs.Link[ecs.Cluster]{}, ecs.Link[ecs.TaskDefinition]{}),
		diff.FilterPath(func(p diff.Path) bool { return p.Last().String() == ".Set" }, diff.Ignore()),
		cmpopts.EquateEmpty(),
	}
}

// A state is a value without its place.
type state struct {
	Is    value.State
	Value any
	Why   string
}

func shown[T any](o value.Of[T]) state {
	out := state{Is: o.State()}
	if v, ok := o.Get(); ok {
		out.Value = v
	}
	if at := o.At(); out.Is == value.IsUnknown && at != nil && at.Why != nil {
		out.Why = at.Why.Text
	}
	return out
}

// forget makes a field absent in all resources of its type; it tells whether any
// had it.
func forget(resources map[string]any, field string) (had bool) {
	typ, name, _ := strings.Cut(field, ".")
	for _, r := range resources {
		v := reflect.ValueOf(r).Elem()
		if v.Type().Name() != typ {
			continue
		}
		had = had || set(v.FieldByName(name))
		v.FieldByName(name).SetZero()
	}
	return had
}

// collected are the resources of a source by type and name, each checked for who
// it is and for its tags, and the types of those that no control reads.
func collected(t *testing.T, s source) (out map[string]any, others []ecsentry.ResourceType) {
	t.Helper()
	out = map[string]any{}
	coverage, err := s.open(t).Collect(context.Background(), func(r *ecsentry.Resource) error {
		if r.Source != s.form {
			t.Errorf("%s: source %s, want %s", r.ID, r.Source, s.form)
		}
		if r.Outside+r.Doubt+r.Broken+r.Caveat != "" || len(r.Variants) != 1 {
			t.Errorf("%s: %d variants, %s", r.ID, len(r.Variants), r.Outside+r.Doubt+r.Broken+r.Caveat)
			return nil
		}
		data := r.Variants[0].Data
		if data == nil || reflect.ValueOf(data).IsNil() {
			others = append(others, r.Type)
			return nil
		}
		if got := r.Tags["team"]; got != "payments" {
			t.Errorf("%s: tag team is %q", r.ID, got)
		}
		if s, ok := data.(*ecs.Service); ok { // plans and states write out what Amazon ECS takes anyway
			if on, known := s.ExecuteCommand.Get(); known && !on {
				s.ExecuteCommand = value.Of[bool]{}
			}
		}
		out[nameOf(data)] = data
		identified(t, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, gap := range slices.Concat(coverage.Gaps, coverage.Refused, coverage.NotCovered) {
		t.Errorf("%s: %s", gap.Scope, gap.Reason)
	}
	return out, others
}

// identified checks that what has an ARN is known by it.
func identified(t *testing.T, r *ecsentry.Resource) {
	t.Helper()
	var arn string
	switch d := r.Variants[0].Data.(type) {
	case *ecs.TaskDefinition:
		arn, _ = d.ARN.Get()
	case *ecs.Service:
		arn, _ = d.ARN.Get()
	case *ecs.Cluster:
		arn, _ = d.ARN.Get()
	}
	if arn == "" {
		return
	}
	got := []string{r.ID, r.Account, r.Region, r.Partition}
	if want := []string{arn, account, region, "aws"}; !slices.Equal(got, want) {
		t.Errorf("is %v, want %v", got, want)
	}
}

// nameOf is the type and name of a resource.
func nameOf(data any) string {
	var name value.Of[string]
	switch d := data.(type) {
	case *ecs.TaskDefinition:
		name = d.Family
	case *ecs.Service:
		name = d.Name
	case *ecs.Cluster:
		name = d.Name
	}
	s, _ := name.Get()
	return reflect.TypeOf(data).Elem().Name() + " " + s
}

// Every field of the typed resources is set by some resource of the dozen: a new
// property of the decoder must come into the suite, and with it into all sources.
func TestEveryFieldIsWanted(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range wanted() {
		mark(reflect.ValueOf(r).Elem(), seen)
	}
	for _, typ := range []reflect.Type{reflect.TypeFor[ecs.TaskDefinition](), reflect.TypeFor[ecs.Service](), reflect.TypeFor[ecs.Cluster]()} {
		for _, field := range fieldsOf(typ) {
			if !seen[field] {
				t.Errorf("no resource of the dozen has %s", field)
			}
		}
	}
}

// fieldsOf are the fields of a type that the decoder sets, and of what its lists
// hold.
func fieldsOf(typ reflect.Type) (out []string) {
	for i := range typ.NumField() {
		f := typ.Field(i)
		switch {
		case f.Type == reflect.TypeFor[*value.Place](), strings.HasPrefix(f.Type.Name(), "Link["):
			continue // where it stands, and where it leads
		case strings.HasPrefix(f.Type.Name(), "List["):
			items, _ := f.Type.FieldByName("Items")
			out = append(out, fieldsOf(items.Type.Elem())...)
		}
		out = append(out, typ.Name()+"."+f.Name)
	}
	return out
}

// mark notes the fields that a resource has.
func mark(v reflect.Value, seen map[string]bool) {
	for i := range v.NumField() {
		f := v.Field(i)
		if set(f) {
			seen[v.Type().Name()+"."+v.Type().Field(i).Name] = true
		}
		if items := itemsOf(f); items.IsValid() {
			for j := range items.Len() {
				mark(items.Index(j), seen)
			}
		}
	}
}

// set tells whether a field is known, or a list with elements.
func set(f reflect.Value) bool {
	if items := itemsOf(f); items.IsValid() {
		return items.Len() > 0
	}
	state, ok := f.Interface().(interface{ State() value.State })
	return ok && state.State() == value.IsKnown
}

// itemsOf are the elements of a list; the zero Value of anything else.
func itemsOf(f reflect.Value) reflect.Value {
	if !strings.HasPrefix(f.Type().Name(), "List[") {
		return reflect.Value{}
	}
	return f.FieldByName("Items")
}

// And all sources come to the same verdicts.
func TestEverySourceIsJudgedTheSame(t *testing.T) {
	for _, s := range sources() {
		t.Run(s.name, func(t *testing.T) {
			want := verdicts()
			if slices.ContainsFunc(s.lacks, func(l lack) bool { return l.field == "TaskDefinition.ARN" }) {
				// Nothing in the input is the revision that the service names, so that its
				// operating system is not known, and 1.0.0 is the latest version of Windows only.
				want["ECS.10 Service iis"] = "UNKNOWN"
			}
			for key, got := range judged(t, s) {
				wanted := cmp.Or(want[key], "PASSED")
				if got != wanted {
					t.Errorf("%s: %s, want %s", key, got, wanted)
				}
				delete(want, key)
			}
			for key := range want {
				t.Errorf("no finding for %s", key)
			}
		})
	}
}

// judged are the verdicts about the resources of a source.
func judged(t *testing.T, s source) map[string]string {
	t.Helper()
	names := map[string]string{}
	source := s.open(t)
	report, err := scan.Run(context.Background(), scan.Options{
		Sources: []ecsentry.Source{named{source, names}}, Controls: catalog.Controls(), Version: "test", Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for f := range report.Findings.All() {
		out[f.Control.ID+" "+names[string(f.Resource.Type)+f.Resource.ID]] = f.Verdict.Outcome.String()
	}
	if want := 4*6 + 5*2 + 3; len(out) != want {
		t.Errorf("%d verdicts, want %d", len(out), want)
	}
	return out
}

// named notes what the resources of a source call themselves in AWS.
type named struct {
	ecsentry.Source
	names map[string]string
}

func (n named) Collect(ctx context.Context, yield func(*ecsentry.Resource) error) (ecsentry.Coverage, error) {
	return n.Source.Collect(ctx, func(r *ecsentry.Resource) error {
		if data := r.Variants[0].Data; data != nil {
			n.names[string(r.Type)+r.ID] = nameOf(data)
		}
		return yield(r)
	})
}
