package document

import (
	"fmt"
	"strings"
	"testing"
)

const template = `AWSTemplateFormatVersion: "2010-09-09"
# comment: here
Parameters:
  Env: {Type: String, Default: 'it''s'}
Resources:
  Task: &task
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: !Ref Mode
      Cpu: 256
      Privileged: true
      Old: yes
      Empty:
      Arn: !GetAtt A.B
      Sub: !Sub "x-${A}"
      If: !If [a, b, !Ref c]
      Long: !Sub
        - a
        - {b: c}
      List:
      - !If
        - A
        - !Ref "AWS::NoValue"
      Text: |
        one
          two

        three
      Fold: >-
        one
        two
      Multi: one
        two
          three
  Other:
    <<: *task
    Type: Other
`

func dump(f *File, n *Node, indent string, b *strings.Builder) {
	fmt.Fprintf(b, "%s%d/%d %q %q [%q]\n", indent, n.Kind, n.Style, n.Tag, n.Value, f.Data[n.Start:n.End])
	for _, i := range n.Items {
		dump(f, i, indent+"  ", b)
	}
	for _, x := range n.Fields {
		dump(f, x.Key, indent+"  ", b)
		dump(f, x.Value, indent+"    ", b)
	}
}

func TestDump(t *testing.T) {
	for _, s := range []string{template, "a: [b, c: d, 'e': {f}, \"x\" ,]\n? x\n? y\n: z\n", `{"a": [1, "\u0041\/", true, null]} {"a":{}}`} {
		f, err := Parse("x.yaml", []byte(s), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Documents {
			var b strings.Builder
			dump(f, d, "", &b)
			t.Log(b.String())
		}
	}
}
