package asff_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A limit is what the format says of one field. Text is counted in characters,
// lists and maps in elements. max 0 means that the format names none.
type limit struct {
	kind     string // text, time, list, map, object or number
	required bool
	min, max int
	oneOf    []string
	form     string
}

// limits are those of the Security Hub API, for the fields that findings of ours
// may have. Lists are path[], values of maps path{}.
var limits = map[string]limit{
	"SchemaVersion":  {kind: "text", required: true, oneOf: []string{"2018-10-08"}},
	"Id":             {kind: "text", required: true, min: 1, max: 512},
	"ProductArn":     {kind: "text", required: true, min: 12, max: 2048, form: `^arn:aws(-[a-z]+)*:securityhub:[a-z0-9-]+:(\d{12}):product/(\d{12})/default$`},
	"ProductName":    {kind: "text", min: 1, max: 128},
	"CompanyName":    {kind: "text", min: 1, max: 128},
	"Region":         {kind: "text", min: 1, max: 16},
	"GeneratorId":    {kind: "text", required: true, min: 1, max: 512},
	"AwsAccountId":   {kind: "text", required: true, form: `^\d{12}$`},
	"Types":          {kind: "list", required: true, max: 50},
	"Types[]":        {kind: "text", form: `^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(/[^/]+){0,2}$`},
	"LastObservedAt": {kind: "time"},
	"CreatedAt":      {kind: "time", required: true},
	"UpdatedAt":      {kind: "time", required: true},

	"Severity":            {kind: "object", required: true},
	"Severity.Label":      {kind: "text", required: true, oneOf: labels},
	"Severity.Normalized": {kind: "number", max: 100},
	"Severity.Original":   {kind: "text", min: 1, max: 64},

	"Title":       {kind: "text", required: true, min: 1, max: 256},
	"Description": {kind: "text", required: true, min: 1, max: 1024},

	"Remediation":                     {kind: "object"},
	"Remediation.Recommendation":      {kind: "object"},
	"Remediation.Recommendation.Text": {kind: "text", min: 1, max: 512},
	"Remediation.Recommendation.Url":  {kind: "text", min: 1, form: `^https://docs\.aws\.amazon\.com/console/securityhub/[^/]+/remediation$`},

	"ProductFields":   {kind: "map", max: 50},
	"ProductFields{}": {kind: "text", min: 1, max: 2048},

	"Resources":                                {kind: "list", required: true, min: 1, max: 32},
	"Resources[]":                              {kind: "object"},
	"Resources[].Type":                         {kind: "text", required: true, min: 1, max: 256, oneOf: []string{"AwsEcsTaskDefinition", "AwsEcsService", "AwsEcsCluster", "Other"}},
	"Resources[].Id":                           {kind: "text", required: true, min: 1, max: 512},
	"Resources[].Partition":                    {kind: "text", oneOf: []string{"aws", "aws-cn", "aws-us-gov"}},
	"Resources[].Region":                       {kind: "text", min: 1, max: 16},
	"Resources[].Details":                      {kind: "object"},
	"Resources[].Details.AwsEcsTaskDefinition": {kind: "object"},
	"Resources[].Details.AwsEcsTaskDefinition.Family": {kind: "text", min: 1},
	"Resources[].Details.AwsEcsService":               {kind: "object"},
	"Resources[].Details.AwsEcsService.ServiceArn":    {kind: "text", min: 1},
	"Resources[].Details.AwsEcsService.ServiceName":   {kind: "text", min: 1},
	"Resources[].Details.AwsEcsService.Name":          {kind: "text", min: 1},
	"Resources[].Details.AwsEcsCluster":               {kind: "object"},
	"Resources[].Details.AwsEcsCluster.ClusterArn":    {kind: "text", min: 1},
	"Resources[].Details.AwsEcsCluster.ClusterName":   {kind: "text", min: 1},

	"Compliance":                                     {kind: "object", required: true},
	"Compliance.Status":                              {kind: "text", required: true, oneOf: []string{"PASSED", "WARNING", "FAILED", "NOT_AVAILABLE"}},
	"Compliance.RelatedRequirements":                 {kind: "list", max: 32},
	"Compliance.RelatedRequirements[]":               {kind: "text", min: 1},
	"Compliance.SecurityControlId":                   {kind: "text", min: 1},
	"Compliance.StatusReasons":                       {kind: "list"},
	"Compliance.StatusReasons[]":                     {kind: "object"},
	"Compliance.StatusReasons[].ReasonCode":          {kind: "text", required: true, min: 1},
	"Compliance.StatusReasons[].Description":         {kind: "text", min: 1},
	"Compliance.SecurityControlParameters":           {kind: "list"},
	"Compliance.SecurityControlParameters[]":         {kind: "object"},
	"Compliance.SecurityControlParameters[].Name":    {kind: "text", min: 1},
	"Compliance.SecurityControlParameters[].Value":   {kind: "list"},
	"Compliance.SecurityControlParameters[].Value[]": {kind: "text", min: 1},

	"Workflow":        {kind: "object"},
	"Workflow.Status": {kind: "text", oneOf: []string{"NEW", "NOTIFIED", "RESOLVED", "SUPPRESSED"}},
	"RecordState":     {kind: "text", oneOf: []string{"ACTIVE", "ARCHIVED"}},
	"Note":            {kind: "object"},
	"Note.Text":       {kind: "text", required: true, min: 1, max: 512},
	"Note.UpdatedBy":  {kind: "text", required: true, min: 1, max: 512},
	"Note.UpdatedAt":  {kind: "time", required: true},

	"FindingProviderFields":                   {kind: "object"},
	"FindingProviderFields.Severity":          {kind: "object"},
	"FindingProviderFields.Severity.Label":    {kind: "text", oneOf: labels},
	"FindingProviderFields.Severity.Original": {kind: "text", min: 1, max: 64},
	"FindingProviderFields.Types":             {kind: "list", max: 50},
	"FindingProviderFields.Types[]":           {kind: "text", min: 1},
}

var labels = []string{"INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"}

var timeForm = regexp.MustCompile(`^\d{4}-[01]\d-[0-3]\d[Tt](?:[0-2]\d:[0-5]\d:[0-5]\d|23:59:60)(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:?(\d\d)?)$`)

// breaches says where a finding, as JSON, is outside the limits.
func breaches(finding []byte) []string {
	var doc map[string]any
	if err := json.Unmarshal(finding, &doc); err != nil {
		return []string{err.Error()}
	}
	var out []string
	if len(finding) > 240*1024 {
		out = append(out, fmt.Sprintf("has %d bytes", len(finding)))
	}
	return append(out, walk("", doc)...)
}

func walk(path string, v any) []string {
	var out []string
	breach := func(format string, args ...any) { out = append(out, path+" "+fmt.Sprintf(format, args...)) }
	l, ok := limits[path]
	if !ok && path != "" {
		return []string{path + " is no field of the format"}
	}
	size, is := 0, ""
	switch v := v.(type) {
	case string:
		is, size = "text", utf8.RuneCountInString(v)
		if l.kind == "time" {
			is = "time"
			if !timeForm.MatchString(v) {
				breach("is no time: %q", v)
			}
		}
		if l.oneOf != nil && !slices.Contains(l.oneOf, v) {
			breach("is %q, none of %v", v, l.oneOf)
		}
		if l.form != "" && !regexp.MustCompile(l.form).MatchString(v) {
			breach("has not its form: %q", v)
		}
		if l.min > 0 && strings.TrimSpace(v) == "" {
			breach("says nothing")
		}
	case float64:
		is, size = "number", int(v)
	case []any:
		is, size = "list", len(v)
		for _, e := range v {
			out = append(out, walk(path+"[]", e)...)
		}
	case map[string]any:
		is, size = "object", len(v)
		if l.kind == "map" {
			is = "map"
			for k, e := range v {
				if n := utf8.RuneCountInString(k); n < 1 || n > 128 || strings.HasPrefix(k, "aws/") {
					breach("has the key %q", k)
				}
				out = append(out, walk(path+"{}", e)...)
			}
			break
		}
		prefix := path
		if prefix != "" {
			prefix += "."
		}
		for k, e := range v {
			out = append(out, walk(prefix+k, e)...)
		}
		for field, fl := range limits {
			if name, ok := strings.CutPrefix(field, prefix); ok && fl.required && !strings.ContainsAny(name, ".[{") && v[name] == nil {
				breach("has no %s", name)
			}
		}
	}
	if path != "" {
		if is != l.kind {
			breach("is a %s, want %s", is, l.kind)
		}
		if size < l.min || l.max > 0 && size > l.max {
			breach("has size %d, want %d to %d", size, l.min, l.max)
		}
	}
	return out
}
