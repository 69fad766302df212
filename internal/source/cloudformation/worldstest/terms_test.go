package worldstest

// termOf names the open term of a function, "" for those that are none.
func termOf(fn string, arg node) string {
	a := args(arg)
	switch fn {
	case "Ref":
		if name := a[0].(string); name != "AWS::NoValue" {
			return name
		}
	case "Fn::GetAtt":
		if attr := a[1].(string); attr != "Arn" && attr != "TaskDefinitionArn" {
			return "GetAtt " + a[0].(string) + "." + attr
		}
		return "Ref " + a[0].(string)
	case "Fn::ImportValue":
		return "ImportValue " + a[0].(string)
	}
	return ""
}

// open names the term of an expression that is nothing but a term, if it is
// open: a Ref, an attribute, an import, or a string that holds nothing else.
func (t *template) open(n node) string {
	fn, arg := called(n)
	name := termOf(fn, arg)
	if s, ok := arg.(string); fn == "Fn::Sub" && ok {
		if p := pieces(s); len(p) == 3 && p[1].variable && p[0].text == "" && p[2].text == "" {
			return t.open(p[1].expression())
		}
	}
	if name == "" {
		return ""
	}
	if _, fixed := t.fixed(name); fixed {
		return ""
	}
	if t.section("Resources").get(name) != nil {
		return "Ref " + name
	}
	return name
}

// walk visits a node and all below it, and the variables inside strings of
// Fn::Sub as the expressions that they stand for.
func walk(n node, visit func(node)) {
	visit(n)
	fn, arg := called(n)
	switch n := n.(type) {
	case *object:
		for _, f := range n.fields {
			walk(f.val, visit)
		}
	case *list:
		for _, item := range n.items {
			walk(item, visit)
		}
	}
	if fn != "Fn::Sub" {
		return
	}
	a := args(arg)
	for _, p := range pieces(a[0].(string)) {
		own := node(nil)
		if len(a) == 2 {
			own = a[1].(*object).get(p.text)
		}
		if p.variable && own == nil {
			walk(p.expression(), visit)
		}
	}
}

// termsIn lists the open terms of an expression.
func (t *template) termsIn(n node) []string {
	var out []string
	walk(n, func(n node) {
		fn, arg := called(n)
		if fn == "" || fn == "Fn::Sub" {
			return
		}
		if name := t.open(n); name != "" && termOf(fn, arg) != "" {
			out = append(out, name)
		}
	})
	return out
}

// related says whether resources of a type may decide about those of another.
func related(typ, other string) bool {
	switch typ {
	case typeService:
		return other == typeTask || other == typeCluster || other == typeDefault
	case typeCluster:
		return other == typeDefault
	}
	return false
}

// closure lists the parts of a template that decide about a resource: itself,
// the conditions that they name, and what a service refers to.
func (t *template) closure(id string) []node {
	var out []node
	seen := map[string]bool{}
	var resource, condition func(name string)
	follow := func(n node) {
		out = append(out, n)
		walk(n, func(n node) {
			if name, ok := conditional(n); ok {
				condition(name)
			}
			if fn, arg := called(n); fn == "Fn::If" {
				condition(args(arg)[0].(string))
			}
		})
	}
	condition = func(name string) {
		if c := t.section("Conditions").get(name); c != nil && !seen["condition "+name] {
			seen["condition "+name] = true
			follow(c)
		}
	}
	resource = func(name string) {
		r := t.section("Resources").sub(name)
		if seen[name] {
			return
		}
		seen[name] = true
		if c, ok := r.get("Condition").(string); ok {
			condition(c)
		}
		follow(r.get("Properties"))
		typ, _ := r.get("Type").(string)
		for _, f := range t.section("Resources").fields {
			if related(typ, f.val.(*object).get("Type").(string)) {
				resource(f.key)
			}
		}
	}
	resource(id)
	return out
}
