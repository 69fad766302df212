package cloudformation

import (
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
	"github.com/ecsentry/ecsentry/internal/source/files"
	"github.com/ecsentry/ecsentry/value"
)

// What the AWS CDK writes into the templates that it synthesises.
const (
	metadataAsset         = "aws:asset:path"     // the local file that a property will point to
	metadataAssetProperty = "aws:asset:property" // that property
	metadataConstruct     = "aws:cdk:path"       // the path of the construct that a resource comes from
	typeCDKMetadata       = "AWS::CDK::Metadata"
	cdkCondition          = "CDKMetadataAvailable"
	cdkDummy              = "dummy-value-for-" // and the name of a parameter, where the CDK could not look its value up
)

var _ files.Indexer = (*Format)(nil)

// metadata is a text that tools leave in a resource's metadata, "" if there is
// none.
func (r *resource) metadata(name string) string {
	n := r.node.Get("Metadata").Get(name)
	if n == nil || n.Kind != document.String || n.Tag != "" && n.Tag != "!!str" {
		return ""
	}
	return n.Value
}

// assetPath is the local file of a nested stack of the CDK, "" for other stacks.
// The property itself names a bucket of the account that the stack is deployed to.
func assetPath(res *resource) string {
	if of := res.metadata(metadataAssetProperty); of != "" && of != urlOf(res.typ) {
		return ""
	}
	return res.metadata(metadataAsset)
}

// Index is the file in which the CDK lists what it synthesised.
func (*Format) Index() string { return "manifest.json" }

// Indexed are the stacks of a cloud assembly, as `cdk synth` writes it, the
// templates of the stacks that these nest, and the assemblies of its stages; all
// else is no input of CloudFormation's. Templates of nested stacks are read through
// their parents where the parents' metadata says so, else by themselves.
func (*Format) Indexed(manifest *document.Node, read func(string) *document.Node) (names []string, ok bool) {
	artifacts := manifest.Get("artifacts")
	if manifest.Get("version") == nil || artifacts == nil || artifacts.Kind != document.Map {
		return nil, false
	}
	add := func(n *document.Node) {
		if n != nil && n.Kind == document.String {
			names = append(names, n.Value)
		}
	}
	seen := map[string]bool{} // lists of assets
	for _, a := range artifacts.Fields {
		typ, properties := a.Value.Get("type"), a.Value.Get("properties")
		if typ == nil {
			return nil, false
		}
		switch typ.Value {
		case "aws:cloudformation:stack":
			add(properties.Get("templateFile"))
		case "cdk:cloud-assembly":
			add(properties.Get("directoryName"))
		case "cdk:asset-manifest":
			if file := properties.Get("file"); file != nil && !seen[file.Value] {
				seen[file.Value] = true
				for _, asset := range fields(read(file.Value).Get("files")) {
					if p := asset.Value.Get("source").Get("path"); p != nil && strings.HasSuffix(p.Value, ".nested.template.json") {
						add(p)
					}
				}
			}
		}
	}
	return names, true
}

// notLookedUp says why a string is unknown that the CDK only made to go on with.
func notLookedUp(s string) *value.Why {
	before, _, found := strings.Cut(s, cdkDummy)
	if !found {
		return nil
	}
	return &value.Why{
		Text: "the CDK could not look its value up", Hint: "synthesise with credentials, so that the CDK looks it up",
		Partial: value.Partial{Pieces: []string{before, ""}},
	}
}

// idle says whether nothing but the CDK's own statistics asks for a condition. It
// compares the Region with thirty others, which would be as many worlds for
// whatever else reads the Region.
func (s *stack) idle(condition string) bool {
	if condition != cdkCondition {
		return false
	}
	for _, section := range s.root.Fields {
		if section.Key.Value == "Resources" {
			for _, res := range section.Value.Fields {
				if typ := res.Value.Get("Type"); (typ == nil || typ.Value != typeCDKMetadata) && mentions(res.Value, condition, 0) {
					return false
				}
			}
		} else if mentions(section.Value, condition, 0) {
			return false
		}
	}
	return true
}

// mentions says whether a text stands somewhere below a node.
func mentions(n *document.Node, text string, depth int) bool {
	if n == nil || depth > maxDepth {
		return n != nil
	}
	if strings.Contains(n.Value, text) {
		return true
	}
	for _, item := range n.Items {
		if mentions(item, text, depth+1) {
			return true
		}
	}
	for _, f := range n.Fields {
		if mentions(f.Value, text, depth+1) {
			return true
		}
	}
	return false
}
