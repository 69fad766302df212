package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

func write(t *testing.T, format string, r *ecsentry.Report, o Options) []byte {
	t.Helper()
	f, ok := Lookup(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var b bytes.Buffer
	if err := f.Write(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	for name, tc := range map[string]struct {
		format string
		o      Options
	}{
		"text.txt":         {"text", Options{}},
		"text-verbose.txt": {"text", Options{Verbose: true}},
		"text-quiet.txt":   {"text", Options{Quiet: true}},
		"text-color.txt":   {"text", Options{Color: true}},
		"compact.txt":      {"compact", Options{}},
		"report.json":      {"json", Options{}},
		"asff.json":        {"asff", Options{Account: "210987654321", Region: "eu-central-1"}},
		"report.sarif":     {"sarif", Options{}},
		"ocsf.json":        {"ocsf", Options{Account: "210987654321", Region: "eu-central-1"}},
		"junit.xml":        {"junit", Options{}},
		"report.csv":       {"csv", Options{}},
		"report.md":        {"markdown", Options{}},
		"github.txt":       {"github", Options{}},
		"gitlab.json":      {"gitlab", Options{}},
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, write(t, tc.format, sample(), tc.o)) })
	}
}

func TestGoldenNotes(t *testing.T) {
	for name, o := range map[string]Options{"notes.txt": {}, "notes-quiet.txt": {Quiet: true}} {
		var b bytes.Buffer
		if err := WriteNotes(&b, sample(), o); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
}
