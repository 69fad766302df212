package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

func controlsOf(r *ecsentry.Report) (out []*ecsentry.Control) {
	for f := range r.Findings.All() {
		out = append(out, f.Control)
	}
	return out
}

func readBack(t *testing.T, r *ecsentry.Report) *ecsentry.Report {
	t.Helper()
	out, err := Read(bytes.NewReader(write(t, "json", r, Options{})), controlsOf(r))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What is made of saved results is what the scan itself would have written; only
// text lacks the lines of the source.
func TestSavedReportsSayTheSame(t *testing.T) {
	known := sample()
	for i, f := range known.Findings.List() {
		f.Known = i%2 == 0
		for k := range f.Verdict.Reasons {
			f.Verdict.Reasons[k].Image = "registry/app:1"
			f.Verdict.Reasons[k].Key = "KEY"
		}
	}
	all := reports()
	all["known"] = known
	delete(all, "hostile") // what is no UTF-8 is not in JSON as it was
	for name, r := range all {
		saved := readBack(t, r)
		for _, f := range Formats() {
			if f.Name == "text" || f.Name == "html" {
				continue
			}
			if diff := cmp.Diff(string(write(t, f.Name, r, Options{})), string(write(t, f.Name, saved, Options{}))); diff != "" {
				t.Errorf("%s as %s (-scan +saved):\n%s", name, f.Name, diff)
			}
		}
	}
	text := string(write(t, "text", readBack(t, sample()), Options{Verbose: true}))
	for _, want := range []string{"  --> examples/web.yaml:7:11   WebTask\n", "ReadonlyRootFilesystem is absent", "2 files skipped", "in 1 file"} {
		if !strings.Contains(text, want) {
			t.Errorf("text has no %q:\n%s", want, text)
		}
	}
	again := readBack(t, readBack(t, hostile()))
	if diff := cmp.Diff(string(write(t, "json", readBack(t, hostile()), Options{})), string(write(t, "json", again, Options{}))); diff != "" {
		t.Errorf("hostile, read twice:\n%s", diff)
	}
}

// Findings of one resource share it, and a control that the catalogue lacks has
// its title.
func TestReadShares(t *testing.T) {
	r, err := Read(bytes.NewReader(write(t, "json", sample(), Options{})), nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Findings.List()[0].Resource != r.Findings.List()[1].Resource || r.Findings.List()[4].Control != r.Findings.List()[5].Control {
		t.Error("findings do not share their resource or control")
	}
	if c := r.Findings.List()[0].Control; c.ID != "ECS.4" || c.Title == "" || c.Severity != ecsentry.High {
		t.Errorf("control is %+v", c)
	}
}

func TestReadRefuses(t *testing.T) {
	good := string(write(t, "json", sample(), Options{}))
	for name, tc := range map[string]struct{ text, want string }{
		"nothing":          {"", "no JSON report"},
		"a list":           {"[]", "no JSON report"},
		"another document": {`{"family": "web"}`, "no JSON report"},
		"another schema":   {strings.Replace(good, "ecsentry.scan/1", "ecsentry.scan/2", 1), "another schema"},
		"cut off":          {good[:len(good)/2], "ends too early"},
		"no end":           {strings.TrimSuffix(good, "}\n"), "ends too early"},
		"two":              {good + good, "after its end"},
		"a broken value":   {strings.Replace(good, `"findings":[`, `"findings":[x`, 1), "is broken"},
		"a wrong type":     {strings.Replace(good, `"status":"UNKNOWN"`, `"status":1`, 1), "is broken"},
		"no status":        {strings.Replace(good, `"status":"UNKNOWN"`, `"status":"OK"`, 1), "finding 0 has a status that is none"},
		"no severity":      {strings.Replace(good, `"severity":"HIGH"`, `"severity":""`, 1), "finding 0 has a severity that is none"},
		"no time":          {strings.Replace(good, `"started":"2`, `"started":"x`, 1), "scan.started"},
		"findings no list": {`{"schema":"ecsentry.scan/1","findings":{}}`, "no list of findings"},
		"no findings":      {`{"schema":"ecsentry.scan/1"}`, "not complete"},
		"a key twice":      {strings.Replace(good, `"tool":`, `"schema":`, 1), "twice"},
	} {
		_, err := Read(strings.NewReader(tc.text), nil)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
	added := strings.Replace(good, `"tool":`, `"later":{"x":[1]},"tool":`, 1)
	if _, err := Read(strings.NewReader(added), nil); err != nil {
		t.Errorf("a field that was added later: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	for _, r := range reports() {
		b.Reset()
		if err := writeJSON(&b, r, Options{}); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := Read(bytes.NewReader(text), nil)
		if err != nil {
			return
		}
		for _, format := range Formats() {
			if err := format.Write(&b, r, Options{Verbose: true}); err != nil {
				t.Fatal(err)
			}
			b.Reset()
		}
		if err := writeJSON(&b, r, Options{}); err != nil || !json.Valid(b.Bytes()) {
			t.Fatalf("%v\n%s", err, b.Bytes())
		}
		b.Reset()
	})
}
