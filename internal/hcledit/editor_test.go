package hcledit_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/ecsentry/ecsentry/internal/hcledit"
)

// A step names what to edit by the text of the node: an object, a list, a body
// (of the block whose header has the text) or an expression.
type nodes struct {
	t    *testing.T
	data string
	body *hclsyntax.Body
}

func parse(t *testing.T, data string) nodes {
	t.Helper()
	f, diags := hclsyntax.ParseConfig([]byte(data), "x.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%v in:\n%s", diags, data)
	}
	return nodes{t, data, f.Body.(*hclsyntax.Body)}
}

// expr is the first expression whose text starts with a prefix.
func (n nodes) expr(prefix string) hclsyntax.Expression {
	n.t.Helper()
	var found hclsyntax.Expression
	_ = hclsyntax.VisitAll(n.body, func(x hclsyntax.Node) hcl.Diagnostics {
		if e, ok := x.(hclsyntax.Expression); ok && strings.HasPrefix(n.data[e.Range().Start.Byte:], prefix) {
			if found == nil || e.Range().Start.Byte < found.Range().Start.Byte {
				found = e
			}
		}
		return nil
	})
	if found == nil {
		n.t.Fatalf("no expression %q", prefix)
	}
	return found
}

func (n nodes) object(prefix string) *hclsyntax.ObjectConsExpr {
	return n.expr(prefix).(*hclsyntax.ObjectConsExpr)
}

func (n nodes) tuple(prefix string) *hclsyntax.TupleConsExpr {
	return n.expr(prefix).(*hclsyntax.TupleConsExpr)
}

func (n nodes) block(name string) *hclsyntax.Body {
	n.t.Helper()
	var found *hclsyntax.Body
	_ = hclsyntax.VisitAll(n.body, func(x hclsyntax.Node) hcl.Diagnostics {
		if b, ok := x.(*hclsyntax.Block); ok && b.Type == name && found == nil {
			found = b.Body
		}
		return nil
	})
	if found == nil {
		n.t.Fatalf("no block %q", name)
	}
	return found
}

func (n nodes) after(text string) int {
	n.t.Helper()
	i := strings.Index(n.data, text)
	if i < 0 {
		n.t.Fatalf("no %q", text)
	}
	return i
}

func TestEdits(t *testing.T) {
	readonly := func(prefix string) func(nodes, *hcledit.Editor) error {
		return func(n nodes, e *hcledit.Editor) error { return e.Set(n.object(prefix), "readonly", true) }
	}
	remove := func(in, what string) func(nodes, *hcledit.Editor) error {
		return func(n nodes, e *hcledit.Editor) error {
			e.Remove(n.expr(in).(hclsyntax.Node), n.after(what))
			return nil
		}
	}
	removeArgument := func(block, what string) func(nodes, *hcledit.Editor) error {
		return func(n nodes, e *hcledit.Editor) error {
			e.Remove(n.block(block), n.after(what))
			return nil
		}
	}
	secret := hcledit.Object{{"name", "K"}, {"valueFrom", "arn"}}
	secrets := func(prefix string) func(nodes, *hcledit.Editor) error {
		return func(n nodes, e *hcledit.Editor) error {
			e.Append(n.tuple(prefix), secret)
			e.Append(n.tuple(prefix), secret)
			return nil
		}
	}
	setting := func(block string) func(nodes, *hcledit.Editor) error {
		return func(n nodes, e *hcledit.Editor) error {
			e.AddBlock(n.block(block), "setting", hcledit.Object{{"name", "containerInsights"}, {"value", "enabled"}})
			return nil
		}
	}
	argument := func(block string) func(nodes, *hcledit.Editor) error {
		return func(n nodes, e *hcledit.Editor) error {
			return e.SetArgument(n.block(block), "assign_public_ip", false)
		}
	}
	logs := hcledit.Object{{"logDriver", "awslogs"}, {"options", hcledit.Object{{"awslogs-group", "g"}, {"awslogs-region", "r"}}}}
	logConfiguration := func(prefix string) func(nodes, *hcledit.Editor) error {
		return func(n nodes, e *hcledit.Editor) error { return e.Set(n.object(prefix), "logConfiguration", logs) }
	}
	for _, tt := range []struct {
		name         string
		before, want string
		edit         func(nodes, *hcledit.Editor) error
	}{
		{"a literal", "a = true # why\n", "a = false # why\n", func(n nodes, e *hcledit.Editor) error { return e.Replace(n.expr("true"), false) }},
		{"a literal behind a byte order mark", "\ufeffa = true\r\n", "\ufeffa = false\r\n", func(n nodes, e *hcledit.Editor) error { return e.Replace(n.expr("true"), false) }},
		{"a string that looks like a template", "a = \"1\"\n", "a = \"$${x} \\\"%%{\\\\\"\n", func(n nodes, e *hcledit.Editor) error { return e.Replace(n.expr("\"1"), `${x} "%{\`) }},

		{"an object on one line", "a = { b = 1 }\n", "a = { b = 1, readonly = true }\n", readonly("{ b")},
		{"an object on one line with a trailing comma", "a = { b = 1, }\n", "a = { b = 1, readonly = true, }\n", readonly("{ b")},
		{"an object on one line with colons", "a = {b: 1, \"c\": 2}\n", "a = {b: 1, \"c\": 2, \"readonly\": true}\n", readonly("{b")},
		{"an object on one line without blanks", "a = {b=1}\n", "a = {b=1, readonly=true}\n", readonly("{b")},
		{"an empty object", "a = {}\n", "a = { readonly = true }\n", readonly("{}")},
		{"an empty object on two lines", "a = {\n}\n", "a = {\n  readonly = true\n}\n", readonly("{\n")},
		{"an empty object with a comment", "a = {\n  # nothing yet\n}\n", "a = {\n  readonly = true\n  # nothing yet\n}\n", readonly("{\n")},
		{"lines", "a = {\n  b = 1\n}\n", "a = {\n  b = 1\n  readonly = true\n}\n", readonly("{\n")},
		{"lines that are aligned", "a = {\n  b            = 1\n  longer_still = 2\n}\n", "a = {\n  b            = 1\n  longer_still = 2\n  readonly     = true\n}\n", readonly("{\n")},
		{"lines that are not aligned", "a = {\n  b = 1\n  longer_still = 2\n}\n", "a = {\n  b = 1\n  longer_still = 2\n  readonly = true\n}\n", readonly("{\n")},
		{"lines with commas", "a = {\n  b = 1,\n  c = 2\n}\n", "a = {\n  b = 1,\n  c = 2,\n  readonly = true\n}\n", readonly("{\n")},
		{"lines with a comma behind the last", "a = {\n  b = 1,\n  c = 2,\n}\n", "a = {\n  b = 1,\n  c = 2,\n  readonly = true,\n}\n", readonly("{\n")},
		{"a comment behind the last line", "a = {\n  b = 1 # one\n}\n", "a = {\n  b = 1 # one\n  readonly = true\n}\n", readonly("{\n")},
		{"a comment behind the last line, and commas", "a = {\n  b = 1, // one\n  c = 2 // two\n}\n", "a = {\n  b = 1, // one\n  c = 2, // two\n  readonly = true\n}\n", readonly("{\n")},
		{"a comment after the last line", "a = {\n  b = 1\n  # end\n}\n", "a = {\n  b = 1\n  readonly = true\n  # end\n}\n", readonly("{\n")},
		{"a closing brace on the last line", "a = { b = 1\n  c = 2 }\n", "a = { b = 1\n  c = 2\n  readonly = true }\n", readonly("{ b")},
		{"tabs and CRLF", "a = {\r\n\tb = 1\r\n}\r\n", "a = {\r\n\tb = 1\r\n\treadonly = true\r\n}\r\n", readonly("{\r")},
		{"a heredoc at the end", "a = {\n  b = 1,\n  c = <<E\nx\nE\n}\n", "a = {\n  b = 1,\n  c = <<E\nx\nE\n  readonly = true\n}\n", readonly("{\n")},

		{"an object in lines", "a = {\n  name  = \"x\"\n  image = \"y\"\n}\n",
			"a = {\n  name  = \"x\"\n  image = \"y\"\n  logConfiguration = {\n    logDriver = \"awslogs\"\n    options = {\n      awslogs-group  = \"g\"\n      awslogs-region = \"r\"\n    }\n  }\n}\n",
			logConfiguration("{\n")},
		{"an object in lines, with quoted keys and commas", "a = {\n    \"name\" : \"x\",\n    \"image\" : \"y\"\n}\n",
			"a = {\n    \"name\" : \"x\",\n    \"image\" : \"y\",\n    \"logConfiguration\" : {\n        \"logDriver\" : \"awslogs\",\n        \"options\" : {\n            \"awslogs-group\" : \"g\",\n            \"awslogs-region\" : \"r\"\n        }\n    }\n}\n",
			logConfiguration("{\n")},
		{"an object behind a comment that ends in no ASCII", "a = {\n  b = 1 # é\n}\n", "a = {\n  b = 1 # é\n  logConfiguration = {\n    logDriver = \"awslogs\"\n    options = {\n      awslogs-group  = \"g\"\n      awslogs-region = \"r\"\n    }\n  }\n}\n", logConfiguration("{\n")},
		{"an object on a line", "a = { b = 1 }\n", "a = { b = 1, logConfiguration = { logDriver = \"awslogs\", options = { awslogs-group = \"g\", awslogs-region = \"r\" } } }\n", logConfiguration("{ b")},

		{"an element on a line", "a = [{ b = 1 }]\n", "a = [{ b = 1 }, { name = \"K\", valueFrom = \"arn\" }]\n", secrets("[{")},
		{"an element of nothing", "a = []\n", "a = [{ name = \"K\", valueFrom = \"arn\" }]\n", secrets("[]")},
		{"an element a line", "a = [\n  { b = 1 }\n]\n", "a = [\n  { b = 1 },\n  { name = \"K\", valueFrom = \"arn\" }\n]\n", secrets("[\n")},
		{"an element a line, with a comma", "a = [\n  { b = 1 }, # c\n]\n", "a = [\n  { b = 1 }, # c\n  { name = \"K\", valueFrom = \"arn\" },\n]\n", secrets("[\n")},
		{"an element of several lines", "a = [\n  {\n    b = 1\n  },\n]\n", "a = [\n  {\n    b = 1\n  },\n  {\n    name      = \"K\"\n    valueFrom = \"arn\"\n  },\n]\n", secrets("[\n")},
		{"an element of several lines, hugged", "a = [{\n  b = 1\n}]\n", "a = [{\n  b = 1\n}, {\n  name      = \"K\"\n  valueFrom = \"arn\"\n}]\n", secrets("[{")},

		{"remove a line", "a = {\n  b = 1\n  c = 2 # two\n  d = 3\n}\n", "a = {\n  b = 1\n  d = 3\n}\n", remove("{\n", "c =")},
		{"remove a line, its comment above stays", "a = {\n  b = 1\n  # about c\n  c = 2,\n}\n", "a = {\n  b = 1\n  # about c\n}\n", remove("{\n", "c =")},
		{"remove a value of several lines", "a = {\n  b = 1\n  c = [\n    2\n  ] // two\n}\n", "a = {\n  b = 1\n}\n", remove("{\n", "c =")},
		{"remove all of a list", "a = [\n  { b = 1 } # one\n]\n", "a = []\n", remove("[\n", "{ b")},
		{"remove the first on a line", "a = { b = 1, c = 2 }\n", "a = { c = 2 }\n", remove("{ b", "b =")},
		{"remove the last on a line", "a = { b = 1, c = 2 }\n", "a = { b = 1 }\n", remove("{ b", "c =")},
		{"remove the last on a line, with a comma", "a = { b = 1, c = 2, }\n", "a = { b = 1, }\n", remove("{ b", "c =")},
		{"remove all on a line", "a = { b = 1 }\n", "a = {}\n", remove("{ b", "b =")},
		{"remove an element, hugged", "a = [{\n  b = 1\n}, {\n  c = 2\n}]\n", "a = [{\n  c = 2\n}]\n", remove("[{", "{\n  b")},
		{"remove the last element, hugged", "a = [{\n  b = 1\n}, {\n  c = 2\n}]\n", "a = [{\n  b = 1\n}]\n", remove("[{", "{\n  c")},

		{"remove and set on a line", "a = { b = 1, c = 2 }\n", "a = { b = 1, readonly = true }\n", func(n nodes, e *hcledit.Editor) error {
			e.Remove(n.expr("{ b"), n.after("c ="))
			return e.Set(n.object("{ b"), "readonly", true)
		}},
		{"remove and set in lines", "a = {\n  b = 1\n  c = 2\n}\n", "a = {\n  b = 1\n  readonly = true\n}\n", func(n nodes, e *hcledit.Editor) error {
			e.Remove(n.expr("{\n"), n.after("c ="))
			return e.Set(n.object("{\n"), "readonly", true)
		}},
		{"set in place of all", "a = {\n  b = 1 # one\n}\n", "a = {\n  readonly = true # one\n}\n", func(n nodes, e *hcledit.Editor) error {
			e.Remove(n.expr("{\n"), n.after("b ="))
			return e.Set(n.object("{\n"), "readonly", true)
		}},
		{"remove two on a line", "a = { b = 1, c = 2, d = 3 }\n", "a = { b = 1 }\n", func(n nodes, e *hcledit.Editor) error {
			e.Remove(n.expr("{ b"), n.after("c ="))
			e.Remove(n.expr("{ b"), n.after("d ="))
			return nil
		}},

		{"remove an argument", "r {\n  a = 1\n  b = 2 # two\n  c = 3\n}\n", "r {\n  a = 1\n  c = 3\n}\n", removeArgument("r", "b =")},
		{"remove the argument of a line", "r { a = 1 }\n", "r {}\n", removeArgument("r", "a =")},
		{"an argument", "r {\n  subnets         = 1\n  security_groups = 2\n}\n", "r {\n  subnets         = 1\n  security_groups = 2\n  assign_public_ip = false\n}\n", argument("r")},
		{"an argument, shorter than its neighbours", "r {\n  subnets                  = 1\n  security_groups_for_them = 2\n\n  x {\n  }\n}\n",
			"r {\n  subnets                  = 1\n  security_groups_for_them = 2\n  assign_public_ip         = false\n\n  x {\n  }\n}\n", argument("r")},
		{"an argument of a line", "r { subnets = 1 }\n", "r {\n  subnets = 1\n  assign_public_ip = false\n}\n", argument("r")},
		{"an argument of nothing", "r {}\n", "r { assign_public_ip = false }\n", argument("r")},
		{"a block", "r \"x\" {\n  name = \"x\"\n}\n", "r \"x\" {\n  name = \"x\"\n\n  setting {\n    name  = \"containerInsights\"\n    value = \"enabled\"\n  }\n}\n", setting("r")},
		{"a block behind another", "r \"x\" {\n  name = \"x\"\n\n  setting {\n    name = \"a\"\n    value = \"b\"\n  }\n\n  lifecycle {\n  }\n}\n",
			"r \"x\" {\n  name = \"x\"\n\n  setting {\n    name = \"a\"\n    value = \"b\"\n  }\n\n  setting {\n    name = \"containerInsights\"\n    value = \"enabled\"\n  }\n\n  lifecycle {\n  }\n}\n", setting("r")},
		{"a block before what is about the resource", "r \"x\" {\n  name = \"x\" # n\n\n  depends_on = [y]\n}\n",
			"r \"x\" {\n  name = \"x\" # n\n\n  setting {\n    name  = \"containerInsights\"\n    value = \"enabled\"\n  }\n\n  depends_on = [y]\n}\n", setting("r")},
		{"a block in an empty one", "r \"x\" {}\n", "r \"x\" {\n  setting {\n    name  = \"containerInsights\"\n    value = \"enabled\"\n  }\n}\n", setting("r")},
		{"a block in an empty one of two lines", "r \"x\" {\n}\n", "r \"x\" {\n  setting {\n    name  = \"containerInsights\"\n    value = \"enabled\"\n  }\n}\n", setting("r")},
		{"a block in a line", "r \"x\" { name = \"x\" }\n", "r \"x\" {\n  name = \"x\"\n\n  setting {\n    name  = \"containerInsights\"\n    value = \"enabled\"\n  }\n}\n", setting("r")},
		{"a block with four blanks", "r \"x\" {\r\n    name = \"x\"\r\n}\r\n", "r \"x\" {\r\n    name = \"x\"\r\n\r\n    setting {\r\n        name  = \"containerInsights\"\r\n        value = \"enabled\"\r\n    }\r\n}\r\n", setting("r")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := parse(t, tt.before)
			f := hcledit.NewFile([]byte(tt.before), n.body)
			e := hcledit.NewEditor(f)
			if err := tt.edit(n, e); err != nil {
				t.Fatal(err)
			}
			splices, err := e.Splices()
			if err != nil {
				t.Fatal(err)
			}
			got, at := "", 0
			for _, s := range splices {
				if !utf8.ValidString(s.New) {
					t.Errorf("%q is part of a character", s.New)
				}
				got += tt.before[at:s.Start] + s.New
				at = s.End
			}
			got += tt.before[at:]
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			parse(t, got)
		})
	}
}
