package report

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/internal/inert"
)

// writeSARIF writes failed and unknown results only, and no excepted ones: code
// scanning shows passes and suppressed results as open alerts.
func writeSARIF(w io.Writer, r *ecsentry.Report, _ Options) error {
	s := newJSONStream(w)
	s.raw(`{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{` + "\n" + `"tool":`)
	s.value(sarifTool{sarifDriver{
		Name: toolName, Version: r.Version,
		InformationURI: "https://github.com/ecsentry/ecsentry", Rules: sarifRules(r),
	}})
	s.raw(",\n\"columnKind\":\"unicodeCodePoints\",\n\"invocations\":")
	s.value([]sarifInvocation{sarifInvocationOf(r)})
	s.raw(",\n\"results\":")
	writeList(s, sarifResults(r))
	s.raw("}]}\n")
	return s.close()
}

// sarifRules are the controls that have findings, passes too.
func sarifRules(r *ecsentry.Report) []sarifRule {
	rules := []sarifRule{}
	for _, t := range tallies(r) {
		c := t.control
		rules = append(rules, sarifRule{
			ID:                   c.ID,
			ShortDescription:     sarifText{inert.Text(c.Title)},
			FullDescription:      sarifText{inert.Text(c.Description)},
			Help:                 sarifText{inert.Text(strings.TrimSpace(c.Rationale + " " + c.Remediation))},
			HelpURI:              "https://docs.aws.amazon.com/console/securityhub/" + url.PathEscape(c.ID) + "/remediation",
			DefaultConfiguration: sarifConfiguration{sarifLevel(c.Severity)},
			Properties: sarifRuleProperties{
				SecuritySeverity: securitySeverity(c.Severity), Precision: "high",
				Tags: []string{"security", "aws", "ecs"},
			},
		})
	}
	return rules
}

// sarifLevel is the level of a failure.
func sarifLevel(s ecsentry.Severity) string {
	switch s {
	case ecsentry.Critical, ecsentry.High:
		return "error"
	case ecsentry.Medium:
		return "warning"
	default:
		return "note"
	}
}

// securitySeverity is the score by which code scanning ranks: above 9 critical,
// from 7 high, from 4 medium, below that low.
func securitySeverity(s ecsentry.Severity) string {
	switch s {
	case ecsentry.Critical:
		return "9.5"
	case ecsentry.High:
		return "8.0"
	case ecsentry.Medium:
		return "5.5"
	default:
		return "2.0"
	}
}

func sarifInvocationOf(r *ecsentry.Report) sarifInvocation {
	gaps := unread(r)
	out := sarifInvocation{
		ExecutionSuccessful: r.Complete && len(gaps) == 0,
		StartTimeUTC:        rfc3339(r.Started), EndTimeUTC: rfc3339(r.Finished),
	}
	add := func(level, what string, gaps []ecsentry.Gap) {
		for _, g := range gaps {
			out.Notifications = append(out.Notifications, sarifNotification{
				Level: level, Message: sarifText{plain(what + ": " + gapText(g))},
			})
		}
	}
	add("error", "not read", gaps)
	add("note", "not covered", r.Coverage.NotCovered)
	return out
}

func sarifResults(r *ecsentry.Report) iter.Seq[*sarifResult] {
	return func(yield func(*sarifResult) bool) {
		rules := map[string]int{}
		for i, t := range tallies(r) {
			rules[t.control.ID] = i
		}
		var mend mender
		for f := range r.Findings.All() {
			seen := map[string]int{}
			for k := range f.Verdict.Reasons {
				reason := &f.Verdict.Reasons[k]
				if reason.Outcome < ecsentry.Unknown || f.Excuse(k) != nil {
					continue
				}
				result := sarifResultOf(f, reason, seen)
				result.RuleIndex = rules[f.Control.ID]
				result.Fixes = mend.fixes(reason)
				if r.ComparedWith != "" {
					result.Baseline = baselineState(f, reason)
				}
				if !yield(result) {
					return
				}
			}
		}
	}
}

// baselineState says whether what the run was compared with had a result already.
func baselineState(f *ecsentry.Finding, r *ecsentry.Reason) string {
	if known(f, r) {
		return "unchanged"
	}
	return "new"
}

func sarifResultOf(f *ecsentry.Finding, r *ecsentry.Reason, seen map[string]int) *sarifResult {
	out := &sarifResult{
		RuleID: f.Control.ID, Kind: "fail", Level: sarifLevel(f.Severity),
		Message:   sarifText{plain(explain(f, r))},
		Locations: []sarifLocation{sarifLocationOf(f, r)},
		Properties: sarifResultProperties{
			Status: r.Outcome.String(), Severity: strings.ToUpper(f.Severity.String()), Path: r.At.Path(),
			Parameters: jsonParameters(f.Control),
		},
	}
	if r.Outcome == ecsentry.Unknown {
		out.Kind, out.Level = "open", "none" // the standard allows no other level with it
	}
	if a := f.Fix; a != nil && r.Outcome == ecsentry.Failed {
		out.Properties.Fix = &jsonFix{string(a.Safety), a.Text}
	}
	mark := fingerprint(f.ID, r.Subject, r.Key)
	seen[mark]++
	out.Fingerprints = map[string]string{"ecsentry/v1": mark + ":" + strconv.Itoa(seen[mark])}
	return out
}

// fingerprint depends on what a result is about, never on lines.
func fingerprint(parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(h[:16])
}

func explain(f *ecsentry.Finding, r *ecsentry.Reason) string {
	s := sentence(f, r)
	if r.Detail != "" {
		s += " (" + r.Detail + ")"
	}
	s += "."
	if where := home(f, r); where != "" {
		s += " The resource stands in " + inert.Clip(where, maxPath) + "."
	}
	if r.Hint != "" {
		if r.Outcome == ecsentry.Unknown {
			s += " To decide it: "
		} else {
			s += " What to do: "
		}
		s += r.Hint + "."
	}
	if judged := JudgedWith(f.Control); judged != "" {
		s += " It was " + judged + "."
	}
	return s
}

// plain is text in which nothing is a link: in SARIF, [text](target) is one.
func plain(s string) string {
	return strings.ReplaceAll(inert.Cut(s, 2*maxMessage), "](", "] (")
}

func sarifLocationOf(f *ecsentry.Finding, r *ecsentry.Reason) sarifLocation {
	out := sarifLocation{Logical: []sarifLogical{{
		Name: inert.Clip(name(f.Resource), maxShown), FullyQualifiedName: inert.Text(f.Resource.ID), Kind: "resource",
	}}}
	if path := f.Resource.Construct; path != "" { // another name of the same place
		out.Logical = append(out.Logical, sarifLogical{
			Name: inert.Clip(path[strings.LastIndexByte(path, '/')+1:], maxShown), FullyQualifiedName: inert.Text(path), Kind: "construct",
		})
	}
	if at := place(f, r); at != nil {
		from, to := span(at)
		out.Physical = &sarifPhysical{
			Artifact: sarifArtifact{fileURI(from.File)},
			Region:   sarifRegion{from.Line, from.Column, to.Line, to.Column},
		}
	}
	return out
}

// fileURI is a path as a URI reference: relative paths stay relative.
func fileURI(path string) string {
	u := url.URL{Path: path}
	switch {
	case strings.HasPrefix(path, "/"):
		u.Scheme = "file"
	case len(path) > 2 && path[1] == ':' && path[2] == '/': // a drive of Windows
		u = url.URL{Scheme: "file", Path: "/" + path}
	}
	return u.String()
}
