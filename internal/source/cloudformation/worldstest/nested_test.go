package worldstest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A template that another one nests, and gives its own parameters, has the same
// verdicts.
func TestNestingMakesNoDifference(t *testing.T) {
	t.Parallel()
	each(t, 100, func(tpl *template) []mismatch {
		want, err := scanned(asJSON(tpl.root), tpl.overrides)
		if err != nil {
			return []mismatch{{kind: "not read", detail: err.Error()}}
		}
		parent, child := nest(tpl)
		texts := map[string][]byte{"parent.json": asJSON(parent), "child.yaml": asYAML(child, rand.New(rand.NewPCG(5, 5)))}
		got, err := scanFiles(texts, "parent.json", tpl.overrides)
		if err != nil {
			return []mismatch{{kind: "not read", detail: err.Error()}}
		}
		var out []mismatch
		for key, w := range want {
			if g := got["Child/"+key]; g.verdict != w.verdict {
				id, control, _ := strings.Cut(key, " ")
				out = append(out, mismatch{id, control, "nested", fmt.Sprintf("got %q, want %q", g.verdict, w.verdict)})
			}
		}
		if len(got) != len(want) {
			out = append(out, mismatch{kind: "nested", detail: fmt.Sprintf("%d verdicts, want %d", len(got), len(want))})
		}
		return out
	})
}

// nest makes a template the child of another one that has its parameters.
func nest(t *template) (parent, child *object) {
	child = clone(t.root).(*object)
	given := obj()
	for _, f := range child.sub("Parameters").fields {
		p := f.val.(*object)
		switch typ, _ := p.get("Type").(string); {
		case isListType(p):
			given.set(f.key, call("Join", ",", ref(f.key)))
		default:
			if strings.HasPrefix(typ, "AWS::SSM::") { // the parent gives what is stored
				p.set("Type", "String")
				p.fields = without(p.fields, "Default")
			}
			given.set(f.key, ref(f.key))
		}
	}
	parent = obj()
	if p := t.root.get("Parameters"); p != nil {
		parent.set("Parameters", p)
	}
	parent.set("Resources", obj("Child", obj(
		"Type", "AWS::CloudFormation::Stack",
		"Properties", obj("TemplateURL", "./child.yaml", "Parameters", given))))
	return parent, child
}
