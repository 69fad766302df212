package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A usageError says that the command line cannot be followed, and how it could.
type usageError struct{ text, hint string }

func (e *usageError) Error() string { return e.text }

// badUsage makes an error of usage. The hint may be empty.
func badUsage(hint, format string, args ...any) error {
	return &usageError{text: fmt.Sprintf(format, args...), hint: hint}
}

// didYouMean is a hint at the word that was probably meant, else at all of them.
func didYouMean(word string, words []string) string {
	if near := closest(word, words); near != "" {
		return "did you mean " + near + "?"
	}
	return "want one of " + strings.Join(words, ", ")
}

// closest is the word that is most like another, "" if none is like it. Of two
// that are, the one counts that begins like it for longer. Words with other
// numbers are not alike: ECS.6 is no slip for ECS.5.
func closest(word string, words []string) string {
	word = strings.ToLower(word)
	best, distance, shared := "", 3, 0
	for _, w := range words {
		lower := strings.ToLower(w)
		if digits(word) != digits(lower) {
			continue
		}
		same := common(word, lower)
		d := edits(word, lower)
		if len(word) >= 3 && same == len(word) {
			d = min(d, 1)
		}
		if d < max(2, len(word)) && (d < distance || d == distance && same > shared && best != "") {
			best, distance, shared = w, d, same
		}
	}
	return best
}

func digits(word string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, word)
}

// common is how many letters two words begin with in common.
func common(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// edits is how many letters must be changed, added, removed or swapped with their
// neighbour to make b of a.
func edits(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// badFlag makes an error of usage of what the parser of flags says.
func badFlag(cmd *cobra.Command, err error) error {
	hint := "see " + cmd.CommandPath() + " --help"
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return badUsage(hint, "%s", err)
	}
	name := unknown.GetSpecifiedName()
	word := strings.TrimLeft(name, "-")
	if short := unknown.GetSpecifiedShortnames(); short != "" {
		word, _, _ = strings.Cut(short, "=") // -format, with one dash
		name = "-" + word
	} else {
		name = "--" + name
	}
	if near := closest(word, flagNames(cmd)); near != "" {
		hint = "did you mean --" + near + "?"
	}
	return badUsage(hint, "unknown flag %s", name)
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// noArguments refuses arguments where a command takes none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return badUsage("see "+cmd.CommandPath()+" --help", "%s takes no argument, %q was given", cmd.CommandPath(), args[0])
}

// aCommand refuses what is no subcommand.
func aCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	hint := didYouMean(args[0], names)
	if _, err := os.Stat(args[0]); err == nil && cmd.Parent() == nil {
		hint = "to scan it: " + cmd.Name() + " scan " + args[0]
	}
	return badUsage(hint, "unknown command %q for %q", args[0], cmd.CommandPath())
}
