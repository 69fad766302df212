package files

import (
	"path"
	"strings"

	"github.com/ecsentry/ecsentry/internal/document"
)

// What other tools make resources of Amazon ECS from is theirs to render: their
// languages, defaults and plugins are not ours. A user who names such a file is
// told the command that renders it; docs/recipes.md has them all.

const (
	renderJsonnet  = "render it first: `ecspresso render taskdef | ecsentry scan -`, or `jsonnet FILE | ecsentry scan -`"
	renderEspresso = "it is ecspresso's configuration: `ecspresso render taskdef | ecsentry scan -`"
	renderService  = "it is a manifest of AWS Copilot: `copilot svc package --name NAME --env ENV | ecsentry scan -`"
	renderJob      = "it is a manifest of AWS Copilot: `copilot job package --name NAME --env ENV | ecsentry scan -`"
	renderCompose  = "it is a Compose file: scan what is made of it, such as the templates of `ecs-compose-x render`, " +
		"or what was registered: `aws ecs describe-task-definition --task-definition FAMILY | ecsentry scan -`"
	renderCDK     = "run `cdk synth` and scan the folder that it writes: `ecsentry scan cdk.out`"
	nameTheFolder = "scan the folder that it lists"
	savedResults  = "it holds saved results: `ecsentry report FILE --format text` shows them"
)

// jsonnet says whether a file is Jsonnet by its name. Jsonnet looks like YAML,
// where its variables would be texts.
func jsonnet(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jsonnet", ".libsonnet":
		return true
	}
	return false
}

// rendered is how to get what is ours from a file of another tool, "" if nobody
// knows.
func (s *Source) rendered(f *document.File) string {
	if jsonnet(f.Name) {
		return renderJsonnet
	}
	for _, doc := range f.Documents {
		if hint := s.tool(doc); hint != "" {
			return hint
		}
	}
	return ""
}

func (s *Source) tool(doc *document.Node) string {
	for _, format := range s.options.Formats {
		if n, ok := format.(Indexer); ok {
			if _, ok := n.Indexed(doc, func(string) *document.Node { return nil }); ok {
				return nameTheFolder
			}
		}
	}
	switch {
	case strings.HasPrefix(text(doc, "schema"), "ecsentry.scan/"):
		return savedResults
	case text(doc, "task_definition") != "" && (doc.Get("cluster") != nil || doc.Get("service_definition") != nil):
		return renderEspresso
	case doc.Get("name") != nil && doc.Get("type") != nil:
		switch text(doc, "type") {
		case "Load Balanced Web Service", "Backend Service", "Worker Service":
			return renderService
		case "Scheduled Job":
			return renderJob
		}
	case compose(doc):
		return renderCompose
	case text(doc, "app") != "" && (doc.Get("context") != nil || doc.Get("watch") != nil || len(doc.Fields) == 1):
		return renderCDK
	}
	return ""
}

// compose says whether a document lists services of images.
func compose(doc *document.Node) bool {
	services := doc.Get("services")
	if services == nil || services.Kind != document.Map {
		return false
	}
	for _, service := range services.Fields {
		if service.Value.Get("image") != nil || service.Value.Get("build") != nil {
			return true
		}
	}
	return false
}

func text(doc *document.Node, key string) string {
	n := doc.Get(key)
	if n == nil || n.Kind != document.String {
		return ""
	}
	return n.Value
}
