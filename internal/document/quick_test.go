package document

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// both reads a text quickly and token by token.
func both(text string) (quick []*Node, ok bool, slow *reading) {
	f := &File{Name: "x.json", Data: []byte(text)}
	r := f.reader(0)
	ok = r.quick(0)
	return r.documents, ok, (&File{Name: "x.json", Data: []byte(text)}).parseTokens(0)
}

// What is read quickly reads the same token by token.
func TestQuickReadsTheSame(t *testing.T) {
	piece := rapid.SampledFrom(strings.Split(`{|}|[|]|,|:|"a"|"b"|"a": |"|\|\\|\"|\/|\n|\u00e9|\ud83d|\ude00|\u12|\x|é|`+"\x01|\n|\t| |\u2028|\u007f"+`|true|false|null|tru|0|-|-0|01|12|.|.5|1.|1e|e5|E+|1e-2|{"a":1}|[1,"a",{}]|//|'a'`, "|"))
	soup := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), "") })
	bent := rapid.Custom(func(t *rapid.T) string { // JSON in which one piece is another
		text := valid().Draw(t, "text")
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		end := rapid.IntRange(at, min(at+3, len(text))).Draw(t, "end")
		return text[:at] + piece.Draw(t, "piece") + text[end:]
	})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(soup, bent, valid()).Draw(t, "text")
		if (&File{Data: []byte(text)}).check(0) != nil {
			return
		}
		got, ok, want := both(text)
		if !ok {
			return
		}
		if len(want.errors) > 0 || !want.whole {
			t.Fatalf("%q is read quickly, and has errors: %v", text, want.errors[0])
		}
		if d := cmp.Diff(want.documents, got); d != "" {
			t.Fatalf("%q (-token by token +quickly):\n%s", text, d)
		}
	})
}

// valid is JSON as a program writes it.
func valid() *rapid.Generator[string] {
	text := rapid.OneOf(rapid.StringMatching(`[a-zA-Z0-9/:._-]{0,30}`), rapid.StringMatching(`["\\\n\t/é☃<a]{0,12}`))
	var v func(depth int) *rapid.Generator[any]
	v = func(depth int) *rapid.Generator[any] {
		kinds := []*rapid.Generator[any]{
			text.AsAny(), rapid.Bool().AsAny(), rapid.Float64().AsAny(), rapid.Int32().AsAny(), rapid.Just[any](nil),
		}
		if depth < 4 {
			kinds = append(kinds, rapid.SliceOfN(rapid.Deferred(func() *rapid.Generator[any] { return v(depth + 1) }), 0, 4).AsAny(),
				rapid.MapOfN(text, rapid.Deferred(func() *rapid.Generator[any] { return v(depth + 1) }), 0, 30/(1+depth*depth)).AsAny())
		}
		return rapid.OneOf(kinds...)
	}
	return rapid.Custom(func(t *rapid.T) string {
		encode := func(v any) ([]byte, error) { return json.Marshal(v) }
		if rapid.Bool().Draw(t, "indented") {
			encode = func(v any) ([]byte, error) { return json.MarshalIndent(v, "", "\t") }
		}
		out, err := encode(map[string]any{"a": v(0).Draw(t, "value")})
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	})
}

// JSON as programs write it is read quickly, not only read.
func TestOrdinaryJSONIsReadQuickly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := valid().Draw(t, "text")
		if _, ok, slow := both(text); !ok && len(slow.errors) == 0 {
			t.Fatalf("%q is not read quickly", text)
		}
	})
	for _, text := range []string{``, ` `, "{}\n{}\n", "[1]\n[2]"} {
		if _, ok, _ := both(text); !ok {
			t.Errorf("%q is not read quickly", text)
		}
	}
	for _, text := range []string{
		`{"a": "\ud800"}`, `{"a": 1, "a": 2}`, `{"a": 01}`, `{"a": tru}`, `{"a": "` + "\n" + `"}`, `{"a" 1}`, `{} 1`, `{"a": 1`, `[1 2]`, `{"a": "\`,
		strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1),
	} {
		if _, ok, _ := both(text); ok {
			t.Errorf("%q is read quickly", text)
		}
	}
}
