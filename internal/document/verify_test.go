package document

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// verify checks what holds for every file: offsets lie in bounds and in their
// parents, in order, and the text of a scalar means its value.
func verify(f *File) error {
	v := verifier{file: f, seen: map[*Node]bool{}}
	for _, n := range f.Documents {
		if err := v.node(n, 0, int32(len(f.Data))); err != nil {
			return err
		}
	}
	return nil
}

// Values of other maps that a merge key brings are no part of the map's range.
func (v *verifier) merges() bool { return strings.Contains(string(v.file.Data), "<<") }

type verifier struct {
	file *File
	seen map[*Node]bool
}

func (v *verifier) node(n *Node, from, to int32) error {
	if n.Start > n.End || n.Start < 0 || int(n.End) > len(v.file.Data) {
		return fmt.Errorf("range %d to %d is none", n.Start, n.End)
	}
	if !v.merges() && (n.Start < from || n.End > to) {
		return fmt.Errorf("range %d to %d is not in %d to %d", n.Start, n.End, from, to)
	}
	if v.seen[n] {
		return nil
	}
	v.seen[n] = true
	if n.Alias {
		if text := string(v.file.Data[n.Start:n.End]); len(text) < 2 || text[0] != '*' {
			return fmt.Errorf("%q is no alias", text)
		}
		to := v.file.anchor(n)
		if to == n || to.Alias || to.Kind != n.Kind || to.Value != n.Value || len(to.Items) != len(n.Items) || len(to.Fields) != len(n.Fields) {
			return fmt.Errorf("an alias at %d is not what it refers to", n.Start)
		}
		return nil // what is in it lies where it was read before
	}
	at := n.Start
	for _, item := range n.Items {
		if err := v.node(item, at, n.End); err != nil {
			return err
		}
		at = item.End
	}
	keys := map[string]bool{}
	for _, field := range n.Fields {
		if keys[field.Key.Value] {
			return fmt.Errorf("a key is there twice at %d", field.Key.Start)
		}
		keys[field.Key.Value] = true
		if err := v.node(field.Key, at, n.End); err != nil {
			return err
		}
		if err := v.node(field.Value, field.Key.End, n.End); err != nil {
			return err
		}
		at = field.Value.End
	}
	if n.IsScalar() {
		return v.scalar(n)
	}
	return nil
}

func (v *verifier) scalar(n *Node) error {
	text := string(v.file.Data[n.Start:n.End])
	if n.Style != Plain && n.Kind != String {
		return fmt.Errorf("%q is of kind %d", text, n.Kind)
	}
	if v.file.Format == JSON {
		got := text
		if n.Kind == String {
			if err := json.Unmarshal([]byte(text), &got); err != nil {
				return err
			}
		}
		if got != n.Value {
			return fmt.Errorf("%q is %q, want %q", text, got, n.Value)
		}
		return nil
	}
	if n.Style == Plain {
		// White space folds; what is left is as it is written.
		if diff := cmp.Diff(strings.Fields(n.Value), strings.Fields(text)); diff != "" {
			return fmt.Errorf("%q is not %q", text, n.Value)
		}
		if strings.Trim(text, " \t\r\n\u0085\u2028\u2029") != text {
			return fmt.Errorf("%q has spaces around it", text)
		}
		return nil
	}
	if strings.HasPrefix(text, "|") || strings.HasPrefix(text, ">") {
		if strings.IndexAny(text[:min(3, len(text))], "123456789") > 0 {
			return nil // counts from the indentation around it
		}
	}
	var y yaml.Node
	if err := yaml.Unmarshal([]byte(text), &y); err != nil {
		return fmt.Errorf("%q: %w", text, err)
	}
	got := ""
	if len(y.Content) > 0 {
		got = y.Content[0].Value
		if y.Content[0].Kind != yaml.ScalarNode {
			return fmt.Errorf("%q is no scalar", text)
		}
	}
	want := n.Value
	if n.Style == Literal || n.Style == Folded { // blank lines at the end are left out
		got, want = strings.TrimRight(got, " \t\n\u2028\u2029"), strings.TrimRight(want, " \t\n\u2028\u2029")
	}
	if got != want {
		return fmt.Errorf("%q is %q, want %q", text, got, want)
	}
	return nil
}
