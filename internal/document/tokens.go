package document

import (
	"cmp"
	"slices"
)

// A token is a scalar as a quote may show it.
type token struct {
	start, end int32
	role       role
}

// A role says what a scalar is for. Where aliases give a scalar several roles
// the highest counts.
type role uint8

const (
	isKey    role = iota
	isName        // of a container or variable
	isHidden      // shown if somebody asks for this very scalar
	isSecret      // never shown: what variables are set to
)

// A region is what part of a document a node belongs to.
type region uint8

const (
	elsewhere  region = iota
	containers        // what a container definitions key holds
	container         // an element of such a list
	variables         // what an environment key holds
	variable
	secret // the value of a variable
)

// A visit is a shared node in a region: seen once, it need not be seen again.
type visit struct {
	node   *Node
	region region
	role   role
}

type tokenizer struct {
	file   *File
	tokens []token
	seen   map[visit]struct{} // nil if no node is shared
}

// quotable are all scalars in the order of the text.
func (f *File) quotable() []token {
	f.quoteOnce.Do(func() {
		tree := f.tree()
		t := tokenizer{file: tree, tokens: make([]token, 0, len(f.Data)/16+8)} // few texts have more
		if tree.anchors != nil {
			t.seen = map[visit]struct{}{}
		}
		for _, n := range tree.Documents {
			t.walk(n, elsewhere, isHidden)
		}
		for _, field := range tree.overridden {
			t.walk(field.Key, elsewhere, isKey)
			t.walk(field.Value, elsewhere, isHidden)
		}
		t.tokens = append(t.tokens, tree.unread...)
		slices.SortFunc(t.tokens, func(a, b token) int {
			return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.role, a.role))
		})
		f.tokens = slices.Clone(slices.CompactFunc(t.tokens, func(a, b token) bool { return a.start == b.start }))
	})
	return f.tokens
}

func (t *tokenizer) walk(n *Node, in region, as role) {
	if n.Alias { // its name is shown, what it means is hidden where that is written
		n = t.file.anchor(n)
	}
	if t.seen != nil {
		v := visit{n, in, as}
		if _, ok := t.seen[v]; ok {
			return
		}
		t.seen[v] = struct{}{}
	}
	switch n.Kind {
	case List:
		if n.Tag != "!If" {
			in = element(in)
		}
		for _, item := range n.Items {
			t.walk(item, in, hiddenIn(in))
		}
	case Map:
		for _, field := range n.Fields {
			t.walk(field.Key, elsewhere, isKey)
			t.field(field, in)
		}
	default:
		if n.End > n.Start {
			t.tokens = append(t.tokens, token{n.Start, n.End, as})
		}
	}
}

func (t *tokenizer) field(field Field, in region) {
	key, val := field.Key.Value, field.Value
	switch {
	case in == secret:
		t.walk(val, secret, isSecret)
	case key == "Fn::If" && in != elsewhere && val.Kind == List:
		for _, branch := range val.Items {
			t.walk(branch, in, hiddenIn(in))
		}
	case key == "name" || key == "Name":
		switch {
		case val.IsScalar() && (in == container || in == variable):
			t.walk(val, elsewhere, isName)
		case in == variable || in == variables:
			t.walk(val, secret, isSecret)
		default:
			t.walk(val, elsewhere, isHidden)
		}
	case in == variable || in == variables:
		// Not only what its value is: a map may hold variables by name.
		t.walk(val, secret, isSecret)
	case key == "containerDefinitions" || key == "ContainerDefinitions":
		t.walk(val, containers, isHidden)
	case key == "environment" || key == "Environment":
		t.walk(val, variables, isSecret)
	default:
		t.walk(val, elsewhere, isHidden)
	}
}

// element is the region of a list's elements.
func element(in region) region {
	switch in {
	case containers:
		return container
	case variables:
		return variable
	default:
		return in
	}
}

func hiddenIn(in region) role {
	if in == variables || in == variable || in == secret {
		return isSecret
	}
	return isHidden
}
