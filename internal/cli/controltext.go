package cli

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/ecsentry/ecsentry"
)

const textWidth = 78

// controlTable writes one line a control.
func controlTable(w io.Writer, all []*ecsentry.Control) error {
	rows := [][]string{{"control", "severity", "resource", "title"}}
	for _, c := range all {
		rows = append(rows, []string{c.ID, c.Severity.String(), kindOf(c.ResourceType), c.Title})
	}
	_, err := io.WriteString(w, table(rows, ""))
	return err
}

// controlText writes a control in full.
func controlText(w io.Writer, c *ecsentry.Control) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n\n", c.ID, c.Title)
	for _, fact := range facts(c) {
		fmt.Fprintf(&b, "%-13s %s\n", fact[0], fact[1])
	}
	for _, part := range [][2]string{{"What is checked", c.Description}, {"Why", c.Rationale}, {"What to do", c.Remediation}} {
		fmt.Fprintf(&b, "\n%s\n%s\n", part[0], wrap(part[1], "  "))
	}
	if t := c.TruthTable; t != nil {
		fmt.Fprintf(&b, "\nHow it decides\n%s", table(append([][]string{t.Columns}, t.Rows...), "  "))
	}
	if len(c.Parameters) > 0 {
		b.WriteString("\nParameters\n")
		for _, p := range c.Parameters {
			fmt.Fprintf(&b, "  %s: %s (%s)\n%s\n", p.Name, parameterValue(p), customizable(p), wrap(p.Description, "    "))
		}
	}
	b.WriteString("\nRelated requirements\n")
	for _, r := range c.Requirements {
		fmt.Fprintf(&b, "  %s\n", r)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// facts are what a control's page tells at its head.
func facts(c *ecsentry.Control) [][2]string {
	rule := c.ConfigRule
	if c.CustomRule {
		rule += " (custom Security Hub rule)"
	}
	return [][2]string{
		{"Severity", c.Severity.String()},
		{"Category", c.Category},
		{"Resource type", string(c.ResourceType)},
		{"Config rule", rule},
		{"Schedule", c.Schedule},
	}
}

func kindOf(t ecsentry.ResourceType) string {
	return strings.TrimPrefix(string(t), "AWS::ECS::")
}

func parameterValue(p ecsentry.Parameter) string {
	if len(p.Value) == 0 {
		return "empty"
	}
	return strings.Join(p.Value, ", ")
}

func customizable(p ecsentry.Parameter) string {
	if p.Customizable {
		return "customizable"
	}
	return "not customizable"
}

// table lines up columns; the last one is as wide as it is.
func table(rows [][]string, indent string) string {
	wide := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			wide[i] = max(wide[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		b.WriteString(indent)
		for i, cell := range row {
			b.WriteString(cell)
			if i < len(row)-1 {
				b.WriteString(strings.Repeat(" ", wide[i]-utf8.RuneCountInString(cell)+2))
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// wrap breaks text into lines.
func wrap(text, indent string) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case column == 0:
			b.WriteString(indent)
			column = len(indent)
		case column+1+n > textWidth:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
