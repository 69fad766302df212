package document

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsentry/ecsentry/value"
)

// show writes a quote as a person sees it, with the mark below its line.
func show(lines []value.Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strconv.Itoa(l.Number) + "|" + l.Text + "\n")
		if l.MarkEnd > l.Mark {
			b.WriteString(strings.Repeat(" ", len(strconv.Itoa(l.Number))+1+l.Mark) + strings.Repeat("^", l.MarkEnd-l.Mark) + "\n")
		}
	}
	return b.String()
}

const quoted = `# secret
Key: secret # secret
ContainerDefinitions:
  - Name: app
    Image: !Sub "secret"
    Privileged: &p true # secret
    Command: [secret, {secret: *p}]
    Environment:
      - Name: LEVEL
        Value: secret
      - !If [Dev, {Name: 'MODE', Value: !Ref Mode}, !Ref "AWS::NoValue"]
    Text: |
      secret
      secret
    Links:
    - 1
    - 2
    - 3
    - 4
    - 5
Name: secret
`

func TestQuote(t *testing.T) {
	tests := []struct {
		name, text, at, want string
	}{
		{"a scalar", quoted, "true", `5|    Image: !Sub ‹hidden›
6|    Privileged: &p true
                     ^^^^
7|    Command: [‹hidden›, {secret: *p}]
`},
		{"an alias", quoted, "*p", `6|    Privileged: &p ‹hidden›
7|    Command: [‹hidden›, {secret: *p}]
                                   ^^
8|    Environment:
`},
		{"a tagged scalar", quoted, `"secret"`, `4|  - Name: app
5|    Image: !Sub "secret"
                  ^^^^^^^^
6|    Privileged: &p ‹hidden›
`},
		{"the first line", quoted, "secret # secret\nC", `1|
2|Key: secret
       ^^^^^^
3|ContainerDefinitions:
`},
		{"a variable's value", quoted, "secret\n      - !If", `9|      - Name: LEVEL
10|        Value: ‹hidden›
                  ^^^^^^^^
11|      - !If [‹hidden›, {Name: 'MODE', Value: !Ref ‹hidden›}, !Ref ‹hidden›]
`},
		{"a variable's name", quoted, "LEVEL", `8|    Environment:
9|      - Name: LEVEL
                ^^^^^
10|        Value: ‹hidden›
`},
		{"a variable's value that refers", quoted, "Mode", `10|        Value: ‹hidden›
11|      - !If [‹hidden›, {Name: 'MODE', Value: !Ref ‹hidden›}, !Ref ‹hidden›]
                                                     ^^^^^^^^
12|    Text: ‹hidden›
`},
		{"a collection", quoted, "[secret, {secret: *p}]", `6|    Privileged: &p ‹hidden›
7|    Command: [‹hidden›, {secret: *p}]
               ^^^^^^^^^^^^^^^^^^^^^^^^
8|    Environment:
`},
		{"a long collection", quoted, "- 1", `15|    Links:
16|    - ‹hidden›
       ^^^^^^^^^^
17|    - ‹hidden›
18|    - ‹hidden›
19|    - ‹hidden›
`},
		{"a block scalar", quoted, "|\n", `11|      - !If [‹hidden›, {Name: 'MODE', Value: !Ref ‹hidden›}, !Ref ‹hidden›]
12|    Text: |
             ^
13|      secret
14|      secret
15|    Links:
`},
		{"a name elsewhere", quoted, "ContainerDefinitions", `2|Key: ‹hidden›
3|ContainerDefinitions:
  ^^^^^^^^^^^^^^^^^^^^
4|  - Name: app
`},
		{"control characters", "\"a\": \"x\\n\"\nb: 'y\u202e'\n\"c\u200b\": d\n", "'y\u202e'", "1|\"a\": ‹hidden›\n2|b: 'y�'\n     ^^^^\n3|\"c�\": ‹hidden›\n"},
		{"JSON", `{"name": "secret", "containerDefinitions": [{"name": "app", "user": "root", "environment": [{"name": "A", "value": "secret"}]}]}`, `"root"`,
			`1|{"name": ‹hidden›, "containerDefinitions": [{"name": "app", "user": "root", "environment": [{"name": "A", "value": ‹hidden›}]}]}` + "\n" +
				strings.Repeat(" ", 70) + "^^^^^^\n"},
		{"variables by name", "Environment:\n  Variables:\n    A: secret\n", "secret", "2|  Variables:\n3|    A: ‹hidden›\n         ^^^^^^^^\n"},
		{"merged", "x: &x {Name: secret, b: secret}\ny:\n  <<: *x\n  Name: z\n", "z", "3|  <<: *x\n4|  Name: z\n          ^\n"},
		{"Fn::If", `{"Environment": {"Fn::If": ["c", [{"Name": "A", "Value": "secret"}], "secret"]}}`, `"A"`,
			`1|{"Environment": {"Fn::If": [‹hidden›, [{"Name": "A", "Value": ‹hidden›}], ‹hidden›]}}` + "\n" + strings.Repeat(" ", 50) + "^^^\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := Parse("x", []byte(tt.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			off := int32(strings.Index(tt.text, tt.at))
			end := off + int32(len(tt.at))
			if n := nodeAt(f, off); n != nil {
				end = n.End
			}
			if diff := cmp.Diff(tt.want, show(f.Quote(off, end))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// nodeAt is the smallest node that starts at off.
func nodeAt(f *File, off int32) *Node {
	var found *Node
	r := roles{file: f, may: map[*Node]bool{}, never: map[*Node]bool{}}
	for _, n := range f.Documents {
		r.walk(n, nil)
	}
	for _, n := range r.all {
		if n.Start == off && (found == nil || n.IsScalar() == found.IsScalar() && n.End < found.End || n.Kind == List) {
			found = n
		}
	}
	return found
}

func TestQuoteLongLine(t *testing.T) {
	text := `[` + strings.Repeat(`{"name": "é", "value": "secret"}, `, 20000) + `{"cpu": 256}` + strings.Repeat(`, "secret"`, 1000) + `]`
	f, err := Parse("x", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	off := int32(strings.Index(text, "256"))
	lines := f.Quote(off, off+3)
	got := show(lines)
	if len(lines) != 1 || strings.Contains(got, "secret") || strings.Count(got, "…") != 2 {
		t.Error(got)
	}
	if l := lines[0]; string([]rune(l.Text)[l.Mark:l.MarkEnd]) != "256" {
		t.Errorf("the mark is on %q", string([]rune(l.Text)[l.Mark:l.MarkEnd]))
	}
}

func BenchmarkQuote(b *testing.B) {
	f, err := Parse("x", benchTemplate(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	n := f.Documents[0].Get("Resources").Get("Task1").Get("Properties").Get("Cpu")
	for b.Loop() {
		f.Quote(n.Start, n.End)
	}
}
