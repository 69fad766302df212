package cli

import (
	"os"

	"github.com/ecsentry/ecsentry/internal/source/terraform"
)

// A variable is one --var or --var-file. They stand in one list, since their order
// counts.
type variable struct {
	text string
	file bool
}

// A variableFlag is a flag that adds to the list.
type variableFlag struct {
	all  *[]variable
	file bool
}

func (f variableFlag) String() string { return "" }
func (f variableFlag) Type() string   { return "stringArray" }

// Set is called for each time that the flag is given, in their order.
func (f variableFlag) Set(text string) error {
	*f.all = append(*f.all, variable{text, f.file})
	return nil
}

// readVariables collects the values of Terraform's variables. The last one wins.
// No error shows a value.
func readVariables(given []variable) (terraform.Variables, error) {
	var all terraform.Variables
	for _, g := range given {
		if !g.file {
			if !all.Set(g.text) {
				return all, badUsage("write --var NAME=VALUE", "--var: there is no name and = before the value")
			}
			continue
		}
		data, err := os.ReadFile(g.text)
		if err != nil {
			return all, badUsage("", "--var-file %s: %s", g.text, reasonOf(err))
		}
		if err := all.Add(g.text, data); err != nil {
			return all, badUsage("it holds what Terraform's -var-file takes: NAME = VALUE, or JSON if it ends in .json", "--var-file %s: %s", g.text, err)
		}
	}
	return all, nil
}
