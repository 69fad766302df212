package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
)

// A peer is another tool.
type peer struct {
	name    string
	command string // the program that it is looked for by
	version []string
	how     string // what it was given, for the page
	// ask gives the tool's answers by the case's name. Of a case that is missing it
	// said nothing.
	ask func(ctx context.Context, job job) (map[string][]answer, error)
}

// A job is what a peer is asked.
type job struct {
	program string
	root    string
	dir     string // for its files, removed afterwards
	cases   []aCase
}

// An answer is one thing that a tool said of a case. Without one its rules have
// none for the control, or it does not read the form: Said says so.
type answer struct {
	Said  string `json:"said"`            // in the tool's own words: FAILED, PASS, …
	Rule  string `json:"rule,omitempty"`  // by which of its rules
	Words string `json:"words,omitempty"` // what it said, or the rule's title
}

// given is what the peers that were found answered.
type given struct {
	Made    string                         `json:"made"`
	Found   []found                        `json:"found"`
	Missing []string                       `json:"missing"`
	Answers map[string]map[string][]answer `json:"answers"` // by case, then by peer
}

type found struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	How     string `json:"how"`
}

func peers() []peer {
	return []peer{checkov(), prowler(), cfnLint(), trivy(), kics()}
}

// noRules are tools that bring no rules of their own, so there is nothing to ask.
func noRules() []string { return []string{"cfn-guard"} }

// ask asks every peer that is there.
func ask(ctx context.Context, root string, all []aCase, progress io.Writer) (given, error) {
	g := given{Answers: map[string]map[string][]answer{}, Missing: []string{}}
	for _, p := range peers() {
		program := find(root, p.command)
		if program == "" {
			g.Missing = append(g.Missing, p.name)
			continue
		}
		version, err := versionOf(ctx, program, p.version)
		if err != nil {
			return g, fmt.Errorf("ask %s for its version: %w", p.name, err)
		}
		_, _ = fmt.Fprintf(progress, "asking %s %s ...\n", p.name, version)
		got, err := answersOf(ctx, p, job{program: program, root: root, cases: all})
		if err != nil {
			return g, fmt.Errorf("ask %s: %w", p.name, err)
		}
		g.Found = append(g.Found, found{p.name, version, p.how})
		for name, a := range got {
			if g.Answers[name] == nil {
				g.Answers[name] = map[string][]answer{}
			}
			g.Answers[name][p.name] = a
		}
	}
	return g, nil
}

func answersOf(ctx context.Context, p peer, j job) (map[string][]answer, error) {
	dir, err := os.MkdirTemp("", "ecsentry-comparison-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder
	j.dir = dir
	return p.ask(ctx, j)
}

// find finds a program where bench/comparison/install puts it, else on the path.
func find(root, command string) string {
	own := filepath.Join(root, ".peers", command, "bin", command)
	if _, err := os.Stat(own); err == nil {
		return own
	}
	program, err := exec.LookPath(command)
	if err != nil {
		return ""
	}
	return program
}

// versionOf is the version in what a tool prints.
func versionOf(ctx context.Context, program string, args []string) (string, error) {
	out, err := exec.CommandContext(ctx, program, args...).Output() //nolint:gosec // found by name
	if err != nil {
		return "", err
	}
	v := regexp.MustCompile(`\d+\.\d+[\w.+-]*`).FindString(string(out))
	if v == "" {
		return "", errors.New("it prints none")
	}
	return v, nil
}

// output runs a tool that says by its exit code that it found something.
func output(cmd *exec.Cmd) ([]byte, error) {
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && len(out) == 0 && len(exit.Stderr) > 0 {
		return nil, fmt.Errorf("%w: %s", err, exit.Stderr)
	}
	if err != nil && exit == nil {
		return nil, err
	}
	return out, nil
}
