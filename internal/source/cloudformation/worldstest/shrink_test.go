package worldstest

import "maps"

// shrink makes a template smaller as long as it shows the same kind of mismatch.
func shrink(t *template, m mismatch, check func(*template) []mismatch) (*template, mismatch) {
	for steps := 0; steps < 200; steps++ {
		smaller, found, ok := step(t, m, check)
		if !ok {
			return t, m
		}
		t, m = smaller, found
	}
	return t, m
}

// step finds one smaller template with the same kind of mismatch.
func step(t *template, m mismatch, check func(*template) []mismatch) (*template, mismatch, bool) {
	try := func(c *template) (mismatch, bool) {
		for _, got := range safely(c, check) {
			if got.kind == m.kind && got.control == m.control {
				return got, true
			}
		}
		return m, false
	}
	for name := range t.overrides {
		c := &template{root: t.root, overrides: maps.Clone(t.overrides)}
		delete(c.overrides, name)
		if got, ok := try(c); ok {
			return c, got, true
		}
	}
	for i := 0; ; i++ {
		root, ok := edited(t.root, i)
		if !ok {
			return t, m, false
		}
		if root == nil {
			continue
		}
		c := &template{root: root, overrides: t.overrides}
		if got, ok := try(c); ok {
			return c, got, true
		}
	}
}

// safely is check, where a template that is no longer whole shows nothing.
func safely(t *template, check func(*template) []mismatch) (out []mismatch) {
	defer func() {
		if recover() != nil {
			out = nil
		}
	}()
	if !whole(t) {
		return nil
	}
	return check(t)
}

// edited is the template with its n-th possible edit; not ok if there are fewer.
// It is nil where the edit leaves no template.
func edited(root *object, n int) (*object, bool) {
	c := clone(root)
	left := n
	if !edit(&c, &left) {
		return nil, false
	}
	out, _ := c.(*object)
	return out, true
}

// edit counts the edits of a tree down to the one to make: leaving out a
// property or an element, or putting a part in the place of the whole.
func edit(at *node, left *int) bool {
	due := func() bool { *left--; return *left < 0 }
	switch n := (*at).(type) {
	case *object:
		if fn, arg := called(n); fn != "" {
			for _, part := range args(arg) {
				if _, isName := part.(string); (!isName || fn == "Fn::Join" || fn == "Fn::Select") && due() {
					*at = part
					return true
				}
			}
			if fn != "Ref" && fn != "Fn::If" && fn != "Fn::FindInMap" {
				return edit(&n.fields[0].val, left)
			}
			if l, ok := arg.(*list); ok {
				for i := range l.items {
					if edit(&l.items[i], left) {
						return true
					}
				}
			}
			return false
		}
		for i := range n.fields {
			if due() {
				n.fields = append(n.fields[:i:i], n.fields[i+1:]...)
				return true
			}
		}
		for i := range n.fields {
			if edit(&n.fields[i].val, left) {
				return true
			}
		}
	case *list:
		for i := range n.items {
			if due() {
				n.items = append(n.items[:i:i], n.items[i+1:]...)
				return true
			}
		}
		for i := range n.items {
			if edit(&n.items[i], left) {
				return true
			}
		}
	}
	return false
}
