package cloudformation

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry/internal/document"
)

// elsewhere writes a value where it is defined, if only this use depends on the
// definition and that can take the value.
func (x *editing) elsewhere(e *document.Editor, use *document.Node, v any) (note string, made bool) {
	text, ok := asText(v)
	if !ok {
		return "", false
	}
	name, arg := intrinsic(use)
	var def *document.Node
	var what string
	switch name {
	case "Ref":
		p := x.stack.parameters[arg.Value]
		if x.given[arg.Value] {
			return "mended at its use: the stack that nests this one gives the parameter " + safe(arg.Value), x.replace(e, use, v)
		}
		if p == nil {
			return x.atUse(e, use, v)
		}
		def, what = p.value, "the default of the parameter "+safe(p.name)
		if why := x.fixed(p, text); why != "" {
			return "mended at its use: " + why, x.replace(e, use, v)
		}
	case "Fn::FindInMap":
		if def = x.leaf(arg); def == nil {
			return x.atUse(e, use, v)
		}
		what = "the mapping " + safe(arg.Items[0].Value)
		if !x.uses().alone(arg) {
			return "mended at its use: something else may use " + what, x.replace(e, use, v)
		}
	default:
		return x.atUse(e, use, v)
	}
	if def == nil || !def.IsScalar() || !x.replace(e, def, defined(def, v, text)) {
		return "", false
	}
	return fmt.Sprintf("mended where it is defined: %s, line %d, which nothing else uses", what, x.stack.text.Position(def.Start).Line), true
}

// atUse replaces what a function gives where it is called.
func (x *editing) atUse(e *document.Editor, use *document.Node, v any) (note string, made bool) {
	what := called(use)
	if what == "" {
		return "", false
	}
	return "mended at its use: " + what + " stays as it is", x.replace(e, use, v)
}

// removed says that what defines a value stays where a use of it goes.
func removed(use *document.Node) string {
	if what := called(use); what != "" {
		return "removed at its use: " + what + " stays as it is"
	}
	return ""
}

// called is where the value of a call comes from, "" for what is none.
func called(use *document.Node) string {
	name, arg := intrinsic(use)
	switch name {
	case "":
		return ""
	case "Ref":
		return "the parameter " + safe(arg.Value)
	case "Fn::FindInMap":
		if len(arg.Items) > 0 && arg.Items[0].Kind == document.String && arg.Items[0].Tag == "" {
			return "the mapping " + safe(arg.Items[0].Value)
		}
	}
	return "what " + safe(strings.TrimPrefix(name, "Fn::")) + " takes its value from"
}

func (*editing) replace(e *document.Editor, n *document.Node, v any) bool {
	return e.Replace(n, v) == nil
}

// fixed says why a value cannot be the default of a parameter.
func (x *editing) fixed(p *parameter, text string) string {
	_, overridden := x.stack.prog.overrides[p.name]
	declared := x.stack.root.Get("Parameters").Get(p.name)
	switch {
	case overridden:
		return "--parameter gives " + safe(p.name) + " another value than its default"
	case p.value == nil:
		return "the parameter " + safe(p.name) + " has no default"
	case p.stored():
		return "the parameter " + safe(p.name) + " is kept in the Parameter Store"
	case x.uses().of(p.name) != 1:
		return "the parameter " + safe(p.name) + " is used elsewhere, too"
	case len(p.allowed) > 0 && !p.allows(text), !fits(declared, text):
		return "the parameter " + safe(p.name) + " does not allow the value"
	}
	return ""
}

// fits tells whether a parameter's declaration takes a value.
func fits(declared *document.Node, text string) bool {
	number := func(key string) (int, bool) {
		n, err := strconv.Atoi(scalarOf(declared.Get(key)))
		return n, err == nil
	}
	if typ := scalarOf(declared.Get("Type")); typ == "Number" {
		_, err := strconv.ParseFloat(text, 64)
		return err == nil
	} else if typ != "String" {
		return false
	}
	if least, ok := number("MinLength"); ok && utf8.RuneCountInString(text) < least {
		return false
	}
	if most, ok := number("MaxLength"); ok && utf8.RuneCountInString(text) > most {
		return false
	}
	pattern := scalarOf(declared.Get("AllowedPattern"))
	if pattern == "" {
		return true
	}
	form, err := regexp.Compile("^(?:" + pattern + ")$")
	return err == nil && form.MatchString(text)
}

func scalarOf(n *document.Node) string {
	if n == nil || !n.IsScalar() {
		return ""
	}
	return scalar(n)
}

// leaf is the value that a lookup with keys that are known gives, nil for others.
func (x *editing) leaf(arg *document.Node) *document.Node {
	if len(arg.Items) != 3 || arg.Items[0].Kind != document.String || arg.Items[0].Tag != "" {
		return nil
	}
	r := &run{prog: x.stack.prog}
	one, two := r.resolve(arg.Items[1], x.stack.scope), r.resolve(arg.Items[2], x.stack.scope)
	if !one.known() || !two.known() {
		return nil
	}
	return x.stack.mappings[arg.Items[0].Value].Get(one.s).Get(two.s)
}

// asText is a scalar as a parameter's value has it.
func asText(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	default:
		return "", false
	}
}

// defined is a value in the kind of the definition that it replaces: a default is
// often a string where the property is none.
func defined(def *document.Node, v any, text string) any {
	if def.Kind == document.Bool {
		return v
	}
	return text
}

// names counts how often a template uses its parameters and mappings.
type names struct {
	refs   map[string]int
	maps   map[string]int
	anyRef bool // a name is put together, and may be any
	anyMap bool

	// Of the lookups in mappings those that have constant keys, by mapping and by keys.
	fixed, leaves map[string]int
}

func newNames() *names {
	return &names{refs: map[string]int{}, maps: map[string]int{}, fixed: map[string]int{}, leaves: map[string]int{}}
}

// alone tells whether nothing but this lookup gives what it gives.
func (n *names) alone(arg *document.Node) bool {
	if n.anyMap {
		return false
	}
	name := arg.Items[0].Value
	path, ok := constant(arg)
	return n.maps[name] == 1 || ok && n.leaves[path] == 1 && n.fixed[name] == n.maps[name]
}

// constant is what a lookup finds, by its name and keys; ok is false where those
// are computed.
func constant(arg *document.Node) (path string, ok bool) {
	if len(arg.Items) < 3 {
		return "", false
	}
	var keys []string
	for _, key := range arg.Items[:3] {
		if !key.IsScalar() || key.Tag != "" || strings.Contains(key.Value, "{") { // a loop's variable
			return "", false
		}
		keys = append(keys, key.Value)
	}
	return strings.Join(keys, "\x00"), true
}

func (n *names) of(parameter string) int {
	if n.anyRef {
		return -1
	}
	return n.refs[parameter]
}

// uses are the names that the template uses; a transform may use any.
func (x *editing) uses() *names {
	if x.names == nil {
		x.names = newNames()
		x.names.anyRef, x.names.anyMap = x.stack.macro != "", x.stack.macro != ""
		x.names.count(x.stack.root)
	}
	return x.names
}

var substituted = regexp.MustCompile(`\$\{\s*([^}!]*?)\s*\}`)

func (n *names) count(at *document.Node) {
	name, arg := intrinsic(at)
	switch name {
	case "Ref", "Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll":
		id := arg.Value
		if arg.Kind == document.List && len(arg.Items) > 0 {
			id = arg.Items[0].Value
		}
		n.anyRef = n.anyRef || strings.Contains(id, "${") || strings.Contains(id, "&{")
		n.refs[id]++
	case "Fn::Sub":
		text, own := arg.Value, (*document.Node)(nil)
		if arg.Kind == document.List && len(arg.Items) > 0 {
			text = arg.Items[0].Value
		}
		if len(arg.Items) > 1 {
			own = arg.Items[1]
		}
		for _, m := range substituted.FindAllStringSubmatch(text, -1) {
			if id, _, _ := strings.Cut(m[1], "."); own.Get(id) == nil {
				n.refs[id]++
			}
		}
	case "Fn::FindInMap":
		if len(arg.Items) > 0 && arg.Items[0].Kind == document.String && arg.Items[0].Tag == "" && !strings.Contains(arg.Items[0].Value, "${") {
			n.maps[arg.Items[0].Value]++
			if path, ok := constant(arg); ok {
				n.fixed[arg.Items[0].Value]++
				n.leaves[path]++
			}
		} else {
			n.anyMap = true
		}
	case "Fn::Transform":
		n.anyRef, n.anyMap = true, true
	}
	for _, f := range at.Fields {
		n.count(f.Value)
	}
	for _, item := range at.Items {
		n.count(item)
	}
}
