package report

import (
	"strings"
	"testing"

	"github.com/ecsentry/ecsentry"
)

// partly is a failure of two containers, one of which is excused: the finding
// counts, and only the other container is to be mended.
func partly() *ecsentry.Report {
	r := sample()
	f := r.Findings.List()[1] // ECS.5: app and log
	f.Excuses = ecsentry.Excuses{1: {Reason: "FireLens buffers", Owner: "me", Expires: "2027-03-31"}}
	return r
}

// Reports that list what is to be done leave out what is excused; those that list
// all say why it is.
func TestReasonsThatAreExcused(t *testing.T) {
	const excused = "log can write to its root filesystem"
	for name, r := range map[string]*ecsentry.Report{"scan": partly(), "saved": readBack(t, partly())} {
		if r.Summary() != sample().Summary() {
			t.Errorf("%s: the finding does not count: %+v", name, r.Summary())
		}
		for _, format := range []string{"text", "compact", "sarif", "junit", "markdown", "github", "gitlab"} {
			got := string(write(t, format, r, Options{}))
			if !strings.Contains(got, "can write to its root filesystem") {
				t.Errorf("%s, %s: the other container is gone", name, format)
			}
			if strings.Contains(got, excused) || strings.Contains(got, "log: can write") {
				t.Errorf("%s, %s lists what is excused:\n%s", name, format, got)
			}
		}
		for _, by := range GroupWords() {
			for _, format := range []string{"text", "markdown"} {
				if got := string(write(t, format, r, Options{GroupBy: by})); strings.Contains(got, excused) || by == byCause && strings.Contains(got, "ECS.5 · log") {
					t.Errorf("%s, %s by %s lists what is excused:\n%s", name, format, by, got)
				}
			}
		}
		for format, want := range map[string]string{
			"json": `"exception":{"reason":"FireLens buffers","owner":"me","expires":"2027-03-31"}`,
			"html": "Excepted: FireLens buffers (me), until 2027-03-31",
			"csv":  ",FireLens buffers,me,2027-03-31,",
		} {
			if got := string(write(t, format, r, Options{})); strings.Count(got, want) != 1 {
				t.Errorf("%s, %s says it %d times:\n%s", name, format, strings.Count(got, want), got)
			}
		}
		if got := string(write(t, "text", r, Options{Verbose: true})); !strings.Contains(got, "EXCEPTED  ECS.5 High   container "+excused) ||
			!strings.Contains(got, "   = FireLens buffers (me), until 2027-03-31\n") {
			t.Errorf("%s, verbose:\n%s", name, got)
		}
	}
}
