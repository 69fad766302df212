package awsconfig_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/awsconfig"
	"github.com/ecsentry/ecsentry/internal/source/files"
)

const secret = "s3cret"

// streamed reads a text as a stream.
func streamed(text io.Reader) (ids []string, c ecsentry.Coverage, err error) {
	c, err = awsconfig.Format{}.Stream(context.Background(), "x.json", text, func(r *ecsentry.Resource) error {
		ids = append(ids, r.Name)
		return nil
	})
	return ids, c, err
}

// What is wrong in a stream is said with its place, once, and what was read before
// stays.
func TestBrokenStreams(t *testing.T) {
	first := item("Cluster", inEU+"cluster/first", monday, "OK", `{"ClusterName": "first"}`)
	last := item("Cluster", inEU+"cluster/last", monday, "OK", `{"ClusterName": "last"}`)
	double := strings.Replace(last, `"awsRegion"`, `"x": "`+secret+`", "x": 1, "awsRegion"`, 1)
	for name, tt := range map[string]struct {
		text    string
		ids     []string
		refused string // of an item
		failed  string // of the rest
	}{
		"cut off":                  {text: snapshot(first, last)[:len(snapshot(first, last))-20], ids: []string{"first"}, failed: "it ends too early"},
		"cut off in a string":      {text: `[` + first + `, {"x": "` + secret, ids: []string{"first"}, failed: "it ends too early"},
		"no comma":                 {text: `[` + first + "\n" + last + `]`, ids: []string{"first"}, failed: "line 2, column 1: is not valid JSON"},
		"another bracket":          {text: `[` + first + ",\n" + `{"` + secret + `": [}, ` + last + `]`, ids: []string{"first"}, failed: "line 2, column 13: is not valid JSON"},
		"too deep":                 {text: `[` + first + `,` + strings.Repeat(`[`, 100_000), ids: []string{"first"}, failed: "is not valid JSON"},
		"words":                    {text: "[" + first + "]\n" + secret, ids: []string{"first"}, failed: ""},
		"a NUL byte":               {text: "[" + first + "]\n\x00", ids: []string{"first"}, failed: "line 2, column 1: has a NUL byte"},
		"an item with a key twice": {text: snapshot(first, double, last), ids: []string{"first", "last"}, refused: "is written twice in one map"},
		"an item that is no UTF-8": {text: snapshot(first, strings.Replace(last, "last", "\xff"+secret, 1), last), ids: []string{"first", "last"}, refused: "is not valid UTF-8"},
		"an item with a bad word":  {text: snapshot(first, strings.Replace(last, `"last"}`, secret+"}", 1), last), ids: []string{"first", "last"}, refused: "is not valid JSON"},
		"a message that is none":   {text: "[" + first + `, {"Message": "{\"configurationItem\": ` + secret + ` arn:aws:ecs:eu"}, ` + last + "]", ids: []string{"first", "last"}, refused: "is not valid JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			ids, c, err := streamed(strings.NewReader(tt.text))
			if d := cmp.Diff(tt.ids, ids); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
			said := ""
			if err != nil {
				said = files.Reason(err)
			}
			if !strings.Contains(said, tt.failed) || (tt.failed == "") != (err == nil) {
				t.Errorf("error %q", said)
			}
			if (tt.refused != "") != (len(c.Refused) == 1) || tt.refused != "" && (!strings.Contains(c.Refused[0].Reason, tt.refused) || !strings.HasPrefix(c.Refused[0].Reason, "line 1, column ")) {
				t.Errorf("refused %v", c.Refused)
			}
			if strings.Contains(fmt.Sprint(err, c), secret) {
				t.Errorf("quotes the input: %v %v", err, c)
			}
		})
	}
}

// The error of reading is passed on as it is.
func TestStreamThatFails(t *testing.T) {
	gone := errors.New("gone")
	text := io.MultiReader(strings.NewReader(`{"configurationItems": [{"a": `), failing{gone})
	if _, _, err := streamed(text); !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// Memory stays what it is, however long the text and whatever one value of it is.
func TestEndlessStreams(t *testing.T) {
	for name, tt := range map[string]struct{ head, again, want string }{
		"white space":  {`{"configurationItems": [`, strings.Repeat(" ", 1<<16), "it ends too early"},
		"one string":   {`{"configurationItems": ["`, strings.Repeat("x", 1<<16), "is too large"},
		"one item":     {`[{"a": [`, strings.Repeat("1,", 1<<15), "is too large"},
		"one property": {`{"configurationItems": [], "x": [`, strings.Repeat("1,", 1<<15), "too large"},
		"one name":     {`{"configurationItems": [], "`, strings.Repeat("x", 1<<16), "too long"},
		"a number":     {`[`, strings.Repeat("1", 1<<16), "too large"},
	} {
		t.Run(name, func(t *testing.T) {
			text := io.MultiReader(strings.NewReader(tt.head), io.LimitReader(&repeating{text: tt.again}, 200<<20))
			begin := time.Now()
			_, _, err := streamed(text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v", err)
			}
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
}

type repeating struct{ text string }

func (r *repeating) Read(p []byte) (int, error) { return copy(p, r.text), nil }

// A compressed snapshot is read like a plain one, and nothing of it comes out but
// what reports are about.
func TestCompressedSnapshot(t *testing.T) {
	properties := `{"ContainerDefinitions": [{"Name": "app", "Command": ["` + secret + `"], "Privileged": "` + secret + `", "Environment": [{"Name": "X", "Value": "` + secret + `"}]}]}`
	var items []string
	for i := range 400 {
		items = append(items, item("TaskDefinition", fmt.Sprintf("%stask-definition/f%d:1", inEU, i), monday, "OK", properties))
	}
	text := snapshot(items...)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	plain := scanned(t, map[string]string{"a.json": text}, "ECS.4", "ECS.8")
	got := scanned(t, map[string]string{"a.json.gz": packed.String()}, "ECS.4", "ECS.8")
	if got.Findings.Len() != 800 || plain.Findings.Len() != 800 {
		t.Fatalf("%d and %d findings, %+v", plain.Findings.Len(), got.Findings.Len(), got.Coverage)
	}
	for i, f := range got.Findings.List() {
		p := plain.Findings.List()[i]
		if f.Verdict.Outcome != p.Verdict.Outcome || f.Resource.ID != p.Resource.ID {
			t.Errorf("%s %s, plain %s %s", f.Resource.ID, f.Verdict.Outcome, p.Resource.ID, p.Verdict.Outcome)
		}
		for _, r := range f.Verdict.Reasons {
			if strings.Contains(fmt.Sprintf("%+v", r), secret) {
				t.Errorf("%+v", r)
			}
			if at, want := r.At.Position(), p.Verdict.Reasons[0].At.Position(); at.Line != want.Line || at.Column != want.Column || at.File != "a.json.gz" {
				t.Errorf("%s, want %s", at, want)
			}
		}
	}
}

// FuzzRead: no text makes the source crash, and a stream says what a held text
// says where both can be read.
func FuzzRead(f *testing.F) {
	f.Add(snapshot(item("TaskDefinition", inEU+"task-definition/a:1", monday, "OK", "{"+containers+"}")))
	f.Add("[" + item("Cluster", inEU+"cluster/a", friday, "ResourceDeleted", "null") + "]\n{}")
	f.Add(`{"Results": ["{\"arn\": \"arn:aws:ecs:a:b:cluster/c\", \"resourceType\": \"AWS::ECS::Cluster\"}"]}`)
	f.Add(`{"Message": "x {\"configurationItemSummary\": {\"resourceType\": \"AWS::ECS::Service\", \"configurationItemStatus\": \"OK\"}}"}`)
	names, err := os.ReadDir("../../../examples/aws-config")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range names {
		text, err := os.ReadFile("../../../examples/aws-config/" + e.Name())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		format := awsconfig.Format{}
		format.Streams([]byte(text))
		var held, stream []string
		into := func(list *[]string) func(*ecsentry.Resource) error {
			return func(r *ecsentry.Resource) error { *list = append(*list, describe(r)); return nil }
		}
		_, streamErr := format.Stream(context.Background(), "x.json", strings.NewReader(text), into(&stream))
		file, err := document.Parse("x.json", []byte(text), document.Options{JSONOnly: true})
		if err != nil || len(file.Documents) == 0 {
			return
		}
		for _, doc := range file.Documents {
			if !format.Recognise(doc) {
				return
			}
		}
		if _, err := format.Read(context.Background(), files.NewInput(file, file.Documents, nil), into(&held)); err != nil {
			t.Fatal(err)
		}
		if !format.Streams([]byte(text)) {
			return
		}
		if streamErr != nil {
			t.Fatalf("a valid text does not stream: %v", streamErr)
		}
		if d := cmp.Diff(held, stream); d != "" {
			t.Fatalf("(-held +stream):\n%s", d)
		}
	})
}

// Of a small file, too, what stands before a fault is judged, and what stands
// beside an item that cannot be read.
func TestBrokenSmallFiles(t *testing.T) {
	first := item("Cluster", inEU+"cluster/first", monday, "OK", "{}")
	last := item("Cluster", inEU+"cluster/last", monday, "OK", "{}")
	for name, tt := range map[string]struct {
		text string
		want []string
		gap  string
	}{
		"cut off":            {snapshot(first, last)[:len(snapshot(first, last))-20], []string{"a.json ECS.12 cluster/first FAILED"}, "ends too early"},
		"a key twice":        {snapshot(first, `{"x": 1, "x": 2, "y": "AWS::ECS::Cluster"}`, last), []string{"a.json ECS.12 cluster/first FAILED", "a.json ECS.12 cluster/last FAILED"}, "is written twice"},
		"no JSON in an item": {snapshot(first, `{"AWS::ECS::Cluster": oops}`, last), []string{"a.json ECS.12 cluster/first FAILED", "a.json ECS.12 cluster/last FAILED"}, "is not valid JSON"},
	} {
		r := scanned(t, map[string]string{"a.json": tt.text}, "ECS.12")
		if d := cmp.Diff(tt.want, verdicts(r)); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		if len(r.Coverage.Gaps) != 1 || !strings.Contains(r.Coverage.Gaps[0].Reason, tt.gap) || !strings.HasPrefix(r.Coverage.Gaps[0].Reason, "line 1, column ") {
			t.Errorf("%s: gaps %v", name, r.Coverage.Gaps)
		}
	}
}
