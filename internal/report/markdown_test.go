package report

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry"
)

// However much there is to say, it fits a comment on GitHub, and says how much it
// leaves out.
func TestMarkdownFitsAComment(t *testing.T) {
	r := many(5000, nil)
	r.Coverage.Gaps = make([]ecsentry.Gap, 3000)
	for i := range r.Coverage.Gaps {
		r.Coverage.Gaps[i] = ecsentry.Gap{Scope: fmt.Sprintf("file-%d", i), Reason: strings.Repeat("why ", 50)}
	}
	for name, r := range map[string]*ecsentry.Report{"many": r, "hostile": hostile(), "sample": sample()} {
		out := string(write(t, "markdown", r, Options{}))
		if n := utf8.RuneCountInString(out); n > 65_536 {
			t.Errorf("%s has %d characters", name, n)
		}
		if strings.Count(out, "<details") != strings.Count(out, "</details>") {
			t.Errorf("%s has details that do not end", name)
		}
		if name == "many" {
			listed := strings.Count(out, "- **ECS.3**")
			if want := fmt.Sprintf("- and %d more\n", 5000-listed); listed < 100 || !strings.Contains(out, want) {
				t.Errorf("%d of 5000 failures are listed, and no %q", listed, want)
			}
			if !strings.Contains(out, "Not complete: 3000 gaps") || strings.Count(out, "- file-") < 10 {
				t.Error("gaps are not told")
			}
		}
	}
}

// Names are text: no link, no picture, no markup, nobody is called.
func TestMarkdownIsInert(t *testing.T) {
	for in, want := range map[string]string{
		"[x](http://evil.example)": `\[x\](http:<!-- -->//evil.example)`,
		"![x](//y)":                `!\[x\](//y)`,
		"<img src=x>":              "&lt;img src=x&gt;",
		"&lt;":                     "&amp;lt;",
		"@team":                    "@<!-- -->team",
		"#1":                       "#<!-- -->1",
		"www.evil.example":         "www.<!-- -->evil.example",
		"a|b":                      `a\|b`,
		"*a* _b_ ~c~":              `\*a\* \_b\_ \~c\~`,
		"set `a: b`":               "set `a: b`",
		"`<b>` and `":              "'&lt;b&gt;' and '",
		"a\nb":                     "a␊b",
	} {
		if got := markdown(in); got != want {
			t.Errorf("markdown(%q) is %q, want %q", in, got, want)
		}
	}
	if got := code("a`b"); got != "`a'b`" {
		t.Errorf("got %s", got)
	}
}
