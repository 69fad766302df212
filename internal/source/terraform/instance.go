package terraform

import (
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/ecsentry/ecsentry/value"
)

// An instance is a module as it is called: the root, or one of the instances that
// count and for_each make.
type instance struct {
	run     *run
	config  *config
	address string // "module.app[0]", "" for the root
	key     string // "app.sidecar": the names on the way, as modules.json has them
	call    *declared
	caller  scope // where the call's arguments are evaluated
	depth   int
	caveat  string       // what holds for all its resources
	at      *value.Place // the root module's call; nil in the root

	variables, locals map[string]*memo
	results           *memo
	callees           map[string][]callee
	made              map[*declared][]*hclResource
	expansions        map[*declared]*expansion
	sizes             map[*hclsyntax.ScopeTraversalExpr]estimate // of references to variables and locals
}

// A memo is a value that is evaluated once.
type memo struct {
	v    cty.Value
	done bool // else it is being evaluated
}

// remember evaluates once; what refers to itself is unknown.
func remember(in map[string]*memo, name, what string, evaluate func() cty.Value) cty.Value {
	if m := in[name]; m != nil {
		if !m.done {
			return unresolved(what + " refers to itself")
		}
		return m.v
	}
	m := &memo{}
	in[name] = m
	m.v = safely(evaluate)
	m.done = true
	return m.v
}

// safely evaluates with libraries that may panic; what they say may show the
// input.
func safely(evaluate func() cty.Value) (out cty.Value) {
	defer func() {
		if recover() != nil {
			out = unresolved("it cannot be evaluated")
		}
	}()
	return evaluate()
}

func (i *instance) scope() scope { return scope{instance: i} }

// variable is the value of a variable, as its type and default have it.
func (i *instance) variable(name string) cty.Value {
	return remember(i.variables, name, "variable "+safe(name), func() cty.Value {
		d := i.config.variables[name]
		if d == nil {
			return unresolved("variable " + safe(name) + " is not declared")
		}
		v := i.typed(d)
		if d.flag("sensitive") {
			v = v.Mark(hidden{})
		}
		return v
	})
}

func (i *instance) typed(d *declared) cty.Value {
	t, defaults := cty.DynamicPseudoType, (*typeexpr.Defaults)(nil)
	if e := d.attribute("type"); e != nil {
		var problem bool
		if t, defaults, problem = typeOf(e); problem {
			return unresolved("the type of variable " + safe(d.name) + " cannot be read")
		}
	}
	v, ok := i.given(d, t)
	if !ok || nullValue(v) && !i.nullable(d) {
		e := d.attribute("default")
		if e == nil {
			return unknown(t.WithoutOptionalAttributesDeep(), "variable "+safe(d.name)+" has no value", i.giveIt(d.name))
		}
		v = i.scope().value(e)
	}
	unmarked, marks := v.UnmarkDeep()
	if defaults != nil && unmarked.IsKnown() && !unmarked.IsNull() {
		v = defaults.Apply(v)
	}
	out, err := convert.Convert(v, t)
	if err != nil {
		return cty.DynamicVal.WithMarks(marks).Mark(doubt{"variable " + safe(d.name) + " has a value of another type than it declares", ""})
	}
	return out
}

func nullValue(v cty.Value) bool {
	v, _ = v.Unmark()
	return v.IsNull()
}

func typeOf(e *expression) (t cty.Type, d *typeexpr.Defaults, problem bool) {
	switch keyword(e) { // the short forms, which old versions wrote in quotes
	case "any":
		return cty.DynamicPseudoType, nil, false
	case "list":
		return cty.List(cty.DynamicPseudoType), nil, false
	case "map":
		return cty.Map(cty.DynamicPseudoType), nil, false
	case "string":
		return cty.String, nil, false
	}
	t, d, diags := typeexpr.TypeConstraintWithDefaults(e.Expression)
	return t, d, diags.HasErrors()
}

// given is what the caller gives a variable.
func (i *instance) given(d *declared, t cty.Type) (cty.Value, bool) {
	if i.call == nil {
		v, ok := i.run.given[d.name]
		if !ok {
			return cty.NilVal, false
		}
		return v.of(t, d.attribute("type") != nil), true
	}
	e := i.call.attribute(d.name)
	if e == nil {
		return cty.NilVal, false
	}
	return i.caller.value(e), true
}

func (i *instance) giveIt(name string) string {
	if i.call == nil {
		return "--var " + safe(name) + "=VALUE, or " + scanThePlan
	}
	return scanThePlan
}

func (i *instance) nullable(d *declared) bool {
	return d.attribute("nullable") == nil || d.flag("nullable")
}

// local is the value of a local.
func (i *instance) local(name string) cty.Value {
	return remember(i.locals, name, "local."+safe(name), func() cty.Value {
		e := i.config.locals[name]
		if e == nil {
			return unresolved("local." + safe(name) + " is not declared")
		}
		return i.scope().value(e)
	})
}

// outputs are those of a module that this one calls.
func (i *instance) outputs(name string) cty.Value {
	d := i.config.callNamed[name]
	if d == nil {
		return unresolved("module." + safe(name) + " is not declared")
	}
	called := i.called(d)
	if len(called) == 0 {
		if e := i.expand(d); e.caveat == "" && len(e.all) == 0 {
			return cty.EmptyTupleVal
		}
		return unknown(cty.DynamicPseudoType, "module."+safe(name)+" is not here", "terraform init")
	}
	if called[0].index == "" {
		if called[0].unsure {
			return unresolved("how many there are of module." + safe(name) + " is not known here")
		}
		return called[0].result()
	}
	if d.attribute("count") != nil {
		var all []cty.Value
		for _, c := range called {
			all = append(all, c.result())
		}
		return cty.TupleVal(all)
	}
	all := map[string]cty.Value{}
	for _, c := range called {
		all[c.each] = c.result()
	}
	return cty.ObjectVal(all)
}

// result is an object of the outputs.
func (i *instance) result() cty.Value {
	if m := i.results; m != nil {
		if !m.done {
			return unresolved("an output refers to itself")
		}
		return m.v
	}
	i.results = &memo{}
	all := map[string]cty.Value{}
	for name, e := range i.config.outputs {
		v := i.scope().value(e)
		if i.config.secret[name] {
			v = v.Mark(hidden{})
		}
		all[name] = v
	}
	i.results.v, i.results.done = cty.ObjectVal(all), true
	return i.results.v
}
