package terraform

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/hcledit"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

// A rewriter edits the files of a root module. It reads a resource again, so that
// it knows which expressions an edit is about. What several instances share is
// edited for each in the same way.
type rewriter struct {
	run     *run
	files   map[*sourceFile]*hcledit.File
	values  map[string]*sourceFile     // of variables, by the name of the file
	modules map[string]*mentions       // by folder
	hidden  map[string][]ecsentry.Span // nil until somebody asks
	edit    *editing                   // what Rewrite is making
	region  string                     // that of all ARNs
	looked  bool                       // for it
	others  map[string]error           // why files are not edited, nil if they are
}

func newRewriter(r *run) *rewriter {
	return &rewriter{
		run: r, files: map[*sourceFile]*hcledit.File{}, values: map[string]*sourceFile{}, modules: map[string]*mentions{},
		others: map[string]error{},
	}
}

// An editing is one call of Rewrite.
type editing struct {
	native []*nativeEdit
	json   []*jsonEdit
	// Elements of JSON lists.
	appended []appended
	notes    []string
}

type nativeEdit struct {
	*hcledit.Editor
	file *sourceFile
}

type jsonEdit struct {
	*document.Editor
	text *jsonFile
}

var (
	errNotFound = errors.New("what is to be edited cannot be found again")
	errJSON     = errors.New("files in Terraform's JSON syntax are not edited: change it there by hand")
	errFetched  = errors.New("terraform init has fetched the module: mend it where it comes from")
)

// Rewrite makes edits that belong together.
func (w *rewriter) Rewrite(edits []value.Edit) (ecsentry.Patch, error) {
	w.edit = &editing{}
	w.run.steps = 0
	for _, e := range edits {
		s, err := w.find(e.At)
		if err != nil {
			return ecsentry.Patch{}, err
		}
		if err := w.make(s, e); err != nil {
			return ecsentry.Patch{}, err
		}
	}
	return w.patch()
}

// A spot is the node that an edit is about, with those around it from the
// resource on.
type spot struct {
	names []string // of path[1:]
	path  []*node
}

func (s spot) node() *node    { return s.path[len(s.path)-1] }
func (s spot) parent() spot   { return spot{s.names[:len(s.names)-1], s.path[:len(s.path)-1]} }
func (s spot) name() string   { return s.names[len(s.names)-1] }
func (s spot) resource() bool { return len(s.path) == 1 }

// find is the spot of a place.
func (w *rewriter) find(at *value.Place) (spot, error) {
	if at == nil {
		return spot{}, errNotFound
	}
	var names []string
	root := at
	for ; root.Parent != nil; root = root.Parent {
		names = append([]string{root.Name}, names...)
	}
	in, ok := root.In.(*resourceText)
	if !ok {
		return spot{}, errNotFound
	}
	if s, ok := walk(in.resource, names); ok && s.matches(at) {
		return s, nil
	}
	return spot{}, errNotFound
}

// down is the spot below one; without a node where there is none.
func (s spot) down(names ...string) spot {
	for _, name := range names {
		var n *node
		if up := s.node(); up != nil {
			n = up.child(name)
		}
		s = spot{append(s.names[:len(s.names):len(s.names)], name), append(s.path[:len(s.path):len(s.path)], n)}
	}
	return s
}

// elements are the names of what a list has.
func (s spot) elements() iter.Seq[string] {
	return func(yield func(string) bool) {
		if s.node() == nil || s.node().kind != value.Sequence {
			return
		}
		for i := range s.node().Items() {
			if !yield(strconv.Itoa(i)) {
				return
			}
		}
	}
}

func walk(r *hclResource, names []string) (spot, bool) {
	n, ok := r.node().(*node)
	if !ok {
		return spot{}, false
	}
	s := spot{names: names, path: []*node{n}}
	for _, name := range names {
		n = n.child(name)
		if n == nil {
			return spot{}, false
		}
		s.path = append(s.path, n)
	}
	return s, true
}

// child is a property, or an element by its index.
func (n *node) child(name string) *node {
	if n.kind != value.Sequence {
		child, _ := n.Field(name).(*node)
		return child
	}
	index, err := strconv.Atoi(name)
	if err != nil {
		return nil
	}
	for i, item := range n.Items() {
		if i == index {
			child, _ := item.(*node)
			return child
		}
	}
	return nil
}

// matches tells whether what is nearest to a place and written is the same.
func (s spot) matches(at *value.Place) bool {
	i := len(s.path) - 1
	for at.Missing && at.Parent != nil {
		at, i = at.Parent, i-1
	}
	n := s.path[i]
	return n.at.off == at.Off && n.at.end == at.End && fileName(n.at.in) == at.File()
}

func fileName(t value.Text) string {
	if t == nil {
		return ""
	}
	return t.Position(0).File
}

// native is the editor of a file.
func (w *rewriter) native(f *sourceFile) (*hcledit.Editor, error) {
	if f.json {
		return nil, errJSON
	}
	if err := w.may(f.Name); err != nil {
		return nil, err
	}
	for _, e := range w.edit.native {
		if e.file.Name == f.Name {
			return e.Editor, nil
		}
	}
	tree, err := w.tree(f)
	if err != nil {
		return nil, err
	}
	e := &nativeEdit{hcledit.NewEditor(tree), f}
	w.edit.native = append(w.edit.native, e)
	return e.Editor, nil
}

// may says why a file is not edited: terraform init brings and replaces it, or it
// is none of what the user wants to be mended, and others may depend on it.
func (w *rewriter) may(name string) error {
	err, known := w.others[name]
	if !known {
		if _, outside := w.run.folder.ReadInside(name); outside != nil {
			err = fmt.Errorf("it is written in %s, outside of what is to be mended: name a folder that holds both", safe(name))
		}
		if slices.Contains(strings.Split(name, "/"), ".terraform") {
			err = errFetched
		}
		w.others[name] = err
	}
	return err
}

// tree is the text of a file with its tree.
func (w *rewriter) tree(f *sourceFile) (*hcledit.File, error) {
	if t := w.files[f]; t != nil {
		return t, nil
	}
	body, ok := f.body.(*hclsyntax.Body)
	if !ok {
		return nil, errJSON
	}
	w.files[f] = hcledit.NewFile(f.Data, body)
	return w.files[f], nil
}

// note adds something that a reader should know, once.
func (w *rewriter) note(format string, args ...any) {
	if n := fmt.Sprintf(format, args...); !slices.Contains(w.edit.notes, n) {
		w.edit.notes = append(w.edit.notes, n)
	}
}

// patch is what the editors have come to.
func (w *rewriter) patch() (ecsentry.Patch, error) {
	p := ecsentry.Patch{Notes: w.edit.notes}
	for _, e := range w.edit.native {
		splices, err := e.Splices()
		if err != nil {
			return ecsentry.Patch{}, err
		}
		for _, s := range splices {
			p.Splices = append(p.Splices, ecsentry.Splice{
				File: e.file.Name, Original: e.file.Data, Span: ecsentry.Span{Start: int32(s.Start), End: int32(s.End)}, New: s.New,
			})
		}
	}
	for _, e := range w.edit.json {
		splices, err := e.Splices()
		if err != nil {
			return ecsentry.Patch{}, err
		}
		outer, ok := e.Text().(*document.File)
		if !ok {
			return ecsentry.Patch{}, errNotFound
		}
		if err := w.may(outer.Name); err != nil {
			return ecsentry.Patch{}, err
		}
		for _, splice := range files.Splices(outer, splices) {
			if !slices.ContainsFunc(p.Splices, func(have ecsentry.Splice) bool {
				return have.File == splice.File && have.Span == splice.Span && have.New == splice.New
			}) {
				p.Splices = append(p.Splices, splice)
			}
		}
	}
	slices.SortStableFunc(p.Splices, func(a, b ecsentry.Splice) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Start, b.Start))
	})
	return p, nil
}
