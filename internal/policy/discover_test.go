package policy_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/ecsentry/ecsentry/internal/policy"
)

func TestFind(t *testing.T) {
	for _, test := range []struct {
		name, from, want string
		files            []string
		ambiguous        bool
	}{
		{"in the folder", "a", "a/ecsentry.yaml", []string{"a/ecsentry.yaml"}, false},
		{"with a dot", "a", "a/.ecsentry.yaml", []string{"a/.ecsentry.yaml"}, false},
		{"both", "a", "", []string{"a/.ecsentry.yaml", "a/ecsentry.yaml"}, true},
		{"not above, outside a repository", "a/b", "", []string{"a/ecsentry.yaml", "a/b/x"}, false},
		{"above, in a repository", "r/a/b", "r/ecsentry.yaml", []string{"r/.git/HEAD", "r/ecsentry.yaml", "r/a/b/x"}, false},
		{"the nearest", "r/a/b", "r/a/ecsentry.yaml", []string{"r/.git/HEAD", "r/ecsentry.yaml", "r/a/ecsentry.yaml", "r/a/b/x"}, false},
		{"not above the repository's root", "r/a", "", []string{"ecsentry.yaml", "r/.git/HEAD", "r/a/x"}, false},
		{"a worktree's root", "r/a", "r/ecsentry.yaml", []string{"r/.git", "r/ecsentry.yaml", "r/a/x"}, false},
		{"a folder of that name", "a", "", []string{"a/ecsentry.yaml/x"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			top := t.TempDir()
			for _, name := range test.files {
				name = filepath.Join(top, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got, err := policy.Find(os.Stat, filepath.Join(top, filepath.FromSlash(test.from)))
			var both *policy.Ambiguous
			if errors.As(err, &both) != test.ambiguous || !test.ambiguous && err != nil {
				t.Fatalf("error %v", err)
			}
			want := test.want
			if want != "" {
				want = filepath.Join(top, filepath.FromSlash(want))
			}
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}
