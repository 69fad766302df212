package scan

import "github.com/ecsentry/ecsentry/value"

// What tables of a run hold at most, so that no input can make them large.
const (
	mostWords     = 1 << 16
	mostWordBytes = 4 << 20
	longestWord   = 1 << 10
	mostPaths     = 1 << 16
	mostOwn       = 1 << 8 // strings of one resource: they are looked for one by one
)

// words are strings that many findings have, each once.
type words struct {
	ids   map[string]uint32
	list  []string
	bytes int
}

// id is the number of a word, from 1; false where there is no room for another.
func (w *words) id(s string) (uint32, bool) {
	if id, ok := w.ids[s]; ok {
		return id, true
	}
	if len(w.list) >= mostWords || w.bytes+len(s) > mostWordBytes || len(s) > longestWord {
		return 0, false
	}
	if w.ids == nil {
		w.ids = map[string]uint32{}
	}
	w.list = append(w.list, s)
	w.bytes += len(s)
	id := uint32(len(w.list))
	w.ids[s] = id
	return id, true
}

// paths are where values stand in their resources, each once: places without a
// text.
type paths struct {
	ids  map[pathKey]uint32
	list []*value.Place
	last struct { // a cache: places of a container share their parent
		at *value.Place
		id uint32
	}
}

type pathKey struct {
	parent  uint32
	name    string
	missing bool
}

// id is the number of a place's path, from 1; false where there is no room for
// another.
func (p *paths) id(at *value.Place) (uint32, bool) {
	if at.Parent == nil {
		return p.add(pathKey{0, at.Name, at.Missing})
	}
	parent := p.last.id
	if at.Parent != p.last.at {
		var ok bool
		if parent, ok = p.id(at.Parent); !ok {
			return 0, false
		}
		p.last.at, p.last.id = at.Parent, parent
	}
	return p.add(pathKey{parent, at.Name, at.Missing})
}

func (p *paths) add(k pathKey) (uint32, bool) {
	if id, ok := p.ids[k]; ok {
		return id, true
	}
	if len(p.list) >= mostPaths || len(k.name) > longestWord {
		return 0, false
	}
	if p.ids == nil {
		p.ids = map[pathKey]uint32{}
	}
	at := &value.Place{Name: k.name, Missing: k.missing}
	if k.parent > 0 {
		at.Parent = p.list[k.parent-1]
	}
	p.list = append(p.list, at)
	id := uint32(len(p.list))
	p.ids[k] = id
	return id, true
}
