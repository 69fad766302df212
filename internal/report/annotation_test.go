package report

import (
	"encoding/csv"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry"
)

// wants counts the reasons of a report that want something done.
func wants(r *ecsentry.Report) int {
	return count(r, func(*ecsentry.Finding, *ecsentry.Reason) bool { return true })
}

// The rules of GitLab's page on Code Quality: which fields there must be, the five
// severities, fingerprints that tell issues apart, paths without a leading ./, no
// byte order mark.
func TestGitLabKeepsTheRules(t *testing.T) {
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			var issues []struct {
				Description string `json:"description"`
				CheckName   string `json:"check_name"`
				Fingerprint string `json:"fingerprint"`
				Severity    string `json:"severity"`
				Location    struct {
					Path  string `json:"path"`
					Lines struct {
						Begin int  `json:"begin"`
						End   *int `json:"end"`
					} `json:"lines"`
				} `json:"location"`
			}
			d := json.NewDecoder(strings.NewReader(string(write(t, "gitlab", r, Options{}))))
			d.DisallowUnknownFields()
			if err := d.Decode(&issues); err != nil || issues == nil {
				t.Fatal(issues, err)
			}
			if len(issues) != wants(r) {
				t.Errorf("%d issues, want %d", len(issues), wants(r))
			}
			seen := map[string]bool{}
			for i, x := range issues {
				if x.Description == "" || x.CheckName == "" || x.Location.Path == "" || x.Location.Lines.Begin < 1 {
					t.Errorf("issue %d is not complete: %+v", i, x)
				}
				if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, x.Severity) {
					t.Errorf("issue %d has the severity %q", i, x.Severity)
				}
				if seen[x.Fingerprint] || !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(x.Fingerprint) {
					t.Errorf("issue %d has the fingerprint %q", i, x.Fingerprint)
				}
				seen[x.Fingerprint] = true
				if strings.HasPrefix(x.Location.Path, "./") {
					t.Errorf("issue %d has the path %q", i, x.Location.Path)
				}
				if end := x.Location.Lines.End; end != nil && *end < x.Location.Lines.Begin {
					t.Errorf("issue %d ends before it begins", i)
				}
			}
		})
	}
}

// Lines of one file that have moved keep their fingerprints.
func TestGitLabFingerprintsDoNotDependOnLines(t *testing.T) {
	fingerprints := func(shift int32) (out []string) {
		r := many(3, nil)
		for f := range r.Findings.All() {
			f.Resource.At.Off += shift
			f.Verdict.Reasons[0].At.Off += shift
		}
		var issues []struct{ Fingerprint string }
		if err := json.Unmarshal(write(t, "gitlab", r, Options{}), &issues); err != nil {
			t.Fatal(err)
		}
		for _, x := range issues {
			out = append(out, x.Fingerprint)
		}
		return out
	}
	if diff := cmp.Diff(fingerprints(0), fingerprints(4)); diff != "" {
		t.Errorf("fingerprints changed (-before +after):\n%s", diff)
	}
}

// A command of a workflow is ::name key=value,key=value::data. Percent signs and
// ends of lines are escaped everywhere, colons and commas in properties too.
func TestGitHubKeepsTheRules(t *testing.T) {
	command := regexp.MustCompile(`^::(error|warning|notice) ([a-zA-Z]+=[^,:]*(?:,[a-zA-Z]+=[^,:]*)*)::(.+)$`)
	escape := regexp.MustCompile(`%(25|0D|0A|3A|2C)`)
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			n := 0
			for line := range strings.Lines(string(write(t, "github", r, Options{}))) {
				n++
				m := command.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
				if m == nil {
					t.Fatalf("is no command: %q", line)
				}
				if strings.Contains(escape.ReplaceAllString(line, ""), "%") {
					t.Errorf("a percent sign is not escaped: %q", line)
				}
				var keys []string
				for p := range strings.SplitSeq(m[2], ",") {
					key, _, _ := strings.Cut(p, "=")
					if !slices.Contains([]string{"title", "file", "line", "endLine", "col", "endColumn"}, key) || slices.Contains(keys, key) {
						t.Errorf("property %s in %q", key, line)
					}
					keys = append(keys, key)
				}
				if slices.Contains(keys, "line") != slices.Contains(keys, "file") {
					t.Errorf("a line without a file, or a file without a line: %q", line)
				}
			}
			if want := wants(r) + len(unread(r)); n != want {
				t.Errorf("%d commands, want %d", n, want)
			}
		})
	}
}

// A row for each reason, each with all columns (RFC 4180), and no cell that a
// spreadsheet takes for a formula.
func TestCSVKeepsTheRules(t *testing.T) {
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			rows, err := csv.NewReader(strings.NewReader(string(write(t, "csv", r, Options{})))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			want := 1
			for f := range r.Findings.All() {
				want += len(f.Verdict.Reasons)
			}
			if len(rows) != want {
				t.Errorf("%d rows, want %d", len(rows), want)
			}
			for _, row := range rows {
				for _, c := range row {
					if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
						t.Errorf("a cell starts like a formula: %q", c)
					}
				}
			}
		})
	}
	for in, want := range map[string]string{
		"=HYPERLINK(1)": "'=HYPERLINK(1)", "+1": "'+1", "-1": "'-1", "@x": "'@x", "a=b": "a=b", "": "", "\t=1": "' =1", " =1": "' =1", "＝1": "'＝1", "＠a": "'＠a",
	} {
		if got := cell(in); got != want {
			t.Errorf("cell(%q) is %q, want %q", in, got, want)
		}
	}
}
