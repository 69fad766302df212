package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// completeWords completes the value of a flag with one of the words.
func completeWords(cmd *cobra.Command, flag string, words []string) {
	complete(cmd, flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// completeList completes a list with commas: each word once.
func completeList(cmd *cobra.Command, flag string, words []string) {
	complete(cmd, flag, func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndex(typed, ",")+1]
		var out []string
		for _, word := range words {
			if !slices.Contains(strings.Split(before, ","), word) {
				out = append(out, before+word)
			}
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	})
}

// completeOutput completes FORMAT[=FILE]: the format here, the file by the shell.
func completeOutput(cmd *cobra.Command) {
	complete(cmd, "output", func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		if strings.Contains(typed, "=") {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return formatNames(), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	})
}

func complete(cmd *cobra.Command, flag string, with cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, with); err != nil {
		panic(err) // the flag is named wrong where it is registered
	}
}

// levelWords are what --fail-on takes.
func levelWords() []string {
	return []string{"low", "medium", "high", "critical", "never", "low,unknown", "medium,unknown", "high,unknown", "critical,unknown"}
}
