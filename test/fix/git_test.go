package fix_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Git takes a difference of files whatever their names, line breaks and ends.
func TestGitTakesAnyName(t *testing.T) {
	block := "Resources:\n  Web:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      PidMode: host\n" +
		"      ContainerDefinitions:\n        - Name: app\n"
	wanted := "Resources:\n  Web:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n" +
		"      ContainerDefinitions:\n        - Name: app\n          ReadonlyRootFilesystem: true\n"
	forms := map[string]func(string) string{
		"as it is":      func(s string) string { return s },
		"CRLF":          func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		"no line break": func(s string) string { return strings.TrimSuffix(s, "\n") },
		"both":          func(s string) string { return strings.TrimSuffix(strings.ReplaceAll(s, "\n", "\r\n"), "\r\n") },
		"BOM":           func(s string) string { return "\ufeff" + s },
	}
	for _, name := range []string{
		"web.yaml", "with space.yaml", "a folder/web.yaml", "Größe.yaml", "Größe 2.yaml", "日本語.yaml", `quo"te.yaml`, "apo'strophe.yaml", `back\slash.yaml`,
		"tab\there.yaml", "-dash.yaml", "sub/-dash.yaml", "#hash.yaml", "$dollar.yaml", "emoji-🐳.yaml", "a b/c d/ü \"x\".yaml",
		"trailing .yaml", "line\nbreak.yaml", "no\u00a0break.yaml", "combining-u\u0308.yaml", "control-\x01.yaml", "--- a.yaml", "@@ -1 +1 @@.yaml",
	} {
		for form, make := range forms {
			if form != "as it is" && name != "web.yaml" && name != "Größe 2.yaml" {
				continue
			}
			t.Run(name+" "+form, func(t *testing.T) {
				t.Chdir(t.TempDir())
				before := map[string]string{name: make(block)}
				named := name
				if strings.HasPrefix(name, "-") {
					named = "./" + name
				}
				for _, path := range []string{named, "."} {
					put(t, before)
					got := run("", "fix", path)
					if got.Code != 0 || !strings.Contains(got.Stdout, "+          ReadonlyRootFilesystem: true") {
						t.Fatalf("fix: exit code %d\n%s%s", got.Code, got.Stdout, got.Stderr)
					}
					if err := git(t, got.Stdout); err != nil {
						t.Fatalf("%v\n%s", err, got.Stdout)
					}
					if d := cmp.Diff(map[string]string{name: make(wanted)}, there(t)); d != "" {
						t.Fatalf("(-want +got)\n%s", d)
					}
				}
			})
		}
	}
}

// A difference of several files, with links and files above the folder, names each
// file as it was given.
func TestGitTakesManyFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	cluster := `{"clusterName": "%", "settings": []}` + "\n"
	before := map[string]string{}
	wanted := map[string]string{}
	for _, name := range []string{"a/one.json", "a/b/two.json", "a/b/three 3.json", "z.json"} {
		text := strings.ReplaceAll(cluster, "%", strings.TrimSuffix(filepath.Base(name), ".json"))
		before[name] = text
		wanted[name] = strings.ReplaceAll(text, "[]", `[{"name": "containerInsights", "value": "enabled"}]`)
	}
	for _, paths := range [][]string{{"."}, {"a", "z.json"}, {"./a/one.json", "a/b", "./z.json"}} {
		put(t, before)
		got := run("", append([]string{"fix"}, paths...)...)
		if err := git(t, got.Stdout); err != nil {
			t.Fatalf("%v: %v\n%s", paths, err, got.Stdout)
		}
		if d := cmp.Diff(wanted, there(t)); d != "" {
			t.Fatalf("%v (-want +got)\n%s", paths, d)
		}
	}
}
