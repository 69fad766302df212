package fix_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/ecsentry/ecsentry/test/program"
)

// Random inputs in each style are mended as the generator knows that they should
// be, and nothing else in them changes. For a long run:
//
//	go test ./test/fix -run TestRandom -rapid.checks 5000
func TestRandom(t *testing.T) {
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue { // 200 in all
		if err := f.Value.Set("40"); err != nil {
			t.Fatal(err)
		}
	}
	for _, style := range []struct {
		name           string
		template, json bool
		braces         [2]int // of ten collections
	}{
		{"template in block style", true, false, [2]int{0, 1}},
		{"template in flow style", true, false, [2]int{3, 10}},
		{"template in JSON", true, true, [2]int{10, 10}},
		{"ECS API in YAML", false, false, [2]int{0, 10}},
		{"ECS API in JSON", false, true, [2]int{10, 10}},
	} {
		t.Run(style.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			rapid.Check(t, func(t *rapid.T) {
				g := &generator{t: t, template: style.template, shared: map[any]string{}}
				w := &writer{
					rand: rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "layout"), 1)),
					json: style.json, template: style.template,
					braces: rapid.IntRange(style.braces[0], style.braces[1]).Draw(t, "braces"),
					long:   rapid.Bool().Draw(t, "long"),
					unit:   rapid.SampledFrom([]string{"  ", "    "}).Draw(t, "unit"),
					pad:    rapid.SampledFrom([]string{"", " "}).Draw(t, "pad"),
					colon:  ": ", indented: rapid.Bool().Draw(t, "indented"),
				}
				w.list = rapid.SampledFrom([]string{"", w.unit}).Draw(t, "list")
				if w.json {
					w.unit = rapid.SampledFrom([]string{"  ", "    ", "\t"}).Draw(t, "unit of JSON")
					w.colon = rapid.SampledFrom([]string{": ", ":", " : "}).Draw(t, "colon")
				}
				checkRandom(t, g, w)
			})
		})
	}
}

func checkRandom(t *rapid.T, g *generator, w *writer) {
	before, after := g.input()
	text := w.document(before)
	if rapid.IntRange(0, 4).Draw(t, "end") == 0 {
		text = strings.TrimRight(text, "\n")
	}
	if rapid.IntRange(0, 4).Draw(t, "breaks") == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	if rapid.IntRange(0, 9).Draw(t, "mark") == 0 {
		text = "\ufeff" + text
	}
	name := "input.yaml"
	if w.json {
		name = "input.json"
	}
	if d := cmp.Diff(w.tree(before), parse(t, name, text)); d != "" {
		t.Fatalf("the test writes what it doesn't mean\n%s\n%s", d, text)
	}
	write(t, name, text)
	kind := "ecs-api"
	if g.template {
		kind = "cloudformation"
	}
	args := []string{
		"--type", kind, "--user", user, "--log-group", logGroup, "--log-region", logRegion,
		"--secret-arn", "AWS_ACCESS_KEY_ID=" + arn("AWS_ACCESS_KEY_ID"),
		"--secret-arn", "AWS_SECRET_ACCESS_KEY=" + arn("AWS_SECRET_ACCESS_KEY"), name,
	}
	shown := run("", append([]string{"fix"}, args...)...)
	made := run("", append([]string{"fix", "--write", "--unsafe"}, args...)...)
	if made.Code != 0 || shown.Code != 0 || made.Stdout != shown.Stdout {
		t.Fatalf("fix: exit codes %d and %d; same output: %v\n%s\n%s", shown.Code, made.Code, made.Stdout == shown.Stdout, made.Stderr, text)
	}
	got := read(t, name)
	if d := cmp.Diff(w.tree(after), parse(t, name, got)); d != "" {
		t.Fatalf("mended in another way (-want +got)\n%s\nfrom\n%s\nto\n%s\n%s", d, text, got, made.Stderr)
	}
	var report program.Report
	if err := json.Unmarshal([]byte(run("", "scan", "--type", kind, "--format", "json", name).Stdout), &report); err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		if f.Status == "FAILED" {
			t.Fatalf("%s %s fails still\nfrom\n%s\nto\n%s\n%s", f.Control, f.Resource.ID, text, got, made.Stderr)
		}
	}
	if again := run("", append([]string{"fix", "--write", "--unsafe"}, args...)...); again.Stdout != "" || read(t, name) != got {
		t.Fatalf("another fix changes something\nfrom\n%s\nto\n%s\nand\n%s\n%s", text, got, read(t, name), again.Stderr)
	}
	formStays(t, text, got)
}

// input is a template with some resources, or one resource of the ECS API.
func (g *generator) input() (before, after any) {
	one := func(kind int, name string) pair {
		switch kind {
		case 0:
			return g.service(name)
		case 1:
			return g.cluster(name)
		default:
			return g.taskDefinition(name)
		}
	}
	if !g.template {
		p := one(g.pick("kind", 4), "one")
		return p.before, p.after
	}
	types := []string{"AWS::ECS::Service", "AWS::ECS::Cluster", "AWS::ECS::TaskDefinition"}
	var resources [2]object
	for i := range g.pick("resources", 3) + 1 {
		kind := min(g.pick("kind", 4), 2)
		p := one(kind, fmt.Sprintf("r%d", i))
		for k, properties := range []any{p.before, p.after} {
			body := raw{{"Type", types[kind]}, {"Properties", properties}}
			resources[k] = append(resources[k], member{fmt.Sprintf("R%d", i), body})
		}
	}
	make := func(k int) any {
		var top raw
		var parameters raw
		for _, m := range g.defaults[k] {
			p := raw{{"Type", "String"}}
			if _, none := m.value.(gone); !none {
				p = append(p, member{"Default", m.value})
			}
			parameters = append(parameters, member{m.key, p})
		}
		if g.open {
			parameters = append(parameters, member{"Stage", raw{{"Type", "String"}}})
			top = append(top, member{"Conditions", raw{{"Open", raw{{"Fn::Equals", []any{ref("Stage"), "prod"}}}}}})
		}
		if len(parameters) > 0 {
			top = append(top, member{"Parameters", parameters})
		}
		if g.mappings[k] != nil {
			top = append(top, member{"Mappings", bare(g.mappings[k])})
		}
		var outputs raw
		for _, name := range slices.Sorted(maps.Values(g.shared)) {
			outputs = append(outputs, member{"O" + name, raw{{"Value", ref(name)}}})
		}
		if outputs != nil {
			top = append(top, member{"Outputs", outputs})
		}
		return append(top, member{"Resources", raw(resources[k])})
	}
	return make(0), make(1)
}

// bare are objects whose keys nobody spells.
func bare(v any) any {
	o, ok := v.(object)
	if !ok {
		return v
	}
	var out raw
	for _, m := range o {
		out = append(out, member{m.key, bare(m.value)})
	}
	return out
}

// tree is a value as a parser of YAML or JSON gives it, with all functions in their
// long form.
func (w *writer) tree(v any) any {
	long := *w
	long.long = true
	if r, ok := v.(ref); ok {
		return map[string]any{"Ref": string(r)}
	}
	_, v = long.call(v)
	if members, ok := w.members(v); ok {
		out := map[string]any{}
		for _, m := range members {
			out[m.key] = w.tree(m.value)
		}
		return sorted(out)
	}
	if list, ok := v.([]any); ok {
		out := []any{}
		for _, item := range list {
			out = append(out, w.tree(item))
		}
		return out
	}
	return v
}

// sorted puts secrets in the order of their names: theirs says nothing.
func sorted(container map[string]any) map[string]any {
	for _, key := range []string{"secrets", "Secrets"} {
		if list, ok := container[key].([]any); ok {
			slices.SortFunc(list, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		}
	}
	return container
}

func sortedWithin(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for _, in := range v {
			sortedWithin(in)
		}
		sorted(v)
	case []any:
		for _, in := range v {
			sortedWithin(in)
		}
	}
	return v
}

// parse reads a text without any of our own code.
func parse(t *rapid.T, name, text string) any {
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.HasSuffix(name, ".json") {
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatalf("no JSON: %v\n%s", err, text)
		}
		return sortedWithin(v)
	}
	var n yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader([]byte(text))).Decode(&n); err != nil {
		t.Fatalf("no YAML: %v\n%s", err, text)
	}
	return plainTree(t, n.Content[0])
}

func plainTree(t *rapid.T, n *yaml.Node) any {
	var v any
	tag := n.Tag
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			if _, twice := out[n.Content[i].Value]; twice {
				t.Fatalf("the key %s twice", n.Content[i].Value)
			}
			out[n.Content[i].Value] = plainTree(t, n.Content[i+1])
		}
		v = sorted(out)
	case yaml.SequenceNode:
		out := []any{}
		for _, item := range n.Content {
			out = append(out, plainTree(t, item))
		}
		v = out
	default:
		if strings.HasPrefix(tag, "!") && !strings.HasPrefix(tag, "!!") {
			v = n.Value
		} else if err := n.Decode(&v); err != nil {
			t.Fatalf("decode: %v", err)
		}
	}
	switch {
	case tag == "!Ref":
		return map[string]any{"Ref": v}
	case strings.HasPrefix(tag, "!") && !strings.HasPrefix(tag, "!!"):
		return map[string]any{"Fn::" + tag[1:]: v}
	}
	return v
}

var own = regexp.MustCompile(`# own\d+\.`)

// formStays holds what no parser sees: comments that were on no line that goes, the byte
// order mark, the kind of line breaks, and the line break at the end.
func formStays(t *rapid.T, before, after string) {
	for _, c := range own.FindAllString(before, -1) {
		if !strings.Contains(after, c) {
			t.Fatalf("the comment %q is lost from\n%s\nin\n%s", c, before, after)
		}
	}
	windows := strings.Contains(before, "\r\n")
	if strings.Contains(before, "\n") && windows != strings.Contains(after, "\r\n") ||
		windows && strings.Count(after, "\n") != strings.Count(after, "\r\n") {
		t.Fatalf("line breaks of another kind in\n%q\nfrom\n%q", after, before)
	}
	if strings.HasSuffix(before, "\n") && !strings.HasSuffix(after, "\n") || strings.HasPrefix(before, "\ufeff") != strings.HasPrefix(after, "\ufeff") {
		t.Fatalf("another beginning or end in\n%q\nfrom\n%q", after, before)
	}
	for _, line := range strings.Split(after, "\n") {
		if trimmed := strings.TrimRight(line, "\r"); strings.TrimRight(trimmed, " \t") != trimmed {
			t.Fatalf("blanks at the end of a line of\n%q\nfrom\n%q", after, before)
		}
	}
}

func write(t *rapid.T, name, text string) {
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *rapid.T, name string) string {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
