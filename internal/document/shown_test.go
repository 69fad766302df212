package document

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Of a placeholder a quote shows the name, never a default, which may be a secret;
// that is so for the value that was asked for and for what is always shown.
func TestQuotePlaceholders(t *testing.T) {
	const canary = "hunter2"
	for _, tt := range []struct{ written, shown string }{
		{`awslogs`, `awslogs`},
		{`"root:${GROUP}"`, `"root:${GROUP}"`},
		{`"${AWS::Region}-${Cluster.Arn}"`, `"${AWS::Region}-${Cluster.Arn}"`},
		{`"{{ .Values.user }}"`, `"{{ .Values.user }}"`},
		{`"{{{user}}}-{{- x -}}"`, `"{{{user}}}-{{- x -}}"`},
		{`"<USER>, %USER%, #{user}#, <%= user %>, $(USER)"`, `"<USER>, %USER%, #{user}#, <%= user %>, $(USER)"`},
		{`"${LOG:-{\"logDriver\":\"splunk\",\"options\":{\"splunk-token\":\"hunter2\"}}}"`, `"${LOG…}"`},
		{`'${P:-hunter2}'`, `'${P…}'`},
		{`"${P:-a{b}hunter2}c"`, `"${P…}c"`},
		{`"${P:-{\"a\":\"}\",\"b\":\"hunter2\"}}"`, `"${P…}"`},
		{`"a ${A} b ${B:-hunter2} c"`, `"a ${A} b ${B…} c"`},
		{`"${A:-hunter2` + "\n  " + `hunter2} b"`, `"${A…`},
		{`"${P:-hunter2"`, `"${P…`},
		{`"{{ .Values.p | default \"hunter2\" }}"`, `"{{ .Values.p…}}"`},
		{`"{{ 'hunter2' }}"`, `"{{ …}}"`},
		{`"{{resolve:ssm-secure:hunter2}}"`, `"{{resolve…}}"`},
		{`"{% if hunter2 %}a{% endif %}"`, `"{% if…%}"`},
		{`"<% p = 'hunter2' %>$(echo hunter2)#{ask('hunter2')}%{ if hunter2 }"`, `"<% p…%>$(echo…)}%{ if…}"`},
		{`"\u0024{P:-hunter2}"`, `"…`},
		{`"$\u007bP:-hunter2}"`, `"$…`},
		{`"$\x7bP:-hunter2}"`, `"$…`},
		{"\"$\\\n  {P:-hunter2}\"", `"$…`},
		{`"a\tb\\${P:-hunter2}"`, `"a\tb\\${P…}"`},
		{`"` + strings.Repeat("é", 80) + `hunter2"`, `"` + strings.Repeat("é", 79) + `…`},
		{`"` + strings.Repeat("é", 70) + `${PASSWORD:-hunter2}"`, `"` + strings.Repeat("é", 70) + `${PASSWOR…`},
		{`"` + strings.Repeat("é", 75) + `${P:-hunter2}` + strings.Repeat("x", 100) + `"`, `"` + strings.Repeat("é", 75) + `${P…`},
	} {
		f, err := Parse("x", []byte("k:\n- "+tt.written+"\n"), Options{})
		if err != nil {
			t.Errorf("%s: %v", tt.written, err)
			continue
		}
		n := f.Documents[0].Get("k").Items[0]
		got := ""
		for _, line := range f.Quote(n.Start, n.End) {
			if strings.Contains(line.Text, canary) {
				t.Errorf("%s: the quote shows %q", tt.written, line.Text)
			}
			if line.Number == 2 {
				got = strings.TrimPrefix(line.Text, "- ")
				if marked := string([]rune(line.Text)[line.Mark:line.MarkEnd]); marked != got {
					t.Errorf("%s: marked %q of %q", tt.written, marked, got)
				}
			}
		}
		if diff := cmp.Diff(tt.shown, got); diff != "" {
			t.Errorf("%s: %s", tt.written, diff)
		}
	}
	f, err := Parse("x", []byte(`{"containerDefinitions":[{"name":"${N:-hunter2}","${K:-hunter2}":1,"environment":[{"name":"{{ n | default \"hunter2\" }}"}]}]}`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := "1|{\"containerDefinitions\":[{\"name\":\"${N…}\",\"${K…}\":‹hidden›,\"environment\":[{\"name\":\"{{ n…}}\"}]}]}\n"
	if diff := cmp.Diff(want, show(f.Quote(0, 0))); diff != "" {
		t.Error(diff)
	}
}
