package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/ecsentry/ecsentry"
)

// Read reads a report that was saved as JSON. Of the controls only their IDs were
// saved: what else formats say of one is that of the catalogue that is passed in;
// a control that is not in it has no more than its title.
func Read(in io.Reader, controls []*ecsentry.Control) (*ecsentry.Report, error) {
	r := reader{controls: map[string]*ecsentry.Control{}, resources: map[resourceKey]*ecsentry.Identity{}}
	for _, c := range controls {
		r.controls[c.ID] = c
	}
	if err := r.read(json.NewDecoder(in)); err != nil {
		return nil, err
	}
	return &r.report, nil
}

// A reader reads one report. Findings of one resource share its identity, as
// those of a scan do.
type reader struct {
	report    ecsentry.Report
	schema    string
	controls  map[string]*ecsentry.Control // by ID, and by ID with parameters that a policy set
	resources map[resourceKey]*ecsentry.Identity
}

type resourceKey struct {
	resource jsonResource
	location jsonLocation
}

var errNoReport = errors.New("is no JSON report of ecsentry")

func (r *reader) read(d *json.Decoder) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errNoReport
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return broken(err)
		}
		key, _ := t.(string)
		if seen[key] {
			return fmt.Errorf("has %q twice", key)
		}
		seen[key] = true
		if err := r.member(d, key); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return broken(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("has something after its end")
	}
	switch {
	case r.schema == "":
		return errNoReport
	case r.schema != scanSchema:
		return fmt.Errorf("is of another schema than %s", scanSchema)
	case !seen["findings"] || !seen["scan"] || !seen["summary"]:
		return errors.New("is not complete: it has no findings, scan or summary")
	}
	return nil
}

func broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("ends too early")
	}
	return fmt.Errorf("is broken: %w", err)
}

// member reads what stands under a key of the report.
func (r *reader) member(d *json.Decoder, key string) error {
	switch key {
	case "schema":
		return decode(d, &r.schema)
	case "tool":
		var t jsonTool
		err := decode(d, &t)
		r.report.Version = t.Version
		return err
	case "scan":
		return r.scan(d)
	case "summary":
		var s jsonSummary
		err := decode(d, &s)
		r.report.Resources, r.report.OlderRevisions = s.Resources, s.OlderRevisions
		r.report.Coverage.Files = max(0, s.Files)
		const most = 1_000_000 // a count is no reason to run out of memory
		r.report.Coverage.Skipped = make([]ecsentry.Gap, min(max(0, s.SkippedFiles), most))
		return err
	case "findings":
		return r.findings(d)
	case "not_covered":
		return gaps(d, &r.report.Coverage.NotCovered)
	case "gaps":
		return gaps(d, &r.report.Coverage.Gaps)
	default: // fields are added in time
		return decode(d, new(json.RawMessage))
	}
}

func decode(d *json.Decoder, into any) error {
	if err := d.Decode(into); err != nil {
		return broken(err)
	}
	return nil
}

func (r *reader) scan(d *json.Decoder) (err error) {
	var s jsonScan
	if err = decode(d, &s); err != nil {
		return err
	}
	r.report.Complete, r.report.ComparedWith = s.Complete, s.ComparedWith
	if r.report.Started, err = time.Parse(time.RFC3339, s.Started); err != nil {
		return errors.New("says no time at scan.started")
	}
	if r.report.Finished, err = time.Parse(time.RFC3339, s.Finished); err != nil {
		return errors.New("says no time at scan.finished")
	}
	return nil
}

func gaps(d *json.Decoder, into *[]ecsentry.Gap) error {
	var list []jsonGap
	if err := decode(d, &list); err != nil {
		return err
	}
	for _, g := range list {
		*into = append(*into, ecsentry.Gap(g))
	}
	return nil
}
