package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// Extras are the texts that the program writes about itself.
type Extras struct {
	Bash, Zsh, Fish, PowerShell []byte
	Man                         []byte // ecsentry.1
}

// extras asks a binary that runs here.
func (r *Release) extras(ctx context.Context, binary string) (*Extras, error) {
	ask := func(args ...string) ([]byte, error) {
		out, err := exec.CommandContext(ctx, binary, args...).Output() //nolint:gosec // it was just built
		if err != nil {
			return nil, fmt.Errorf("ecsentry %s: %w", strings.Join(args, " "), err)
		}
		return out, nil
	}
	e := &Extras{}
	for _, c := range []struct {
		shell string
		to    *[]byte
	}{{"bash", &e.Bash}, {"zsh", &e.Zsh}, {"fish", &e.Fish}, {"powershell", &e.PowerShell}} {
		out, err := ask("completion", c.shell)
		if err != nil {
			return nil, err
		}
		*c.to = out
	}
	var err error
	e.Man, err = r.manual(ask)
	return e, err
}

// manual is a manual page of what the help says: a section for each command.
func (r *Release) manual(ask func(...string) ([]byte, error)) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, ".TH ECSENTRY 1 %q %q\n", r.Time.Format("2006-01-02"), "ecsentry "+r.Number())
	b.WriteString(".SH NAME\necsentry \\- judge Amazon ECS resources by the controls of AWS Security Hub\n")
	b.WriteString(".SH SYNOPSIS\n.B ecsentry\n.I COMMAND\n[\\fIARGUMENT\\fR ...]\n.SH DESCRIPTION\n")
	text, err := ask("help")
	if err != nil {
		return nil, err
	}
	b.WriteString(verbatim(text))
	for _, command := range commands(text) {
		text, err := ask("help", command)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, ".SH %q\n%s", "ECSENTRY "+strings.ToUpper(command), verbatim(text))
	}
	return b.Bytes(), nil
}

// commands are those that a help lists, but for those that every program has.
func commands(help []byte) (names []string) {
	_, list, _ := strings.Cut(string(help), "\nAvailable Commands:\n")
	for line := range strings.SplitSeq(list, "\n") {
		if !strings.HasPrefix(line, "  ") {
			break
		}
		if name := strings.Fields(line)[0]; name != "help" && name != "completion" {
			names = append(names, name)
		}
	}
	return names
}

// verbatim is text that the formatter leaves as it is.
func verbatim(text []byte) string {
	var b strings.Builder
	b.WriteString(".nf\n")
	for line := range strings.Lines(strings.TrimRight(string(text), "\n") + "\n") {
		line = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "…", "...").Replace(line)
		if strings.HasPrefix(line, ".") {
			line = `\&` + line
		}
		b.WriteString(line)
	}
	b.WriteString(".fi\n")
	return b.String()
}

// zipped is gzip data that says neither a name nor a time.
func zipped(data []byte) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	err := z.Close()
	return b.Bytes(), err
}
