package cli

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// A Build says what the program was made of. What the linker did not set, as with
// go install, is what the Go command noted.
type Build struct {
	Version string
	Commit  string // full; empty where nobody knows
}

// noted fills in what the Go command noted.
func (b Build) noted(info *debug.BuildInfo) Build {
	if info == nil {
		info = &debug.BuildInfo{}
	}
	if b.Version == "" && info.Main.Version != "(devel)" {
		b.Version = info.Main.Version
	}
	if b.Version == "" {
		b.Version = "dev"
	}
	if b.Commit == "" {
		changed := ""
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				b.Commit = s.Value
			case s.Key == "vcs.modified" && s.Value == "true":
				changed = "-dirty"
			}
		}
		if b.Commit != "" {
			b.Commit += changed
		}
	}
	return b
}

// shown is the commit as people write it.
func (b Build) shown() string {
	id, rest, _ := strings.Cut(b.Commit, "-")
	switch {
	case b.Commit == "":
		return ""
	case rest != "":
		rest = "-" + rest
	}
	return "commit " + id[:min(12, len(id))] + rest + ", "
}

func newVersion(p Process) *cobra.Command {
	var format string
	words := []string{"text", "json"}
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			switch format {
			case "text":
				_, err := fmt.Fprintf(p.Stdout, "ecsentry %s (%s%s, %s/%s)\n", p.Version, Build{p.Version, p.Commit}.shown(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
				return withoutPipe(err)
			case "json":
				return withoutPipe(json.NewEncoder(p.Stdout).Encode(struct {
					Version string `json:"version"`
					Commit  string `json:"commit"`
					Go      string `json:"go"`
					OS      string `json:"os"`
					Arch    string `json:"arch"`
				}{p.Version, p.Commit, runtime.Version(), runtime.GOOS, runtime.GOARCH}))
			}
			return badUsage(didYouMean(format, words), "--format: unknown format %q", format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "`FORMAT`: "+strings.Join(words, ", "))
	completeWords(cmd, "format", words)
	return cmd
}
