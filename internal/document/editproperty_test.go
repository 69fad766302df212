package document

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestEditProperty makes random edits to random texts.
func TestEditProperty(t *testing.T) {
	made, refused := 0, 0
	for seed := range uint64(6000) {
		r := rand.New(rand.NewPCG(seed, 1))
		text := randomText(r)
		if _, err := Parse("x", []byte(text), Options{}); err != nil {
			continue // an alias of what has been hidden by a comment, and the like
		}
		ok, err := checkRandomEdits(text, r)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if ok {
			made++
		} else {
			refused++
		}
	}
	if made < 3000 || refused > made/2 {
		t.Errorf("%d edits were made and %d refused", made, refused)
	}
}

// FuzzEdit makes random edits to any text.
func FuzzEdit(f *testing.F) {
	for i, s := range seeds {
		f.Add([]byte(s), uint64(i))
	}
	// What once went wrong.
	for _, s := range []string{"{0\n0}", "! :", "[!0]", "0:\n|", "- &0 !", "0: |1#0", "0: {0}#\n1: |#0\n", "[a,# \n! \n]", "- - 0:\n    1: !\n  - 2\n"} {
		for seed := range uint64(20) {
			f.Add([]byte(s), seed)
		}
	}
	for seed := range uint64(50) {
		f.Add([]byte(randomText(rand.New(rand.NewPCG(seed, 2)))), seed)
	}
	f.Fuzz(func(t *testing.T, data []byte, seed uint64) {
		if len(data) > 4000 {
			return
		}
		if _, err := Parse("x", data, Options{}); err != nil {
			return
		}
		if _, err := checkRandomEdits(string(data), rand.New(rand.NewPCG(seed, 3))); err != nil {
			t.Fatal(err)
		}
	})
}

// checkRandomEdits edits a text and its model, and says where they differ. It is
// not ok if the edits were refused.
func checkRandomEdits(text string, r *rand.Rand) (ok bool, err error) {
	f, err := Parse("x", []byte(text), Options{})
	if err != nil || len(f.Documents) == 0 || len(f.anchors) > 10 { // aliases of aliases make large models
		return false, err
	}
	defer func() {
		if broken := recover(); broken != nil {
			panic(fmt.Sprintf("%v in %q", broken, text))
		}
	}()
	models, of := modelsOf(f)
	root := pick(r, f.Documents...)
	e := NewEditor(f, root)
	var steps []editStep
	for range 1 + r.IntN(4) {
		s := randomStep(r, root)
		if err := s.apply(e, of); err == nil {
			steps = append(steps, s)
		} else if !refusal(err) {
			return false, fmt.Errorf("%s of %q: %w", s, text, err)
		}
	}
	splices, err := e.Splices()
	if err != nil {
		if refusal(err) {
			return false, nil
		}
		return false, fmt.Errorf("%v of %q: %w", steps, text, err)
	}
	out, err := Apply(f.Data, splices)
	if err != nil {
		return false, fmt.Errorf("%v of %q: %w", steps, text, err)
	}
	told := func(what string) error { return fmt.Errorf("%v\n of %q\ngives %q:\n%s", steps, text, out, what) }
	again, err := Parse("x", out, Options{})
	if err != nil {
		return false, told(err.Error())
	}
	got, _ := modelsOf(again)
	if !slices.EqualFunc(models, got, (*model).equal) {
		return false, told(cmp.Diff(models, got, cmpopts.EquateEmpty()))
	}
	if lost := commentsLost(f, again, steps); lost != "" {
		return false, told("the comment is gone:" + lost)
	}
	if err := checkTwice(again, e.root, f, steps); err != nil {
		return false, told(err.Error())
	}
	return len(steps) > 0, nil
}

// checkTwice makes edits that set keys of the root again, which changes nothing.
func checkTwice(again *File, root *Node, f *File, steps []editStep) error {
	if root.Kind != Map || slices.ContainsFunc(steps, func(s editStep) bool { return s.do != "set" || s.node != root }) {
		return nil
	}
	root = again.Documents[slices.Index(f.Documents, root)]
	e := NewEditor(again, root)
	for _, s := range steps {
		if err := e.Set(root, s.key, s.what); err != nil {
			return fmt.Errorf("again: %w", err)
		}
	}
	if splices, err := e.Splices(); err != nil || len(splices) > 0 {
		return fmt.Errorf("again: %v, %w", splices, err)
	}
	return nil
}

func refusal(err error) bool {
	for _, kind := range []error{ErrShared, ErrMerged, ErrConflict, ErrOverlap, ErrPlace} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// gone is the part of the text whose lines an edit may take comments from.
func (s editStep) gone(f *File) (from, to int32) {
	fields := func(key string) (int32, int32) {
		for _, field := range s.node.Fields {
			if field.Key.Value == key {
				return field.Key.Start, max(field.Key.End, field.Value.End)
			}
		}
		return 0, -1
	}
	switch s.do {
	case "remove":
		return fields(s.key)
	case "item":
		item := s.node.Items[s.index]
		if s.node.Style != Block {
			return item.Start, item.End
		}
		before := s.node.Start
		if s.index > 0 {
			before = s.node.Items[s.index-1].End
		}
		return f.dash(before, item.Start), item.End
	case "replace":
		if !s.node.IsScalar() {
			return s.node.Start, s.node.End
		}
	case "set":
		if old := s.node.Get(s.key); old != nil && !old.IsScalar() {
			return fields(s.key)
		}
	}
	return 0, -1
}

// commentsLost is a comment that is gone although no line of it is.
func commentsLost(before, after *File, steps []editStep) string {
	var texts []string
	for _, c := range after.Comments("") {
		texts = append(texts, "#"+c.Text)
	}
	for _, c := range before.Comments("") {
		i := slices.IndexFunc(texts, func(text string) bool { return strings.HasSuffix(text, "#"+c.Text) })
		if i >= 0 {
			texts[i] = ""
		}
		mayGo := slices.ContainsFunc(steps, func(s editStep) bool {
			from, to := s.gone(before)
			if from > to {
				return false
			}
			for to < int32(len(before.Data)) && !isBreak(before.Data[to]) {
				to++
			}
			return from <= c.Start && c.Start <= to
		})
		if i < 0 && !mayGo {
			return c.Text
		}
	}
	return ""
}

func (s editStep) String() string {
	return fmt.Sprintf("%s %q %d %#v at %d", s.do, s.key, s.index, s.what, s.node.Start)
}

func randomStep(r *rand.Rand, root *Node) editStep {
	var all []*Node
	var walk func(n *Node)
	walk = func(n *Node) {
		if len(all) > 300 {
			return
		}
		all = append(all, n)
		for _, item := range n.Items {
			walk(item)
		}
		for _, field := range n.Fields {
			walk(field.Value)
		}
	}
	walk(root)
	s := editStep{node: pick(r, all...)}
	s.what = randomData(r, 0)
	switch n := r.IntN(6); {
	case n < 2 && s.node.Kind == Map && len(s.node.Fields) > 0:
		s.do, s.key = pick(r, "set", "remove"), pick(r, s.node.Fields...).Key.Value
	case n == 2 && s.node.Kind == Map, n == 2 && s.node.Kind == Null && s.node != root:
		s.do, s.key = "set", pick(r, "new", "other", "is it")
	case n == 3 && s.node.Kind == List && len(s.node.Items) > 0:
		s.do, s.index = "item", r.IntN(len(s.node.Items))
	case n == 4 && s.node.Kind == List, n == 4 && s.node.Kind == Null && s.node != root:
		s.do = "append"
	default:
		s.do = "replace"
	}
	return s
}

func randomData(r *rand.Rand, depth int) any {
	if depth < 3 && r.IntN(3) == 0 {
		switch r.IntN(3) {
		case 0:
			list := Array{}
			for range r.IntN(3) {
				list = append(list, randomData(r, depth+1))
			}
			return list
		case 1:
			object := Object{}
			for i := range r.IntN(3) {
				object = append(object, Entry{pick(r, "k", "yes", "a b") + fmt.Sprint(i), randomData(r, depth+1)})
			}
			return object
		}
	}
	return pick[any](r, nil, true, false, 7, int64(-3), 1.5, "word", "two words", "yes", "1000:1000", "", "it's", "a: b", "q\"", "x\ny", " s ", "é#", "a, b", "~", strings.Repeat("long ", 40)+"x")
}
