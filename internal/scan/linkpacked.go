package scan

import (
	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
	"github.com/ecsentry/ecsentry/value"
)

// A packed task definition is found when all was seen, by the services that refer
// to it: an index of all would take more memory than all that is packed.

// A packedTarget is what a service needs to know of a task definition.
type packedTarget struct {
	arn, name string
	system    string // runtimePlatform.operatingSystemFamily
	states    bool   // it says a system
}

// packable divides entries into the one that can be packed and others.
func packable(entries []entry) (*packedTarget, []entry) {
	if len(entries) != 1 {
		return nil, entries
	}
	e := &entries[0]
	td := e.taskDefinition.to
	if td == nil || e.taskDefinition.open || td.OSFamily.State() == value.IsUnknown {
		return nil, entries
	}
	out := &packedTarget{arn: e.arn, name: e.name}
	out.system, out.states = td.OSFamily.Get()
	return out, nil
}

func (p *packer) target(t *packedTarget) {
	switch {
	case t == nil:
		p.body = append(p.body, 0)
		return
	case t.states:
		p.body = append(p.body, 2)
		p.word(t.system)
	default:
		p.body = append(p.body, 1)
	}
	p.name(t.arn)
	p.name(t.name)
}

func (u *unpacker) target() *packedTarget {
	var t packedTarget
	switch u.byte() {
	case 0:
		return nil
	case 2:
		t.system, t.states = u.string(), true
	}
	t.arn, t.name = u.string(), u.string()
	return &t
}

// findPacked takes note of packed task definitions: which revisions there are, and
// those that services refer to.
func (s *scan) findPacked() {
	wanted := map[string]bool{}
	for _, w := range s.services {
		ref, _ := s.resource(w).Variants[0].Data.(*ecs.Service).TaskDefinitionRef.Get()
		family, _ := ecs.FamilyRevision(ref)
		wanted[ref], wanted[family] = true, true
	}
	u := unpacker{packer: &s.packer}
	known := packedEntries{systems: map[packedTarget]*ecs.TaskDefinition{}, homes: map[[2]string]*ecsentry.Identity{}}
	for _, j := range s.seen {
		if j.packed == "" || j.typ != ecsentry.TaskDefinition {
			continue
		}
		id := u.resource(j)
		revision, to := u.revision(id), u.target()
		switch {
		case to == nil: // it is in the index
		case wanted[to.arn] || wanted[to.name]:
			s.index.insert([]entry{known.entry(to, id, revision)})
		case revision.Number > 0 && revision.Family != "":
			s.index.latest.Add(revision)
		}
	}
}

// packedEntries make entries of packed task definitions, which share what they have
// in common.
type packedEntries struct {
	systems map[packedTarget]*ecs.TaskDefinition
	homes   map[[2]string]*ecsentry.Identity // by account and Region, which is all that links ask for
}

func (k *packedEntries) entry(t *packedTarget, id *ecsentry.Identity, r ecs.Revision) entry {
	home := [2]string{id.Account, id.Region}
	if k.homes[home] == nil {
		k.homes[home] = &ecsentry.Identity{Account: id.Account, Region: id.Region}
	}
	system := packedTarget{system: t.system, states: t.states}
	td := k.systems[system]
	if td == nil {
		td = &ecs.TaskDefinition{}
		if t.states {
			td.OSFamily = value.Known(t.system, nil)
		}
		k.systems[system] = td
	}
	e := entry{taskDefinition: target[ecs.TaskDefinition]{id: k.homes[home], to: td}, arn: t.arn, name: t.name}
	if r.Number > 0 && r.Family != "" {
		e.taskDefinition.revision = r
	}
	return e
}
