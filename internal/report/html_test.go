package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

// pageParts are a page without what stands in style and script, and that.
func pageParts(t *testing.T, page string) (markup, style, script string) {
	t.Helper()
	cut := func(tag string) string {
		before, rest, ok := strings.Cut(page, "<"+tag+">")
		inside, after, closed := strings.Cut(rest, "</"+tag+">")
		if !ok || !closed || strings.Contains(before+after, "<"+tag) {
			t.Fatalf("there is not exactly one <%s>", tag)
		}
		page = before + after
		return inside
	}
	style, script = cut("style"), cut("script")
	return page, style, script
}

// Every page is well formed, loads nothing, and lets nothing run but its own
// script, whatever things are called.
func TestHTMLIsSelfContained(t *testing.T) {
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			markup, style, script := pageParts(t, string(write(t, "html", r, Options{})))
			for directive, text := range map[string]string{"style-src": style, "script-src": script} {
				sum := sha256.Sum256([]byte(text))
				// An attribute's value may have characters escaped.
				policy := strings.NewReplacer("&#39;", "'", "&#43;", "+", "&#61;", "=").Replace(markup)
				if want := directive + " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
					t.Errorf("the policy lacks %s", want)
				}
			}
			if !strings.Contains(markup, "default-src &#39;none&#39;") && !strings.Contains(markup, "default-src 'none'") {
				t.Error("the policy allows to load things")
			}
			if regexp.MustCompile(`url\(|@import`).MatchString(style) {
				t.Error("the style loads something")
			}
			elements := walk(t, markup, func(e xml.StartElement) {
				for _, a := range e.Attr {
					key := strings.ToLower(a.Name.Local)
					switch {
					case strings.HasPrefix(key, "on"), key == "src", key == "style", key == "action":
						t.Errorf("<%s> has %s=%q", e.Name.Local, key, a.Value)
					case key == "href" && !strings.HasPrefix(a.Value, "#"):
						t.Errorf("<%s> leads to %q", e.Name.Local, a.Value)
					}
				}
			})
			for _, bad := range []string{"script", "img", "iframe", "object", "embed", "link", "base"} {
				if elements[bad] > 0 {
					t.Errorf("there is a <%s>", bad)
				}
			}
		})
	}
}

// walk reads the page as XML, which it is by courtesy, and counts elements.
func walk(t *testing.T, markup string, see func(xml.StartElement)) map[string]int {
	t.Helper()
	count := map[string]int{}
	d := xml.NewDecoder(strings.NewReader(markup))
	d.Entity = xml.HTMLEntity
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return count
		} else if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			count[e.Name.Local]++
			see(e)
		}
	}
}

// Each finding stands there once, with what the filter needs.
func TestHTMLHasAllFindings(t *testing.T) {
	r := sample()
	markup, _, script := pageParts(t, string(write(t, "html", r, Options{})))
	statuses := map[string]int{}
	elements := walk(t, markup, func(e xml.StartElement) {
		for _, a := range e.Attr {
			if a.Name.Local == "data-status" {
				statuses[a.Value]++
			}
		}
	})
	s := r.Summary()
	want := map[string]int{"failed": s.Failed, "unknown": s.Unknown, "passed": s.Passed, "none": s.NotApplicable, "excepted": s.Excepted}
	if fmt.Sprint(statuses) != fmt.Sprint(want) {
		t.Errorf("findings by status are %v, want %v", statuses, want)
	}
	if elements["article"] != 4 {
		t.Errorf("%d resources, want 4", elements["article"])
	}
	for _, text := range []string{
		"container app can write to its root filesystem", "<code>ReadonlyRootFilesystem: true</code>",
		"we watch it otherwise (platform team), until 2026-12-31", "AC Access Control", "AC-3", "Not complete: 2 gaps",
		"AccessDeniedException", "nested stack at a URL: Child", "20 %", "To decide it: --parameter AgentPrivileged=false",
	} {
		if !strings.Contains(markup, text) {
			t.Errorf("the page has no %q", text)
		}
	}
	for _, value := range []string{"failed", "unknown", "excepted", "passed", "none"} {
		if !strings.Contains(markup, `value="`+value+`"`) {
			t.Errorf("the filter has no %s", value)
		}
	}
	if !strings.Contains(script, "apply()") {
		t.Error("no script")
	}
}

func TestHTMLOfNothing(t *testing.T) {
	r := reports()["empty"]
	page := write(t, "html", r, Options{})
	if bytes.Contains(page, []byte("NaN")) || !bytes.Contains(page, []byte("–</text>")) {
		t.Error("the score of nothing is no dash")
	}
	if !bytes.Contains(page, []byte(`<p id="none">Nothing was judged`)) || bytes.Contains(page, []byte("By control")) {
		t.Error("it does not say that nothing was judged")
	}
}

func TestRequirementsAreSorted(t *testing.T) {
	for _, tc := range [][2]string{{"AC-3", "AC-3(7)"}, {"AC-3(7)", "AC-3(15)"}, {"AC-2(1)", "AC-3"}, {"AC-10", "CA-1"}, {"AC-9", "AC-10"}} {
		if compareRequirements(tc[0], tc[1]) >= 0 || compareRequirements(tc[1], tc[0]) <= 0 {
			t.Errorf("%s does not come before %s", tc[0], tc[1])
		}
	}
}
