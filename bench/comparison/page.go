package main

import (
	"fmt"
	"strings"
)

// write writes the page: a table of all, then each case with its sentence and
// what each tool said.
func write(all []aCase, verdicts map[string]verdict, g given) string {
	var b strings.Builder
	b.WriteString(`# Comparison

Inputs that a sentence of a control decides, one way and not the other. The sentence is quoted from the text of the controls; the verdict that it wants was written by hand, and a test demands that
ecsentry's is that one. What other tools say of the same inputs stands beside it, in their own words. Each of them checks much that
ecsentry doesn't; a tool that has no check for a control, or doesn't read a form, isn't wrong about it.

`)
	fmt.Fprintf(&b, "`make comparison` makes this page; the inputs are in [bench/comparison/cases](../bench/comparison/cases). The other tools were asked on %s:\n\n", g.Made)
	for _, f := range g.Found {
		fmt.Fprintf(&b, "- **%s %s**: %s\n", f.Name, f.Version, f.How)
	}
	if len(g.Missing) > 0 {
		fmt.Fprintf(&b, "- Not found on the machine that made this page: %s.\n", strings.Join(g.Missing, ", "))
	}
	fmt.Fprintf(&b, "- Not asked, because it brings no rules of its own: %s.\n", strings.Join(noRules(), ", "))
	b.WriteString("\n| input | form | control | wanted | ecsentry |")
	for _, f := range g.Found {
		fmt.Fprintf(&b, " %s |", f.Name)
	}
	b.WriteString("\n|---|---|---|---|---|" + strings.Repeat("---|", len(g.Found)) + "\n")
	for i, c := range all {
		fmt.Fprintf(&b, "| [%d. %s](#%s) | %s | %s | %s | %s |", i+1, c.title, anchor(i, c), c.form, c.control, c.want, verdicts[c.name].status)
		for _, f := range g.Found {
			fmt.Fprintf(&b, " %s |", short(g.Answers[c.name][f.Name]))
		}
		b.WriteString("\n")
	}
	for i, c := range all {
		fmt.Fprintf(&b, "\n## %d. %s\n\n", i+1, c.title)
		fmt.Fprintf(&b, "[%s](../%s), `%s`. %s:\n\n> %s\n\n%s\n\n", c.form, c.input(), c.resource, c.control, c.sentence, c.because)
		b.WriteString("| tool | says |\n|---|---|\n")
		v := verdicts[c.name]
		fmt.Fprintf(&b, "| ecsentry | %s: %s |\n", v.status, cell(v.reason))
		for _, f := range g.Found {
			fmt.Fprintf(&b, "| %s | %s |\n", f.Name, long(g.Answers[c.name][f.Name]))
		}
	}
	return b.String()
}

// anchor is the link to a heading as code hosts make it.
func anchor(i int, c aCase) string {
	var out strings.Builder
	for _, r := range strings.ToLower(fmt.Sprintf("%d. %s", i+1, c.title)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_', r == '-':
			out.WriteRune(r)
		case r == ' ':
			out.WriteByte('-')
		}
	}
	return out.String()
}

// short is what a tool said, each word once.
func short(answers []answer) string {
	var out []string
	for _, a := range answers {
		said := a.Said
		if a.Rule != "" && !strings.Contains(said, " ") && len(answers) > 1 {
			said += " " + subject(a)
		}
		if len(out) == 0 || out[len(out)-1] != said {
			out = append(out, said)
		}
	}
	return cell(strings.Join(out, ", "))
}

// subject tells several answers apart.
func subject(a answer) string {
	if _, after, found := strings.Cut(a.Words, "with revision "); found {
		revision, _, _ := strings.Cut(after, " ")
		return "(revision " + revision + ")"
	}
	return a.Rule
}

func long(answers []answer) string {
	var out []string
	for _, a := range answers {
		s := a.Said
		if a.Rule != "" {
			s += ", " + a.Rule
		}
		if a.Words != "" {
			s += ": “" + a.Words + "”"
		}
		out = append(out, cell(s))
	}
	return strings.Join(out, "<br>")
}

// cell is a text that may stand in a table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", "*", `\*`).Replace(s)
}
