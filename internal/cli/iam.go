package cli

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/ecsentry/ecsentry/internal/source/live"
)

func newIAM(p Process) *cobra.Command {
	iam := &cobra.Command{
		Use:   "iam",
		Short: "Print the IAM policies that ecsentry needs",
		Args:  aCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	aggregator := false
	scan := &cobra.Command{
		Use:   "scan",
		Short: "Print the least that scan --aws must be allowed",
		Long: `Print the IAM policy that scan --aws needs: to list and to describe, nothing else.
Without --region all its second statement can be left out. With --config-aggregator
it is the policy that scan --config-aggregator needs.`,
		Example: `  ecsentry iam scan > policy.json
  aws iam create-policy --policy-name ecsentry-scan --policy-document file://policy.json`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			enc := json.NewEncoder(p.Stdout)
			enc.SetIndent("", "  ")
			if aggregator {
				return withoutPipe(enc.Encode(live.AggregatorPolicy()))
			}
			return withoutPipe(enc.Encode(live.Policy()))
		},
	}
	scan.Flags().BoolVar(&aggregator, "config-aggregator", false, "the policy for a configuration aggregator of AWS Config")
	iam.AddCommand(scan)
	return iam
}
