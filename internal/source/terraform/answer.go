package terraform

import (
	"maps"
	"regexp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/hcledit"
	"github.com/ecsentry/ecsentry/value"
)

// Answer knows the Region of logs: that of another container in the list, else
// that in the ARNs of the module's files, where all agree.
func (w *rewriter) Answer(asked value.Asked, at *value.Place) (any, bool) {
	if asked.For != value.AskRegion {
		return nil, false
	}
	w.run.steps = 0
	s, err := w.find(at)
	if err != nil {
		return nil, false
	}
	if region, ok := w.siblings(s); !ok || region != nil {
		return region, ok
	}
	return w.regionOfARNs()
}

// siblings is the Region of the other containers, nil if they have none; false
// where they do not agree.
func (w *rewriter) siblings(s spot) (region any, ok bool) {
	if len(s.path) < 3 {
		return nil, false
	}
	for _, item := range s.path[1].Items() {
		n, _ := item.(*node)
		for _, name := range []string{"logConfiguration", "options", "awslogs-region"} {
			if n != nil {
				n = n.child(name)
			}
		}
		if n == nil || n.kind == value.Nothing || n.kind == value.Null {
			continue
		}
		var have any
		if text, known := n.AsString(); known {
			have = text
		} else if have, ok = movable(n, s.path[2]); !ok {
			return nil, false
		}
		if region != nil && region != have {
			return nil, false
		}
		region = have
	}
	return region, true
}

// movable is an expression that means the same in another container: both are
// written in one file, and it refers to nothing that a loop around one of them
// makes.
func movable(n, to *node) (any, bool) {
	from, at := n.traced().from, to.traced().from
	if from == nil || at == nil || from.file != at.file {
		return nil, false
	}
	x, ok := from.e.(hclsyntax.Expression)
	if !ok {
		return nil, false
	}
	for _, t := range x.Variables() {
		_, bound := from.scope.vars[t.RootName()]
		here := from.turn != nil && at.turn != nil && from.turn.loop == at.turn.loop
		if bound && !here && t.RootName() != "each" && t.RootName() != "count" {
			return nil, false
		}
	}
	at1, at2 := x.Range().Start.Byte, x.Range().End.Byte
	return hcledit.Raw(from.file.Data[at1:at2]), true
}

// regionOfARNs is the Region that all ARNs in the strings of the module's files,
// and in the JSON of its containers, have.
func (w *rewriter) regionOfARNs() (any, bool) {
	if !w.looked {
		w.looked = true
		w.region = w.run.regionOfARNs()
	}
	return w.region, w.region != ""
}

func (r *run) regionOfARNs() string {
	arn := regexp.MustCompile(`\barn:aws[a-z-]*:[a-z0-9-]+:([a-z]{2,3}(?:-[a-z]+)+-[0-9]+):`)
	regions := map[string]bool{}
	look := func(text []byte) {
		for _, m := range arn.FindAllSubmatch(text, -1) {
			regions[string(m[1])] = true
		}
	}
	for _, f := range r.parsed {
		if f.json {
			look(f.Data)
			continue
		}
		tokens, _ := hclsyntax.LexConfig(f.Data, f.Name, hcl.InitialPos) // it was parsed before
		for _, t := range tokens {
			if t.Type == hclsyntax.TokenQuotedLit || t.Type == hclsyntax.TokenStringLit {
				look(t.Bytes)
			}
		}
	}
	for _, res := range r.all {
		if res.typ != typeTaskDefinition {
			continue
		}
		if s, ok := walk(res, []string{"containerDefinitions"}); ok && s.node().json != nil {
			if text, ok := textOf(s.node()); ok {
				look(text.Data)
			}
		}
	}
	if len(regions) != 1 {
		return ""
	}
	return slices.Collect(maps.Keys(regions))[0]
}
