package files

import (
	"bytes"
	"context"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ecsentry/ecsentry/internal/document"
)

// stdin is the name of what is read from the standard input.
const stdin = "-"

const (
	noNested fault = "is not read together with other files"
	noFolder fault = "its folder is not known: the file that pulls it in was read from the standard input"
)

// nestedName is the name of a file that another one pulls in.
func nestedName(from, rel string) (string, error) {
	if path.IsAbs(rel) {
		return path.Clean(rel), nil
	}
	if from == stdin {
		return "", noFolder
	}
	return path.Join(path.Dir(from), rel), nil
}

// kept bounds the bytes that are kept from looking for files that pull in
// others, so that small inputs are read once.
const kept = 16 << 20

// own finds the files that others pull in and marks them, so that they are read
// through those only. Of files that pull in each other in a ring, the first is
// read by itself.
func (s *Source) own(ctx context.Context, targets []target) {
	pulls := s.pulls(ctx, targets)
	if len(pulls) == 0 {
		return
	}
	index := make(map[string]int, len(targets))
	for i := range targets {
		index[targets[i].real] = i
	}
	children := make(map[int][]int, len(pulls))
	owned := make([]bool, len(targets))
	for parent, names := range pulls {
		for _, name := range names {
			real, err := s.disk.Resolve(filepath.FromSlash(name))
			if err != nil {
				continue // its parent will say so
			}
			if child, ok := index[real]; ok && child != parent {
				children[parent] = append(children[parent], child)
				owned[child] = true
			}
		}
	}
	reached := make([]bool, len(targets))
	for i := range targets {
		if !owned[i] && targets[i].index == "" {
			reach(i, children, reached)
		}
	}
	for i := range targets {
		if !reached[i] { // in a ring
			owned[i] = false
			if targets[i].index == "" {
				reach(i, children, reached)
			}
		}
		targets[i].owned = owned[i]
	}
}

func reach(i int, children map[int][]int, reached []bool) {
	for queue := []int{i}; len(queue) > 0; queue = queue[1:] {
		if reached[queue[0]] {
			continue
		}
		reached[queue[0]] = true
		queue = append(queue, children[queue[0]]...)
	}
}

// pulls are the names that each target pulls in, by the target's index.
func (s *Source) pulls(ctx context.Context, targets []target) map[int][]string {
	var nesters []Nester
	for _, f := range s.options.Formats {
		if n, ok := f.(Nester); ok {
			nesters = append(nesters, n)
		}
	}
	if len(nesters) == 0 && !slices.ContainsFunc(targets, func(t target) bool { return t.folder != nil }) {
		return nil
	}
	var (
		workers sync.WaitGroup
		mu      sync.Mutex
		next    atomic.Int64
		room    atomic.Int64
		out     = map[int][]string{}
	)
	room.Store(kept)
	for range min(s.options.Workers, len(targets)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(targets) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				names := s.pulledBy(&targets[i], nesters, &room)
				if len(names) > 0 {
					mu.Lock()
					out[i] = names
					mu.Unlock()
				}
			}
		})
	}
	workers.Wait()
	return out
}

// pulledBy are the names that a target pulls in. What cannot be read now is not
// read later either, and reported then.
func (s *Source) pulledBy(t *target, nesters []Nester, room *atomic.Int64) (names []string) {
	defer func() {
		if recover() != nil {
			names = nil
		}
	}()
	if t.folder != nil {
		return s.pulledFolders(t)
	}
	data := t.data
	if data == nil {
		if t.slow || compressed(t.name) {
			return nil
		}
		var err error
		if data, err = s.readOnce(t); err != nil {
			return nil
		}
		if size := int64(len(data)); room.Add(-size) >= 0 {
			t.data = data
		} else {
			room.Add(size)
		}
	}
	for _, n := range nesters {
		if !slices.ContainsFunc(n.Marks(), func(mark string) bool { return bytes.Contains(data, []byte(mark)) }) {
			continue
		}
		f, _ := document.ParseAll(t.name, data, s.parsing(t.name))
		names = append(names, s.nested(t, f, n)...)
	}
	return names
}

// readOnce reads a target, unless it can only be read a single time, as a pipe.
func (s *Source) readOnce(t *target) ([]byte, error) {
	info, err := s.disk.Stat(t.disk)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fault("is no regular file")
	}
	if s.streams(t, info.Size()) {
		return nil, fault("is read as a stream")
	}
	return s.read(t.disk)
}

func (s *Source) nested(t *target, f *document.File, n Nester) (names []string) {
	for _, doc := range f.Documents {
		if i := s.recognise(t, doc); i < 0 || s.options.Formats[i].Name() != n.Name() {
			continue
		}
		for _, rel := range n.Nested(doc) {
			if name, err := nestedName(f.Name, rel); err == nil {
				names = append(names, name)
			}
		}
	}
	return names
}
