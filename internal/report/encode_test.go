package report

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/ecsentry/ecsentry/internal/asff"
	"github.com/ecsentry/ecsentry/internal/ocsf"
)

// asEncodingJSON is what encoding/json makes of a value, without escapes for HTML,
// with characters escaped that do not show themselves.
func asEncodingJSON(t *rapid.T, v any) string {
	t.Helper()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return string(appendEscaped(nil, bytes.TrimSuffix(out.Bytes(), []byte("\n"))))
}

func TestEncoderIsEncodingJSON(t *testing.T) {
	type itself struct {
		Name  string    `json:"näme"`
		Next  *itself   `json:"next,omitempty"`
		Many  []*itself `json:"many"`
		Skip  string    `json:"-"`
		Plain bool
		At    time.Time         `json:"at"`
		Float float64           `json:"float"`
		Map   map[string]string `json:"map"`
		Any   any               `json:"any"`
		Bytes []byte            `json:"bytes"`
		Zero  time.Duration     `json:"zero,omitempty"`
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringN(0, 40, -1), rapid.Custom(func(t *rapid.T) string {
			return string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		}))
		var e encoder
		for _, v := range []any{
			new(jsonFinding), new(jsonScan), new(jsonSummary), new(jsonGap), new(asff.Finding), new(ocsf.Finding), new(sarifResult),
			new(sarifRule), new(gitlabIssue), new(itself), new(string), new([]string), new(*int),
		} {
			fill(t, reflect.ValueOf(v).Elem(), text, 0)
			got, err := e.append(nil, v)
			if want := asEncodingJSON(t, v); err != nil || string(got) != want {
				t.Fatalf("%T: %v\ngot  %s\nwant %s", v, err, got, want)
			}
		}
	})
}

// fill draws a value.
func fill(t *rapid.T, v reflect.Value, text *rapid.Generator[string], depth int) {
	some := depth < 8 && rapid.Bool().Draw(t, "some")
	switch v.Kind() {
	case reflect.String:
		v.SetString(text.Draw(t, "text"))
	case reflect.Bool:
		v.SetBool(some)
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, "int"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(t, "float"))
	case reflect.Pointer:
		if some {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem(), text, depth+1)
		}
	case reflect.Slice:
		if some {
			v.Set(reflect.MakeSlice(v.Type(), rapid.IntRange(0, 2).Draw(t, "length"), 2))
			for i := range v.Len() {
				fill(t, v.Index(i), text, depth+1)
			}
		}
	case reflect.Map:
		if some && v.Type() == reflect.TypeFor[map[string]string]() {
			v.Set(reflect.ValueOf(map[string]string{text.Draw(t, "key"): text.Draw(t, "value")}))
		}
	case reflect.Interface:
		if some && v.NumMethod() == 0 {
			v.Set(reflect.ValueOf(text.Draw(t, "any")))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(rapid.Int64Range(0, 1e10).Draw(t, "time"), 0).UTC()))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(t, v.Field(i), text, depth+1)
			}
		}
	case reflect.Uint8:
		v.SetUint(uint64(rapid.Byte().Draw(t, "byte")))
	}
}

func TestEncoderReturnsErrors(t *testing.T) {
	var e encoder
	if _, err := e.append(nil, []any{func() {}}); err == nil {
		t.Error("a function was written")
	}
}
