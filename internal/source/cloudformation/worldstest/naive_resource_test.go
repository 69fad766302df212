package worldstest

import "strings"

// The types of resources.
const (
	typeTask    = "AWS::ECS::TaskDefinition"
	typeService = "AWS::ECS::Service"
	typeCluster = "AWS::ECS::Cluster"
	typeDefault = "AWS::ECS::ClusterCapacityProviderAssociations"
	typeOther   = "AWS::EC2::SecurityGroup"
)

// controls lists the controls of a type of resource.
func controls(typ node) []string {
	switch typ {
	case typeTask:
		return []string{"ECS.1", "ECS.3", "ECS.4", "ECS.5", "ECS.8", "ECS.9"}
	case typeService:
		return []string{"ECS.2", "ECS.10"}
	case typeCluster:
		return []string{"ECS.12"}
	}
	return nil
}

func (d *deployment) control(id string) func(map[string]any) string {
	switch id {
	case "ECS.1":
		return d.ecs1
	case "ECS.2":
		return d.ecs2
	case "ECS.3":
		return d.ecs3
	case "ECS.4":
		return d.ecs4
	case "ECS.5":
		return d.ecs5
	case "ECS.8":
		return d.ecs8
	case "ECS.9":
		return d.ecs9
	case "ECS.10":
		return d.ecs10
	}
	return d.ecs12
}

// fixed is the value of a parameter or pseudo parameter that is not open.
func (t *template) fixed(name string) (any, bool) {
	p := t.section("Parameters").sub(name)
	v, said := t.overrides[name]
	if !said {
		typ, _ := p.get("Type").(string)
		d := p.get("Default")
		if d == nil || strings.HasPrefix(typ, "AWS::SSM::") {
			return nil, false
		}
		v = literal(d)
	}
	if isListType(p) {
		var out []string
		for _, s := range strings.Split(v, ",") {
			out = append(out, strings.TrimSpace(s))
		}
		return out, true
	}
	return v, true
}

func isListType(p *object) bool {
	typ, _ := p.get("Type").(string)
	return typ == "CommaDelimitedList"
}

func literal(n node) string {
	s, _ := (&deployment{}).text(n)
	return s
}

// created says whether a resource is created; not ok if nobody can deploy it.
func (d *deployment) created(id string) (yes, ok bool) {
	name, _ := d.t.section("Resources").sub(id).get("Condition").(string)
	if name == "" {
		return true, true
	}
	return d.condition(name)
}

func (d *deployment) properties(id string) map[string]any {
	m, _ := d.eval(d.t.section("Resources").sub(id).sub("Properties")).(map[string]any)
	return m
}

// target is the resource that a property refers to. It is not ok where the
// template has no such resource (id is "") or does not create it.
func (d *deployment) target(v any, typ string) (id string, ok bool) {
	l, is := v.(link)
	if !is || d.t.section("Resources").sub(l.id).get("Type") != typ {
		return "", false
	}
	yes, decided := d.created(l.id)
	if !decided {
		panic(undeployable{})
	}
	return l.id, yes
}

// defaultStrategy is a cluster's default capacity provider strategy.
func (d *deployment) defaultStrategy(cluster string) []any {
	for _, f := range d.t.section("Resources").fields {
		if f.val.(*object).get("Type") != typeDefault {
			continue
		}
		yes, ok := d.created(f.key)
		if !ok {
			panic(undeployable{})
		}
		if !yes {
			continue
		}
		p := d.properties(f.key)
		if get(p, "Cluster") == (link{cluster}) {
			return items(get(p, "DefaultCapacityProviderStrategy"))
		}
	}
	return items(get(d.properties(cluster), "DefaultCapacityProviderStrategy"))
}

// A ruling is what one assignment means for one resource.
type ruling struct {
	created bool
	strict  bool              // the whole resource can be deployed
	whole   bool              // no lookup fails whatever is said of the parameters
	verdict map[string]string // by control, of those whose values can be deployed
}

// rule judges a resource under one assignment.
func (t *template) rule(id string, a assignment) ruling {
	d := &deployment{t: t, assign: a}
	r := ruling{verdict: map[string]string{}}
	yes, ok := d.created(id)
	if ok && yes {
		r.created = true
		p := d.properties(id)
		for _, c := range controls(t.section("Resources").sub(id).get("Type")) {
			if v := d.judge(c, p); v != "" {
				r.verdict[c] = v
			}
		}
		d.evalRelated(id, p)
	}
	r.strict = !d.invalid
	r.whole = !d.broken
	return r
}

// evalRelated evaluates in full what is read for a resource besides itself, to
// learn whether it can be deployed.
func (d *deployment) evalRelated(id string, p map[string]any) {
	defer func() {
		if e := recover(); e != nil {
			if _, dead := e.(undeployable); !dead {
				panic(e)
			}
			d.invalid = true
		}
	}()
	if d.t.section("Resources").sub(id).get("Type") == typeCluster {
		d.defaultStrategy(id)
	}
	if id, ok := d.target(p["TaskDefinition"], typeTask); ok {
		d.properties(id)
	}
	if id, ok := d.target(p["Cluster"], typeCluster); ok {
		d.defaultStrategy(id)
		d.properties(id)
	}
}

// judge is "" where the control reads what cannot be deployed.
func (d *deployment) judge(control string, p map[string]any) (out string) {
	defer func() {
		if e := recover(); e != nil {
			if _, dead := e.(undeployable); !dead {
				panic(e)
			}
			out = ""
		}
	}()
	return d.control(control)(p)
}
