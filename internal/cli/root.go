package cli

import (
	"io"

	"github.com/spf13/cobra"
)

// newRoot makes the command and its subcommands. A command that ran sets the
// exit code; one that could not run returns an error.
func newRoot(p Process, out io.Writer, code *int) *cobra.Command {
	root := &cobra.Command{
		Use:   "ecsentry",
		Short: "Judge Amazon ECS resources by the controls of AWS Security Hub",
		Long: `ecsentry judges Amazon ECS task definitions, services and clusters by the Amazon
ECS controls of AWS Security Hub: in files before they are deployed, or in an AWS
account. A scan only reads, sends nothing anywhere, and never prints the value of an
environment variable. What fails in a file, ecsentry fix mends.`,
		Example: `  ecsentry scan                      scan the current folder
  ecsentry scan --aws --region all   scan the AWS account
  ecsentry fix                       show how to mend what fails
  ecsentry controls ECS.5            explain a control`,
		Version:       p.Version,
		Args:          aCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(p.Stdin)
	root.SetOut(out)
	root.SetErr(p.Stderr)
	root.SetVersionTemplate("ecsentry {{.Version}}\n")
	root.Flags().Bool("version", false, "print the version") // without -v, which means verbose elsewhere
	root.SetFlagErrorFunc(badFlag)
	root.AddCommand(newScan(p, code), newFix(p, code), newReport(p, code), newDiff(p, code), newExplain(p, code), newExceptions(p, code), newControls(p), newIAM(p), newVersion(p))
	root.SetHelpCommand(newHelp())
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" { // it would take any word for a question
			cmd.Args, cmd.RunE = aCommand, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
	return root
}

// newHelp is cobra's command help, but that a topic that is not there is an error.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Explain a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			topic, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return aCommand(topic, rest)
			}
			topic.InitDefaultHelpFlag()
			return topic.Help()
		},
	}
}
