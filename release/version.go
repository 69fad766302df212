package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Platform is what a binary is built for.
type Platform struct{ OS, Arch string }

func (p Platform) String() string { return p.OS + "/" + p.Arch }

func platformNames() []string {
	return []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}
}

// Options say what to make. What is empty git tells.
type Options struct {
	Root, Out       string
	Version, Commit string
	Epoch           string // seconds since 1970, the time of all that is made
	Platforms       []Platform
}

func (o *Options) platforms(names string) error {
	for name := range strings.SplitSeq(names, ",") {
		system, arch, ok := strings.Cut(name, "/")
		if !ok || system == "" || arch == "" {
			return fmt.Errorf("platform %q: want one like linux/amd64", name)
		}
		o.Platforms = append(o.Platforms, Platform{system, arch})
	}
	return nil
}

// A Release is what is made, and when it says it was made.
type Release struct {
	Options
	Time time.Time
}

// plan fills in what git tells.
func plan(ctx context.Context, o Options) (*Release, error) {
	for _, w := range []struct {
		value *string
		args  []string
	}{
		{&o.Version, []string{"describe", "--tags", "--always", "--dirty"}},
		{&o.Commit, []string{"rev-parse", "HEAD"}},
		{&o.Epoch, []string{"log", "-1", "--format=%ct"}},
	} {
		if *w.value != "" {
			continue
		}
		out, err := exec.CommandContext(ctx, "git", append([]string{"-C", o.Root}, w.args...)...).Output() //nolint:gosec // the arguments are ours
		if err != nil {
			return nil, fmt.Errorf("git %s: %w (outside a clone set VERSION, COMMIT and SOURCE_DATE_EPOCH)", strings.Join(w.args, " "), err)
		}
		*w.value = strings.TrimSpace(string(out))
	}
	if !regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z.+~-]*$`).MatchString(o.Version) {
		return nil, fmt.Errorf("version %q: want letters, digits, dots, +, ~ and -", o.Version)
	}
	seconds, err := strconv.ParseInt(o.Epoch, 10, 64)
	if err != nil || seconds < 0 {
		return nil, errors.New("SOURCE_DATE_EPOCH: want seconds since 1970")
	}
	return &Release{o, time.Unix(seconds, 0).UTC()}, nil
}

// Number is the version as file names have it, without the v of a tag.
func (r *Release) Number() string {
	if len(r.Version) > 1 && r.Version[0] == 'v' && r.Version[1] >= '0' && r.Version[1] <= '9' {
		return r.Version[1:]
	}
	return r.Version
}

// PackageVersion is the version in the order that packages have: 1.2.3~rc.1 comes
// before 1.2.3, 1.2.3+4.gabc after it, and a commit without a tag before all.
func (r *Release) PackageVersion() string {
	m := regexp.MustCompile(`^(\d+\.\d+\.\d+)(?:-(.+))?$`).FindStringSubmatch(r.Number())
	if m == nil {
		return "0~git." + strings.ReplaceAll(r.Number(), "-", ".")
	}
	base, rest := m[1], m[2]
	if rest == "" {
		return base
	}
	dotted := strings.ReplaceAll(rest, "-", ".")
	if regexp.MustCompile(`^\d+-g[0-9a-f]+(-dirty)?$|^dirty$`).MatchString(rest) {
		return base + "+" + dotted
	}
	return base + "~" + dotted
}
