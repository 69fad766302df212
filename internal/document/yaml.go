package document

import (
	"bytes"
	"errors"
	"io"
	"unsafe"

	"go.yaml.in/yaml/v3"
)

// A yamlReader turns the nodes of the YAML library into ours: with the bytes
// that they were written with, aliases followed and merge keys resolved.
type yamlReader struct {
	file    *File
	data    []byte
	text    string // the same bytes
	cursor  cursor
	slab    slab
	keys    keyCheck
	anchors map[*yaml.Node]anchored
	out     *reading
	end     int  // of the last document that was read
	bad     bool // the document before could not be read
	count   int  // nodes, and fields that were merged
	size    int  // nodes with aliases written out
	items   []*Node
	fields  []Field
}

// anchored is a node that aliases refer to; its node is nil while it is read.
type anchored struct {
	node *Node
	size int // nodes with its aliases written out
}

// built is a node that was read, with the range that it has in the text where it
// was asked for, which for an alias is the alias's.
type built struct {
	node       *Node
	start, end int
	size       int
}

// parseYAML reads all documents. The library panics on some inputs; that is an
// error of the text, not of the program.
func (f *File) parseYAML() *reading {
	r := &yamlReader{
		file: f, data: f.Data, out: &reading{format: YAML, whole: true},
		text:    unsafe.String(unsafe.SliceData(f.Data), len(f.Data)),
		cursor:  newCursor(f.Data),
		slab:    newSlab(len(f.Data)),
		anchors: map[*yaml.Node]anchored{},
	}
	if err := f.checkYAML(); err != nil {
		r.failed(err)
		return r.out
	}
	defer func() {
		if recover() != nil {
			r.failed(&Error{File: f.Name, Message: "cannot be read as YAML", Hint: hint(f.Data)})
		}
	}()
	r.read()
	return r.out
}

// failed ends the reading: where the next document starts is not known.
func (r *yamlReader) failed(err *Error) {
	r.out.whole = false
	r.out.failed(err, r.end, len(r.data))
}

func (r *yamlReader) read() {
	library := yaml.NewDecoder(bytes.NewReader(r.data))
	for {
		var document yaml.Node
		if err := library.Decode(&document); err == io.EOF {
			return
		} else if err != nil {
			r.failed(r.file.translateYAML(err))
			return
		}
		overridden, size := len(r.out.overridden), r.size
		n, err := r.document(&document)
		var own *Error
		switch {
		case errors.As(err, &own):
			r.out.overridden, r.size = r.out.overridden[:overridden], size
			r.items, r.fields = r.items[:0], r.fields[:0]
			if !r.out.failed(own, r.end, len(r.data)) {
				r.failed(r.file.errorAt(r.cursor.off, tooManyErrors))
				return
			}
			r.bad = true
		case n != nil:
			r.out.documents = append(r.out.documents, n)
		}
	}
}

func (r *yamlReader) document(y *yaml.Node) (*Node, error) {
	if len(y.Content) == 0 {
		return nil, nil
	}
	at, err := r.offset(y)
	if r.bad { // the document before ends here
		r.out.unread[len(r.out.unread)-1].end = int32(at)
		r.bad, r.end = false, at
	}
	if err != nil {
		return nil, err
	}
	b, err := r.build(y.Content[0], at, 0)
	if err != nil {
		return nil, err
	}
	if r.size = grown(r.size, b.size); r.size > maxExpanded && r.size > r.count {
		return nil, r.file.errorAt(b.start, "has too many values once its aliases are written out")
	}
	r.end = b.end
	return b.node, nil
}

// build reads a node. What lies before prev is done with.
func (r *yamlReader) build(y *yaml.Node, prev, depth int) (built, error) {
	at, err := r.offset(y)
	switch {
	case isOmitted(y):
		// The library names the token that follows, or one before it.
		at = max(at, prev)
	case err != nil:
		return built{}, err
	}
	if r.count++; r.count > maxNodes {
		return built{}, r.file.errorAt(at, "has too many values")
	}
	if y.Kind == yaml.AliasNode {
		return r.alias(y, at)
	}
	if depth > maxDepth || depth == maxDepth && y.Kind != yaml.ScalarNode {
		return built{}, r.file.errorAt(at, "is nested too deeply")
	}
	n := r.slab.node()
	if y.Style&yaml.TaggedStyle != 0 {
		n.Tag = y.Tag
	}
	start, err := r.skipProperties(y, at)
	if err != nil {
		return built{}, err
	}
	if y.Anchor != "" {
		r.anchors[y] = anchored{}
	}
	out := built{node: n, start: at, size: 1}
	if y.Kind == yaml.ScalarNode {
		err = r.scalar(y, n, max(prev, start), start)
		out.start = min(at, int(n.Start))
	} else {
		out.size, err = r.collection(y, n, start, depth)
	}
	if err != nil {
		return built{}, err
	}
	out.end = int(n.End)
	if y.Anchor != "" {
		r.anchors[y] = anchored{n, out.size}
	}
	return out, nil
}

func (r *yamlReader) alias(y *yaml.Node, at int) (built, error) {
	if at >= len(r.data) || r.data[at] != '*' {
		return built{}, r.lost(at)
	}
	to := r.anchors[y.Alias]
	if to.node == nil {
		return built{}, r.file.errorAt(at, "has an alias that contains itself")
	}
	n, end := r.slab.node(), at+1+len(y.Value)
	*n = *to.node
	n.Alias, n.Start, n.End = true, int32(at), int32(end)
	if r.out.anchors == nil {
		r.out.anchors = map[*Node]*Node{}
	}
	r.out.anchors[n] = to.node
	return built{n, at, end, to.size}, nil
}

func (r *yamlReader) collection(y *yaml.Node, n *Node, start, depth int) (size int, err error) {
	n.Kind, n.Style, n.Start = List, Block, int32(start)
	if y.Kind == yaml.MappingNode {
		n.Kind = Map
	}
	closing := byte(0)
	if y.Style&yaml.FlowStyle != 0 {
		n.Style = Flow
		switch c := r.at(start); {
		case n.Kind == List && c == '[':
			closing = ']'
		case n.Kind == Map && c == '{':
			closing = '}'
		case n.Kind == List:
			return 0, r.lost(start)
		default: // [key: value], a map without braces
			n.Style = Block
		}
	} else if n.Kind == List && r.at(start) != '-' {
		return 0, r.lost(start)
	}
	end := start
	if closing != 0 {
		end++
	}
	if n.Kind == Map {
		size, end, err = r.mapping(y, n, end, depth)
	} else {
		size, end, err = r.sequence(y, n, end, depth)
	}
	if err != nil {
		return 0, err
	}
	if closing != 0 {
		if end, err = r.closing(end, closing); err != nil {
			return 0, err
		}
	}
	n.End = int32(end)
	return size, nil
}

func (r *yamlReader) sequence(y *yaml.Node, n *Node, end, depth int) (int, int, error) {
	from, size := len(r.items), 1
	for _, content := range y.Content {
		b, err := r.build(content, end, depth+1)
		if err != nil {
			return 0, 0, err
		}
		r.items = append(r.items, b.node)
		end, size = b.end, grown(size, b.size)
	}
	n.Items = r.slab.list(r.items[from:])
	r.items = r.items[:from]
	return size, end, nil
}

func (r *yamlReader) mapping(y *yaml.Node, n *Node, end, depth int) (int, int, error) {
	from, size, merges := len(r.fields), 1, 0
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, err := r.build(y.Content[i], end, depth+1)
		if err != nil {
			return 0, 0, err
		}
		if !key.node.IsScalar() {
			out := r.file.errorAt(key.start, "has a map key that is not a text")
			out.Hint = hint(r.data)
			return 0, 0, out
		}
		if i == 0 && n.Style == Block {
			n.Start = min(n.Start, int32(key.start))
		}
		val, err := r.build(y.Content[i+1], key.end, depth+1)
		if err != nil {
			return 0, 0, err
		}
		if y.Content[i].Kind == yaml.ScalarNode && y.Content[i].Tag == "!!merge" {
			merges++
		}
		r.fields = append(r.fields, Field{Key: key.node, Value: val.node})
		end, size = val.end, grown(size, key.size+val.size)
	}
	written := r.fields[from:]
	if key := r.keys.duplicate(written); key != nil {
		return 0, 0, r.file.duplicateKey(key, int(key.Start))
	}
	if merges > 0 {
		merged, err := r.merge(n, written)
		if err != nil {
			return 0, 0, err
		}
		r.fields = append(r.fields[:from], merged...)
		size = grown(size, len(merged))
	}
	n.Fields = r.slab.fieldList(r.fields[from:])
	r.fields = r.fields[:from]
	return size, end, nil
}

// grown adds sizes, which aliases of aliases make exponentially large.
func grown(a, b int) int { return min(a+b, 2*maxNodes) }

// lost is the error for a value whose place in the text cannot be told.
func (r *yamlReader) lost(at int) error {
	out := r.file.errorAt(min(at, len(r.data)), "is YAML that cannot be located in the text")
	out.Hint = hint(r.data)
	return out
}
