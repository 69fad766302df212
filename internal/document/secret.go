package document

// Secrets calls tell with each value of a container's definition that no output may
// show: the values of its environment, commands, Docker labels and log options.
// spell is the text's name for one of the ECS API's. Functions of a template stand
// for what they give.
func Secrets(container *Node, spell func(string) string, tell func(*Node)) {
	s := secrets{spell: spell, tell: tell}
	s.each(container, func(c *Node) {
		for _, f := range c.Fields {
			switch f.Key.Value {
			case spell("environment"):
				s.each(f.Value, func(v *Node) { s.value(v.Get(spell("value"))) })
			case spell("command"), spell("entryPoint"), spell("dockerLabels"):
				s.value(f.Value)
			case spell("healthCheck"):
				s.each(f.Value, func(h *Node) { s.value(h.Get(spell("command"))) })
			case spell("logConfiguration"):
				s.each(f.Value, func(l *Node) { s.value(l.Get(spell("options"))) })
			}
		}
	})
}

type secrets struct {
	spell func(string) string
	tell  func(*Node)
}

// each finds the maps that a value may be, or that may be in its list: behind the
// functions of a template, too.
func (s *secrets) each(n *Node, do func(*Node)) {
	if n == nil {
		return
	}
	for _, item := range n.Items {
		s.each(item, do)
	}
	if n.Kind != Map {
		return
	}
	if len(n.Fields) == 1 && len(n.Fields[0].Key.Value) > 4 && n.Fields[0].Key.Value[:4] == "Fn::" {
		s.each(n.Fields[0].Value, do)
		return
	}
	do(n)
}

func (s *secrets) value(n *Node) {
	if n != nil {
		s.tell(n)
	}
}

// Scalars calls do with each scalar in a value.
func (n *Node) Scalars(do func(*Node)) {
	if n.IsScalar() {
		do(n)
	}
	for _, f := range n.Fields {
		f.Value.Scalars(do)
	}
	for _, item := range n.Items {
		item.Scalars(do)
	}
}
