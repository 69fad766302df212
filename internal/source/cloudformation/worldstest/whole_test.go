package worldstest

// whole says whether a template is complete: every name is defined, and every
// function has what it needs. Random templates are; smaller ones made of them
// need not be.
func whole(t *template) bool {
	good := len(t.section("Resources").fields) > 0
	defined := func(section, name string) bool { return t.section(section).get(name) != nil }
	for _, f := range t.section("Parameters").fields {
		p, ok := f.val.(*object)
		good = good && ok && isText(p.get("Type"))
		good = good && (p.get("Type") != "Number" || p.get("AllowedValues") != nil)
		if l, ok := p.get("AllowedValues").(*list); ok {
			found := p.get("Default") == nil
			for _, v := range l.items {
				found = found || literal(v) == literal(p.get("Default"))
			}
			good = good && found && len(l.items) > 0
		}
	}
	for name := range t.overrides {
		good = good && (defined("Parameters", name) || name[:3] == "AWS")
	}
	for _, f := range t.section("Mappings").fields {
		m, ok := f.val.(*object)
		good = good && ok && len(m.fields) > 0
		for _, row := range m.fields {
			r, ok := row.val.(*object)
			good = good && ok && len(r.fields) > 0
		}
	}
	check := func(n node) {
		walk(n, func(n node) {
			fn, arg := called(n)
			good = good && (fn == "" || wholeCall(fn, args(arg), defined))
			if name, ok := conditional(n); ok {
				good = good && defined("Conditions", name)
			}
			if o, ok := n.(*object); ok && o.get("Properties") != nil {
				c, has := o.get("Condition").(string)
				good = good && isText(o.get("Type")) && (!has || defined("Conditions", c))
			}
		})
	}
	for _, f := range t.section("Conditions").fields {
		o, ok := f.val.(*object)
		good = good && ok && len(o.fields) == 1
		check(f.val)
	}
	for _, f := range t.section("Resources").fields {
		o, ok := f.val.(*object)
		good = good && ok && o.get("Properties") != nil
		check(f.val)
	}
	return good
}

func isText(n node) bool {
	_, ok := n.(string)
	return ok
}

func wholeCall(fn string, a []node, defined func(section, name string) bool) bool {
	name := ""
	if len(a) > 0 {
		name, _ = a[0].(string)
	}
	switch fn {
	case "Ref":
		return len(name) > 5 && name[:5] == "AWS::" || defined("Parameters", name) || defined("Resources", name)
	case "Fn::GetAtt":
		return len(a) == 2 && isText(a[1]) && defined("Resources", name)
	case "Fn::ImportValue", "Fn::Sub":
		return name != ""
	case "Fn::If":
		return len(a) == 3 && defined("Conditions", name)
	case "Fn::FindInMap":
		return len(a) >= 3 && (!isText(a[0]) || defined("Mappings", name))
	case "Fn::Not":
		return len(a) == 1
	default:
		return len(a) == 2
	}
}
