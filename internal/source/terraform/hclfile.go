package terraform

import (
	"fmt"
	"strings"
	"sync"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/value"
)

// A sourceFile is a file of a module. As a text it spells properties as Terraform
// does; what stands inside jsonencode it does not, see within.
type sourceFile struct {
	*document.File
	body     hcl.Body
	json     bool
	template bool // it is read by templatefile
	run      *run // that reads it

	once   sync.Once
	pieces []piece // what a quote shows of it, as far as it is always the same
}

// Spell is Terraform's name for a property of the ECS API.
func (*sourceFile) Spell(api string) string { return spell(api) }

// within is the same text where properties have the ECS API's own names.
type within struct{ of *sourceFile }

// Position is the line and column of an offset.
func (w within) Position(off int32) value.Position { return w.of.Position(off) }

// Phrase is an assignment as Terraform writes it: assign_public_ip = false.
func (*sourceFile) Phrase(api, v string) string { return phrase(api, v) }

// parseFile reads a file in HCL's own syntax or in its JSON syntax. The error
// shows nothing of the text.
func parseFile(name string, data []byte) (*sourceFile, error) {
	f := &sourceFile{File: &document.File{Name: name, Data: data}, json: strings.HasSuffix(name, ".json")}
	if len(data) > maxSource {
		return nil, fmt.Errorf("is larger than %d bytes", maxSource)
	}
	var parsed *hcl.File
	var diags hcl.Diagnostics
	if f.json {
		// The tree reader refuses what nests too deeply for the other one.
		if _, err := document.Parse(name, data, document.Options{JSONOnly: true}); err != nil {
			return nil, err
		}
		parsed, diags = json.Parse(data, name)
	} else {
		if why := tooComplex(data, name); why != "" {
			return nil, fmt.Errorf("%s", why)
		}
		parsed, diags = hclsyntax.ParseConfig(data, name, hcl.InitialPos)
	}
	if diags.HasErrors() {
		return nil, firstError(diags)
	}
	f.body = parsed.Body
	return f, nil
}

// firstError is the first error that HCL found: its summary, which does not
// quote the text, and its place.
func firstError(diags hcl.Diagnostics) error {
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		summary := strings.ToLower(d.Summary[:1]) + d.Summary[1:]
		if d.Subject == nil {
			return fmt.Errorf("cannot be read: %s", summary)
		}
		return fmt.Errorf("line %d, column %d: cannot be read: %s", d.Subject.Start.Line, d.Subject.Start.Column, summary)
	}
	return fmt.Errorf("cannot be read")
}

func (f *sourceFile) span(r hcl.Range) span {
	if f.json {
		return span{unedited{f}, int32(r.Start.Byte), int32(r.End.Byte)}
	}
	return span{f, int32(r.Start.Byte), int32(r.End.Byte)}
}

func (f *sourceFile) inner(r hcl.Range) span {
	if f.json {
		return span{uneditedWithin{within{f}}, int32(r.Start.Byte), int32(r.End.Byte)}
	}
	return span{within{f}, int32(r.Start.Byte), int32(r.End.Byte)}
}
