package action

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// gh is one that answers from the file comments.json beside it, with a real jq, and
// writes down what it was asked to write.
const gh = `#!/usr/bin/env bash
here=$(dirname "$0")
[ "$GH_TOKEN" = secret ] || exit 4
shift # api
while [ $# -gt 0 ]; do
  case $1 in
    --paginate | --silent) ;;
    --method) method=$2; shift ;;
    --jq) filter=$2; shift ;;
    --field) body=${2#body=@}; shift ;;
    *) url=$1 ;;
  esac
  shift
done
if [ -z "$method" ]; then
  [ "$url" = "repos/owner/name/issues/7/comments?per_page=100" ] || exit 5
  jq -r "$filter" "$here/comments.json"
  exit
fi
[ -e "$here/refuse" ] && { echo 'HTTP 403' >&2; exit 1; }
printf '%s %s\n' "$method" "$url" >>"$here/calls"
cat "$body" >"$here/body"
`

func TestComment(t *testing.T) {
	const (
		others  = `{"id": 1, "user": {"type": "User"}, "body": "hello"}`
		forged  = `{"id": 2, "user": {"type": "User"}, "body": "<!-- ecsentry: k -->\nforged"}`
		quoted  = `{"id": 3, "user": {"type": "Bot"}, "body": "> <!-- ecsentry: k -->\n"}`
		longer  = `{"id": 4, "user": {"type": "Bot"}, "body": "<!-- ecsentry: k -->x"}`
		another = `{"id": 5, "user": {"type": "Bot"}, "body": "<!-- ecsentry: k2 -->\nx"}`
		ours    = `{"id": 6, "user": {"type": "Bot"}, "body": "<!-- ecsentry: k -->\r\nold"}`
		second  = `{"id": 9, "user": {"type": "Bot"}, "body": "<!-- ecsentry: k -->\nolder"}`
		create  = "POST repos/owner/name/issues/7/comments\n"
		change  = "PATCH repos/owner/name/issues/comments/6\n"
		report  = "<!-- ecsentry -->\n## 1 failed `$(touch pwned)`\n@everyone\n"
	)
	for _, tt := range []struct {
		name     string
		comments []string
		findings string
		refuse   bool
		calls    string
		log      string
	}{
		{"the first", nil, "1", false, create, ""},
		{"among others", []string{others, forged, quoted, longer, another}, "2", false, create, ""},
		{"the next", []string{others, ours, second}, "2", false, change, ""},
		{"nothing is left", []string{ours}, "0", false, change, ""},
		{"nothing was there", []string{others}, "0", false, "", ""},
		{"from a fork", nil, "1", true, "", "::warning title=ecsentry::the comment cannot be written"},
		{"from a fork, later", []string{ours}, "1", true, "", "::warning title=ecsentry::the comment cannot be changed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, map[string]string{"gh": gh, "comments.json": "[" + strings.Join(tt.comments, ",") + "]", "report.md": report})
			if err := os.Chmod(filepath.Join(dir, "gh"), 0o755); err != nil {
				t.Fatal(err)
			}
			if tt.refuse {
				write(t, dir, map[string]string{"refuse": ""})
			}
			r := run(t, step{script: "comment.sh", dir: dir, path: dir, env: map[string]string{
				"GH_TOKEN": "secret", "INPUT_KEY": "k", "PULL_REQUEST": "7", "REPORT": filepath.Join(dir, "report.md"), "FINDINGS": tt.findings,
			}})
			calls, _ := os.ReadFile(filepath.Join(dir, "calls"))
			body, _ := os.ReadFile(filepath.Join(dir, "body"))
			if r.code != 0 || !strings.Contains(r.log, tt.log) {
				t.Errorf("exit code %d\n%s", r.code, r.log)
			}
			if d := cmp.Diff(tt.calls, string(calls)); d != "" {
				t.Errorf("calls (-want +got):\n%s\n%s", d, r.log)
			}
			if tt.calls != "" && string(body) != "<!-- ecsentry: k -->\n"+report {
				t.Errorf("wrote %q", body)
			}
			if strings.Contains(r.log, "secret") {
				t.Error("the token is in the log")
			}
		})
	}
	for name, value := range map[string]string{"INPUT_KEY": "k --> $(touch pwned)", "PULL_REQUEST": "7/../8;touch pwned"} {
		env := map[string]string{"GH_TOKEN": "secret", "INPUT_KEY": "k", "PULL_REQUEST": "7", "REPORT": "/dev/null", name: value}
		run(t, step{script: "comment.sh", env: env}).fails(t, "")
	}
}
