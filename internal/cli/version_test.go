package cli

import (
	"runtime/debug"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBuild(t *testing.T) {
	const commit = "0123456789abcdef0123456789abcdef01234567"
	vcs := func(modified string) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
			{Key: "vcs.modified", Value: modified}, {Key: "vcs.revision", Value: commit},
		}}
	}
	for name, tt := range map[string]struct {
		linked Build
		info   *debug.BuildInfo
		want   Build
		shown  string
	}{
		"a release":                    {Build{"v2", "abc"}, vcs("true"), Build{"v2", "abc"}, "commit abc, "},
		"go build in a clone":          {Build{}, vcs("false"), Build{"v1.2.3", commit}, "commit 0123456789ab, "},
		"go build in a changed clone":  {Build{}, vcs("true"), Build{"v1.2.3", commit + "-dirty"}, "commit 0123456789ab-dirty, "},
		"go install of a version":      {Build{}, &debug.BuildInfo{Main: debug.Module{Version: "v1.0.0"}}, Build{"v1.0.0", ""}, ""},
		"go run":                       {Build{}, &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}, Build{"dev", ""}, ""},
		"a build that noted nothing":   {Build{}, nil, Build{"dev", ""}, ""},
		"a version and no commit link": {Build{Version: "v3"}, vcs("false"), Build{"v3", commit}, "commit 0123456789ab, "},
	} {
		got := tt.linked.noted(tt.info)
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		if got.shown() != tt.shown {
			t.Errorf("%s is shown as %q, want %q", name, got.shown(), tt.shown)
		}
	}
}
