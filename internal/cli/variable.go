package cli

import (
	"os"

	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

// readVariables collects the values of Terraform's variables: those of files in
// their order, then those of the command line. The last one wins. No error shows
// a value.
func readVariables(flags, files []string) (terraform.Variables, error) {
	var all terraform.Variables
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return all, badUsage("", "--var-file %s: %s", name, reasonOf(err))
		}
		if err := all.Add(name, data); err != nil {
			return all, badUsage("it holds what Terraform's -var-file takes: NAME = VALUE, or JSON if it ends in .json", "--var-file %s: %s", name, err)
		}
	}
	for _, flag := range flags {
		if !all.Set(flag) {
			return all, badUsage("write --var NAME=VALUE", "--var: there is no name and = before the value")
		}
	}
	return all, nil
}
