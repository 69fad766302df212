package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"testing"
)

// junitRules are those of the schema that Jenkins publishes and Ant's and
// Surefire's agree with: which elements stand in which, and which attributes they
// must and may have.
func junitRules() map[string]struct{ in, must, may []string } {
	return map[string]struct{ in, must, may []string }{
		"testsuites": {in: []string{""}, may: []string{"name", "time", "tests", "failures", "disabled", "errors"}},
		"testsuite": {
			in: []string{"testsuites"}, must: []string{"name", "tests", "failures", "errors", "time"},
			may: []string{"disabled", "skipped", "timestamp", "hostname", "id", "package"},
		},
		"properties": {in: []string{"testsuite"}},
		"property":   {in: []string{"properties"}, must: []string{"name", "value"}},
		"testcase":   {in: []string{"testsuite"}, must: []string{"name", "classname", "time"}, may: []string{"assertions", "status"}},
		"failure":    {in: []string{"testcase"}, may: []string{"message", "type"}},
		"error":      {in: []string{"testcase"}, may: []string{"message", "type"}},
		"skipped":    {in: []string{"testcase"}, may: []string{"message"}},
	}
}

func junitBreaches(text []byte) (out []string, count map[string]int) {
	count = map[string]int{}
	stack := []string{""}
	claimed := []map[string]int{}
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out, count
		} else if err != nil {
			return append(out, err.Error()), count
		}
		switch x := token.(type) {
		case xml.StartElement:
			name := x.Name.Local
			count[name]++
			rule, ok := junitRules()[name]
			if !ok || !slices.Contains(rule.in, stack[len(stack)-1]) {
				out = append(out, fmt.Sprintf("<%s> in <%s>", name, stack[len(stack)-1]))
			}
			var have []string
			numbers := map[string]int{}
			for _, a := range x.Attr {
				have = append(have, a.Name.Local)
				if n, err := strconv.Atoi(a.Value); err == nil {
					numbers[a.Name.Local] = n
				}
				if !slices.Contains(append(rule.must, rule.may...), a.Name.Local) {
					out = append(out, fmt.Sprintf("<%s> has the attribute %s", name, a.Name.Local))
				}
			}
			for _, m := range rule.must {
				if !slices.Contains(have, m) {
					out = append(out, fmt.Sprintf("<%s> lacks %s", name, m))
				}
			}
			if name == "testsuite" || name == "testsuites" {
				claimed = append(claimed, numbers)
			}
			for _, c := range claimed {
				for element, attribute := range map[string]string{"testcase": "tests", "failure": "failures", "error": "errors", "skipped": "skipped"} {
					if element == name {
						c["seen "+attribute]++
					}
				}
			}
			stack = append(stack, name)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
			if name := x.Name.Local; name == "testsuite" || name == "testsuites" {
				c := claimed[len(claimed)-1]
				claimed = claimed[:len(claimed)-1]
				for _, a := range []string{"tests", "failures", "errors", "skipped"} {
					if a == "skipped" && name == "testsuites" {
						continue
					}
					if c[a] != c["seen "+a] {
						out = append(out, fmt.Sprintf("<%s> says %d %s, and has %d", name, c[a], a, c["seen "+a]))
					}
				}
			}
		}
	}
}

func TestJUnitKeepsTheRules(t *testing.T) {
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			out, count := junitBreaches(write(t, "junit", r, Options{}))
			for _, b := range out {
				t.Error(b)
			}
			s := r.Summary()
			gaps := len(unread(r))
			want := map[string]int{
				"testcase": r.Findings.Len() + gaps, "failure": s.Failed, "error": gaps, "skipped": s.Unknown + s.NotApplicable + s.Excepted,
			}
			for element, n := range want {
				if count[element] != n {
					t.Errorf("%d <%s>, want %d", count[element], element, n)
				}
			}
		})
	}
}
