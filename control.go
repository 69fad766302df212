package ecsentry

import (
	"slices"
	"strings"
)

// ResourceType is a type of resource as AWS CloudFormation names it.
type ResourceType string

// The types that the controls judge.
const (
	TaskDefinition ResourceType = "AWS::ECS::TaskDefinition"
	Service        ResourceType = "AWS::ECS::Service"
	Cluster        ResourceType = "AWS::ECS::Cluster"
)

// A Control is one security control: what its page says, as data, and the
// function that decides it.
type Control struct {
	ID           string // "ECS.5"
	Title        string // as on the control's page
	Description  string // what is checked, in our words
	Rationale    string // why it matters
	Remediation  string // what to do
	Severity     Severity
	Category     string // "Protect > Secure access management"
	ResourceType ResourceType
	ConfigRule   string // the AWS Config rule behind it
	CustomRule   bool   // the rule is Security Hub's own, not one managed by AWS Config
	Schedule     string // "Change triggered"
	Parameters   []Parameter
	Requirements []string // "NIST.800-53.r5 AC-3(15)"
	Since        string   // edition of the text: "2024"
	TruthTable   *TruthTable
	Check        Check
}

// A Parameter steers a control.
type Parameter struct {
	Name         string
	Value        []string // the value in force; a list where it is a list
	List         bool
	Customizable bool // by the text; ecsentry's policy file may override all the same
	Description  string
	Form         string    // that a value must have, as a regular expression; "" for any
	Wants        string    // the form in words
	Override     *Override // nil where Value is the text's
}

// An Override says that a policy gave a parameter its value.
type Override struct {
	By   string   // the policy's file
	Text []string // the value that the control's text gives
}

// A TruthTable shows how a control decides, for people.
type TruthTable struct {
	Columns []string
	Rows    [][]string
}

// A Check decides a control for one variant of a resource. The packages that
// define resources make checks of typed functions.
type Check func(resource any, p Params) Verdict

// Params are the values of a control's parameters, by name.
type Params map[string][]string

// Defaults are the values that the control's own text gives.
func (c *Control) Defaults() Params {
	if len(c.Parameters) == 0 {
		return nil
	}
	p := make(Params, len(c.Parameters))
	for _, q := range c.Parameters {
		p[q.Name] = q.Value
	}
	return p
}

// List returns the elements of a parameter: each may itself be comma-separated;
// spaces around elements do not count. The caller must not change them.
func (p Params) List(name string) []string {
	if all := p[name]; !slices.ContainsFunc(all, unclean) {
		return all
	}
	var out []string
	for _, v := range p[name] {
		for e := range strings.SplitSeq(v, ",") {
			if e = strings.TrimSpace(e); e != "" {
				out = append(out, e)
			}
		}
	}
	return out
}

// unclean tells whether an element of a list is not exactly one value.
func unclean(v string) bool {
	return v == "" || strings.Contains(v, ",") || strings.TrimSpace(v) != v
}

// One returns a parameter that is a single value, "" if it is not given.
func (p Params) One(name string) string {
	if v := p[name]; len(v) > 0 {
		return strings.TrimSpace(v[0])
	}
	return ""
}

// Settings are the parameters of each control by its ID. What is not in it has
// the defaults of the control.
type Settings map[string]Params

// For returns the parameters of a control, each with its default where the
// settings say nothing.
func (s Settings) For(c *Control) Params {
	p := c.Defaults()
	for name, v := range s[c.ID] {
		if p == nil {
			p = Params{}
		}
		p[name] = v
	}
	return p
}
