package terraform_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/hcledit"
	"github.com/ecsentry/ecsentry/internal/source/terraform"
	"github.com/ecsentry/ecsentry/value"
)

// A fixture is a module that is mended: its files as they are, those that change
// as they are to be, below want/, and lines before the files:
//
//	secret-arn NAME=ARN, log-group NAME, log-region REGION, user UID   an answer
//	var NAME=VALUE                                                     as --var
//	refused CLAUSE                                                     why it cannot be mended
//	note CLAUSE                                                        what a reader is told
//	manual                                                             nobody edits it
//	open                                                               it is unknown in the end, not passed
type fixture struct {
	files, want      map[string]string
	answers          map[string]string
	variables        terraform.Variables
	refused          string
	notes            []string
	open, manual     bool
	control          string
	splices, refusal []string
}

func readFixture(t *testing.T, name string) *fixture {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{files: map[string]string{}, want: map[string]string{}, answers: map[string]string{}}
	f.control, _, _ = strings.Cut(filepath.Base(name), "-")
	for line := range strings.Lines(string(archive.Comment)) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "", "#":
		case "var":
			f.variables.Set(rest)
		case "refused":
			f.refused = rest
		case "note":
			f.notes = append(f.notes, rest)
		case "manual":
			f.manual = true
		case "open":
			f.open = true
		case "secret-arn":
			k, v, _ := strings.Cut(rest, "=")
			f.answers[word+" "+k] = v
		case "log-group", "log-region", "user":
			f.answers[word+" "] = rest
		default:
			t.Fatalf("%s: what is %q?", name, line)
		}
	}
	for _, file := range archive.Files {
		if after, ok := strings.CutPrefix(file.Name, "want/"); ok {
			f.want[after] = string(file.Data)
		} else {
			f.files[file.Name] = string(file.Data)
		}
	}
	return f
}

// scan judges the module in a folder.
func (f *fixture) scan(t *testing.T, dir string) *ecsentry.Report {
	t.Helper()
	return scanGiven(t, dir, f.variables)
}

// answer fills what an edit asks for.
func (f *fixture) answer(v any, at *value.Place, w ecsentry.Rewriter) (any, bool) {
	switch v := v.(type) {
	case value.Asked:
		if v.For == value.AskRegion {
			if a, ok := w.(ecsentry.Answerer); ok {
				if v, ok := a.Answer(v, at); ok {
					return v, true
				}
			}
		}
		if s := f.answers[string(v.For)+" "+v.Key]; s != "" {
			return s, true
		}
		return v.Default, v.Default != ""
	case value.Map:
		out := make(value.Map, len(v))
		for i, m := range v {
			var ok bool
			if m.Value, ok = f.answer(m.Value, at, w); !ok {
				return nil, false
			}
			out[i] = m
		}
		return out, true
	}
	return v, true
}

// patches are those of all failures of the control.
func (f *fixture) patches(t *testing.T, r *ecsentry.Report) (out []ecsentry.Patch) {
	t.Helper()
	f.refusal = nil
	for finding := range r.Findings.All() {
		if finding.Control.ID != f.control || !finding.Failed() {
			continue
		}
		for _, reason := range finding.Verdict.Reasons {
			if reason.Outcome != ecsentry.Failed || reason.Fix == nil {
				continue
			}
			byText := map[value.Text][]value.Edit{}
			var texts []value.Text
			for _, e := range reason.Fix.Edits {
				if !slices.Contains(texts, e.At.In) {
					texts = append(texts, e.At.In)
				}
				byText[e.At.In] = append(byText[e.At.In], e)
			}
			for _, text := range texts {
				p, err := f.patch(text, byText[text])
				if err != nil {
					f.refusal = append(f.refusal, err.Error())
					continue
				}
				out = append(out, p)
			}
		}
	}
	return out
}

func (f *fixture) patch(text value.Text, edits []value.Edit) (ecsentry.Patch, error) {
	editable, ok := text.(ecsentry.Editable)
	if !ok {
		return ecsentry.Patch{}, nil
	}
	w, err := editable.Rewriter()
	if err != nil {
		return ecsentry.Patch{}, err
	}
	for i, e := range edits {
		var ok bool
		if edits[i].Value, ok = f.answer(e.Value, e.At, w); !ok {
			return ecsentry.Patch{}, nil
		}
	}
	return w.Rewrite(edits)
}

// round applies the patches that are not in each other's way; it reports whether
// it changed anything.
func (f *fixture) round(t *testing.T, dir string) bool {
	t.Helper()
	list := map[string][]ecsentry.Splice{}
	originals := map[string][]byte{}
	for _, p := range f.patches(t, f.scan(t, dir)) {
		var fresh []ecsentry.Splice
		clash := false
		for _, s := range p.Splices {
			originals[s.File] = s.Original
			if slices.ContainsFunc(list[s.File], func(o ecsentry.Splice) bool { return o.Span == s.Span && o.New == s.New }) {
				continue
			}
			clash = clash || slices.ContainsFunc(list[s.File], func(o ecsentry.Splice) bool {
				return s.Start < o.End && o.Start < s.End || s.Start == o.Start && (s.End > s.Start || o.End > o.Start)
			})
			fresh = append(fresh, s)
		}
		if clash {
			continue
		}
		for _, s := range fresh {
			list[s.File] = append(list[s.File], s)
		}
		for _, n := range p.Notes {
			if !slices.Contains(f.splices, n) {
				f.splices = append(f.splices, n)
			}
		}
	}
	for name, splices := range list {
		slices.SortStableFunc(splices, func(a, b ecsentry.Splice) int { return int(a.Start - b.Start) })
		var out []byte
		at := int32(0)
		for _, s := range splices {
			out = append(append(out, originals[name][at:s.Start]...), s.New...)
			at = s.End
		}
		out = append(out, originals[name][at:]...)
		if err := os.WriteFile(name, out, 0o600); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".tf") {
			edits := make([]hcledit.Splice, len(splices))
			for i, s := range splices {
				edits[i] = hcledit.Splice{Start: int(s.Start), End: int(s.End), New: s.New}
			}
			if err := hcledit.SameBut(name, originals[name], out, edits); err != nil {
				t.Fatalf("%v in:\n%s\nwas:\n%s", err, out, originals[name])
			}
		}
	}
	return len(list) > 0
}

func (f *fixture) write(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range f.files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func (f *fixture) read(t *testing.T, dir, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
