package cli

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/ecsentry/ecsentry"
)

type jsonControl struct {
	ID           string          `json:"id"`
	Title        string          `json:"title"`
	Description  string          `json:"description"`
	Rationale    string          `json:"rationale"`
	Remediation  string          `json:"remediation"`
	Severity     string          `json:"severity"`
	Category     string          `json:"category"`
	ResourceType string          `json:"resource_type"`
	ConfigRule   string          `json:"config_rule"`
	CustomRule   bool            `json:"custom_rule"`
	Schedule     string          `json:"schedule"`
	Parameters   []jsonParameter `json:"parameters"`
	Requirements []string        `json:"requirements"`
	TruthTable   *jsonTable      `json:"truth_table"` // null where there is none
	Since        string          `json:"since"`
}

type jsonParameter struct {
	Name         string `json:"name"`
	Value        any    `json:"value"` // a list where the parameter is one
	Customizable bool   `json:"customizable"`
	Description  string `json:"description"`
}

type jsonTable struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

func controlJSON(w io.Writer, c *ecsentry.Control) error {
	return encodeJSON(w, jsonControlOf(c))
}

func controlsJSON(w io.Writer, all []*ecsentry.Control) error {
	out := make([]jsonControl, len(all))
	for i, c := range all {
		out[i] = jsonControlOf(c)
	}
	return encodeJSON(w, out)
}

func encodeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func jsonControlOf(c *ecsentry.Control) jsonControl {
	out := jsonControl{
		ID: c.ID, Title: c.Title, Description: c.Description, Rationale: c.Rationale, Remediation: c.Remediation,
		Severity: strings.ToUpper(c.Severity.String()), Category: c.Category, ResourceType: string(c.ResourceType),
		ConfigRule: c.ConfigRule, CustomRule: c.CustomRule, Schedule: c.Schedule,
		Parameters: []jsonParameter{}, Requirements: append([]string{}, c.Requirements...), Since: c.Since,
	}
	for _, p := range c.Parameters {
		q := jsonParameter{Name: p.Name, Customizable: p.Customizable, Description: p.Description}
		if p.List {
			q.Value = append([]string{}, p.Value...)
		} else {
			q.Value = strings.Join(p.Value, ",")
		}
		out.Parameters = append(out.Parameters, q)
	}
	if t := c.TruthTable; t != nil {
		out.TruthTable = &jsonTable{t.Columns, t.Rows}
	}
	return out
}
