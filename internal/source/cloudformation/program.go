package cloudformation

import (
	"slices"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
)

// maxDepth bounds how deep expressions, conditions and stacks nest.
const maxDepth = 64

// A program is a template with the local nested stacks below it and what the
// user said of its parameters.
type program struct {
	overrides map[string]string
	terms     *terms
	stacks    []*stack
}

// A stack is one template of a program.
type stack struct {
	prog                   *program
	path                   string // "" for the root, "Parent/" for a nested stack
	text                   text
	root                   *document.Node
	scope                  *scope
	parent                 *resource // the AWS::CloudFormation::Stack that makes it
	parameters             map[string]*parameter
	mappings               map[string]*document.Node
	conditions             map[string]expression
	inOrder                []string        // names of the conditions, as they are written
	rings                  map[string]bool // conditions that depend on themselves
	outputs                *document.Node
	resources              []*resource
	byID                   map[string]*resource
	clusters, associations []*resource
	taskDefinitions        []*resource
	nested                 map[*resource]*stack // by the resource that makes it
	macro                  string               // a transform that may change anything
	unread                 []string             // what of it could not be read
	opaque                 []string             // what of it nobody can read here
	complete               bool                 // its sections were read
}

// An expression is a node with the scope that its names are looked up in.
type expression struct {
	node  *document.Node
	scope *scope
}

// A scope is a stack, within Fn::ForEach with its variables.
type scope struct {
	stack *stack
	vars  map[string]string
}

// A parameter is declared by a template.
type parameter struct {
	name    string
	typ     string
	value   *document.Node // the default
	allowed []string
	secret  bool        // NoEcho
	given   *expression // by the stack that nests this one
}

// A resource is an entry of Resources.
type resource struct {
	id        string
	typ       string
	key       *document.Node // where its logical ID is written
	node      *document.Node
	scope     *scope
	uncounted bool // one of a Fn::ForEach over a list that nobody knows
}

func (r *resource) stack() *stack { return r.scope.stack }

func (r *resource) property(name string) *document.Node {
	return r.node.Get("Properties").Get(name)
}

// newStack reads the sections of a template.
func (p *program) newStack(file *document.File, root *document.Node, path string, parent *resource) *stack {
	s := &stack{
		prog: p, path: path, text: text{file, &origin{overrides: p.overrides, given: map[string]bool{}}}, root: root, parent: parent,
		parameters: map[string]*parameter{}, mappings: map[string]*document.Node{},
		conditions: map[string]expression{}, byID: map[string]*resource{}, nested: map[*resource]*stack{},
		outputs: root.Get("Outputs"), macro: macroOf(root.Get("Transform")),
	}
	if t := root.Get("Fn::Transform"); t != nil && s.macro == "" {
		s.macro = macroOf(t)
	}
	if s.macro != "" {
		s.opaque = append(s.opaque, "the transform "+safe(s.macro)+" may add resources that are not in the template")
	}
	s.scope = &scope{stack: s}
	p.stacks = append(p.stacks, s)
	for _, f := range fields(root.Get("Parameters")) {
		s.parameters[f.Key.Value] = newParameter(f.Key.Value, f.Value)
	}
	for _, f := range fields(root.Get("Mappings")) {
		s.mappings[f.Key.Value] = f.Value
	}
	return s
}

// read reads conditions and resources, which may be made by Fn::ForEach and so
// need the parameters of the stack.
func (s *stack) read() {
	r := &run{prog: s.prog}
	r.each(root(s, "Conditions"), func(e entry) {
		if _, again := s.conditions[e.key]; !again {
			s.inOrder = append(s.inOrder, e.key)
		}
		s.conditions[e.key] = expression{e.value, e.scope}
	})
	defer func() { s.complete = true }()
	s.rings = rings(s)
	r.each(root(s, "Resources"), func(e entry) {
		if e.value.Kind != document.Map {
			return
		}
		typ := e.value.Get("Type")
		if typ == nil {
			s.untyped(e)
			return
		}
		res := &resource{id: s.path + e.key, typ: typ.Value, key: e.at, node: e.value, scope: e.scope, uncounted: e.uncounted}
		s.resources = append(s.resources, res)
		s.byID[e.key] = res
		if res.typ == typeCDKMetadata || res.metadata(metadataConstruct) != "" {
			s.text.origin.synthesised = true
		}
		switch res.typ {
		case typeCluster:
			s.clusters = append(s.clusters, res)
		case typeTaskDefinition:
			s.taskDefinitions = append(s.taskDefinitions, res)
		case typeAssociations:
			s.associations = append(s.associations, res)
		}
	})
}

// untyped notes an entry of Resources without a Type that may be ours.
func (s *stack) untyped(e entry) {
	for _, f := range e.value.Fields {
		switch {
		case f.Key.Value == "Fn::Transform":
			s.opaque = append(s.opaque, "resource "+safe(e.key)+" is made by Fn::Transform")
		case strings.EqualFold(f.Key.Value, "Type") && strings.HasPrefix(f.Value.Value, "AWS::ECS::"):
			s.lacks("resource " + safe(e.key) + ", whose type is written " + safe(f.Key.Value) + ": CloudFormation knows only Type")
		}
	}
}

func root(s *stack, section string) expression {
	return expression{s.root.Get(section), s.scope}
}

func newParameter(name string, n *document.Node) *parameter {
	p := &parameter{name: name, value: n.Get("Default")}
	if t := n.Get("Type"); t != nil {
		p.typ = t.Value
	}
	if e := n.Get("NoEcho"); e != nil {
		p.secret = scalar(e) == "true"
	}
	if a := n.Get("AllowedValues"); a != nil {
		for _, item := range a.Items {
			p.allowed = append(p.allowed, scalar(item))
		}
	}
	return p
}

// list says whether the parameter is a list of strings.
func (p *parameter) list() bool {
	return p.typ == "CommaDelimitedList" || strings.HasPrefix(p.typ, "List<") || strings.Contains(p.typ, "<List<")
}

// allows says whether AllowedValues has a value; of a list, each of its elements.
func (p *parameter) allows(s string) bool {
	if !p.list() {
		return slices.Contains(p.allowed, s)
	}
	for item := range strings.SplitSeq(s, ",") {
		if !slices.Contains(p.allowed, strings.TrimSpace(item)) {
			return false
		}
	}
	return true
}

// stored says whether the value is kept in the Parameter Store, where no default
// tells it.
func (p *parameter) stored() bool { return strings.HasPrefix(p.typ, "AWS::SSM::") }

// harmless are transforms that leave the properties of ECS resources as they are
// written, or that this package carries out itself.
var harmless = []string{ //nolint:gochecknoglobals // never written
	"AWS::LanguageExtensions", "AWS::Serverless-2016-10-31", "AWS::CodeDeployBlueGreen",
	"AWS::SecretsManager-2020-07-23", "AWS::SecretsManager-2024-09-16", "AWS::ServiceCatalog",
}

// macroOf names the first transform of a template that may change anything.
func macroOf(n *document.Node) string {
	switch {
	case n == nil:
		return ""
	case n.Kind == document.List:
		for _, item := range n.Items {
			if m := macroOf(item); m != "" {
				return m
			}
		}
		return ""
	case n.Kind == document.Map:
		name := n.Get("Name")
		if name == nil {
			return "a macro"
		}
		return macroOf(name)
	case slices.Contains(harmless, n.Value):
		return ""
	default:
		return n.Value
	}
}

func fields(n *document.Node) []document.Field {
	if n == nil {
		return nil
	}
	return n.Fields
}
