package scan

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// A waiting service is judged when all that it may refer to was seen. It is packed
// where nothing of its input is held.
type waiting struct {
	whole  *ecsentry.Resource // nil where it is packed
	packed string
	tags   map[string]string
}

func (s *scan) wait(r *ecsentry.Resource) *waiting {
	if r.Streamed {
		if packed := s.packer.service(r); packed != "" {
			return &waiting{packed: packed, tags: r.Tags}
		}
	}
	return &waiting{whole: r}
}

// resource is the one that waits, made anew where it is packed.
func (s *scan) resource(w *waiting) *ecsentry.Resource {
	if w.whole != nil {
		return w.whole
	}
	u := unpacker{packer: &s.packer}
	u.begin(w.packed)
	r := &ecsentry.Resource{Streamed: true, Tags: w.tags}
	u.identity(&r.Identity)
	r.Outside, r.Doubt = u.string(), u.string()
	r.Variants = []ecsentry.Variant{{Data: u.service(r.At)}}
	return r
}

// Flags of a packed place of a value.
const (
	leafText = 1 << iota
	leafMasked
	leafVia
	leafWhy
	leafHere // there is a place at all
)

// leaves are the strings of a service: first those that are its own, then those that
// others have too.
func leaves(s *ecs.Service) (own, shared []*value.Of[string]) {
	return []*value.Of[string]{&s.ARN, &s.Name, &s.TaskDefinitionRef}, []*value.Of[string]{
		&s.Status, &s.LaunchType, &s.PlatformVersion, &s.PlatformFamily, &s.AssignPublicIP, &s.DeploymentController, &s.ClusterRef,
	}
}

// service packs a service that waits, with all that controls may ask for. It
// returns "" where something has no packed form.
func (p *packer) service(r *ecsentry.Resource) string {
	s, ok := only[*ecs.Service](r)
	if !ok || s.At != r.At || r.Broken != "" || r.Caveat != "" || r.Assume != nil || s.Strategy.Rest != nil ||
		s.Cluster != (ecs.Link[ecs.Cluster]{}) || s.TaskDefinition != (ecs.Link[ecs.TaskDefinition]{}) {
		return ""
	}
	p.begin(&r.Identity)
	p.word(r.Outside)
	p.word(r.Doubt)
	own, shared := leaves(s)
	for _, leaf := range own {
		p.leaf(*leaf, p.name)
	}
	for _, leaf := range shared {
		p.leaf(*leaf, p.word)
	}
	p.leafPlace(s.Strategy.At)
	if !s.Strategy.Set {
		p.number(0)
	} else {
		p.number(len(s.Strategy.Items) + 1)
	}
	for i := range s.Strategy.Items {
		p.leafPlace(s.Strategy.Items[i].At)
		p.leaf(s.Strategy.Items[i].Provider, p.word)
	}
	if p.full {
		return ""
	}
	return p.whole()
}

func (u *unpacker) service(at *value.Place) *ecs.Service {
	s := &ecs.Service{At: at}
	own, shared := leaves(s)
	for _, leaf := range append(own, shared...) {
		*leaf = u.leaf()
	}
	s.Strategy.At = u.leafPlace()
	if n := u.number(); n > 0 {
		s.Strategy.Set = true
		for range n - 1 {
			s.Strategy.Items = append(s.Strategy.Items, ecs.StrategyItem{At: u.leafPlace(), Provider: u.leaf()})
		}
	}
	return s
}

func (p *packer) leaf(o value.Of[string], write func(string)) {
	p.number(int(o.State()))
	p.leafPlace(o.At())
	if v, ok := o.Get(); ok {
		write(v)
	}
}

func (u *unpacker) leaf() value.Of[string] {
	state, at := value.State(u.number()), u.leafPlace()
	switch state {
	case value.IsKnown:
		return value.Known(u.string(), at)
	case value.IsUnknown:
		return value.Unknown[string](at)
	default:
		return value.Absent[string](at)
	}
}

func (p *packer) leafPlace(at *value.Place) {
	if at == nil {
		p.number(0)
		return
	}
	flags := leafHere
	if at.In != nil {
		flags |= leafText
	}
	if at.Masked {
		flags |= leafMasked
	}
	if at.Via != "" {
		flags |= leafVia
	}
	if at.Why != nil {
		flags |= leafWhy
		p.full = p.full || len(at.Why.Terms)+len(at.Why.Partial.Pieces)+len(at.Why.Partial.Not) > 0
	}
	p.number(flags)
	p.path(at)
	if flags&leafText != 0 {
		p.span(at)
	}
	if flags&leafVia != 0 {
		p.word(at.Via)
	}
	if flags&leafWhy != 0 {
		p.word(at.Why.Text)
		p.word(at.Why.Hint)
	}
}

func (u *unpacker) leafPlace() *value.Place {
	flags := u.number()
	if flags == 0 {
		return nil
	}
	at := &placedSpot{Place: *u.paths.list[u.number()-1]}
	at.Masked = flags&leafMasked != 0
	if flags&leafText != 0 {
		u.span(at)
	}
	if flags&leafVia != 0 {
		at.Via = u.string()
	}
	if flags&leafWhy != 0 {
		at.Why = &value.Why{Text: u.string(), Hint: u.string()}
	}
	return &at.Place
}
