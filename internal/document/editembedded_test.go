package document

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// hosted is a document whose key v is a text, written in some style.
func hosted(r *rand.Rand, text string) string {
	quoted, _ := json.Marshal(text)
	end := pick(r, "\n", "\r\n", "\r")
	switch r.IntN(5) {
	case 0:
		return `{"u": 1, "v": ` + string(quoted) + `, "w": "x"}`
	case 1:
		return "u: 1" + end + "v: " + string(quoted) + " # c" + end + "w: x" + end
	case 2:
		if !strings.Contains(text, "\n") {
			return "u: [1]" + end + "v: '" + strings.ReplaceAll(text, "'", "''") + "' # c" + end + "w: x" + end
		}
	}
	in := strings.Repeat(" ", 1+r.IntN(4))
	lines := strings.Split(text, "\n")
	return "u: 1" + end + "v: |-  # c" + end + in + strings.Join(lines, end+in) + end + "w: x" + end
}

// TestEditEmbeddedProperty makes random edits to JSON in a document: it becomes
// what it would become alone, and nothing else changes.
func TestEditEmbeddedProperty(t *testing.T) {
	made := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 4))
		text := strings.TrimPrefix(randomText(r), byteOrderMark)
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
		alone, err := Parse("x", []byte(text), Options{JSONOnly: true})
		if err != nil {
			continue
		}
		outer := hosted(r, strings.TrimRight(text, "\n"))
		f, err := Parse("x", []byte(outer), Options{})
		if err != nil {
			t.Fatalf("%q: %v", outer, err)
		}
		in, err := f.Embedded(f.Documents[0].Get("v"))
		if err != nil {
			t.Fatalf("%q: %v", outer, err)
		}
		here, there := NewEditor(alone, alone.Documents[0]), NewEditor(in, in.Documents[0])
		for range 1 + r.IntN(3) {
			choice := r.Uint64()
			s := randomStep(rand.New(rand.NewPCG(choice, 5)), alone.Documents[0])
			_, models := modelsOf(alone)
			same := randomStep(rand.New(rand.NewPCG(choice, 5)), in.Documents[0])
			_, others := modelsOf(in)
			if got, want := same.apply(there, others), s.apply(here, models); (got == nil) != (want == nil) {
				t.Fatalf("seed %d: %v, want %v", seed, got, want)
			}
		}
		want, err := here.Splices()
		got, err2 := there.Splices()
		if err2 != nil && refusal(err2) {
			continue
		}
		if err != nil || err2 != nil {
			t.Fatalf("seed %d: %v, %v", seed, err, err2)
		}
		wanted, _ := Apply(alone.Data, want)
		out, err := Apply(f.Data, got)
		if err != nil {
			t.Fatal(err)
		}
		result, err := Parse("x", out, Options{})
		if err != nil {
			t.Fatalf("seed %d: %q becomes %q: %v", seed, outer, out, err)
		}
		root := result.Documents[0]
		if got, want := root.Get("v").Value, strings.TrimRight(string(wanted), "\n"); got != want || root.Get("w").Value != "x" {
			t.Fatalf("seed %d: %q becomes\n%q, which has\n%q, want\n%q", seed, outer, out, got, want)
		}
		made++
	}
	if made < 400 {
		t.Errorf("%d edits were made", made)
	}
}
