package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Packages are ordered: before a release its candidates, after it what follows.
func TestVersions(t *testing.T) {
	for version, want := range map[string][2]string{ // in names of files, in packages
		"v1.2.3":               {"1.2.3", "1.2.3"},
		"1.2.3":                {"1.2.3", "1.2.3"},
		"v1.2.3-rc.1":          {"1.2.3-rc.1", "1.2.3~rc.1"},
		"v1.2.3-4-g0123abc":    {"1.2.3-4-g0123abc", "1.2.3+4.g0123abc"},
		"v1.2.3-dirty":         {"1.2.3-dirty", "1.2.3+dirty"},
		"a92a85f":              {"a92a85f", "0~git.a92a85f"},
		"0123abc-dirty":        {"0123abc-dirty", "0~git.0123abc.dirty"},
		"v1.2.3-4-gabc1-dirty": {"1.2.3-4-gabc1-dirty", "1.2.3+4.gabc1.dirty"},
	} {
		r, err := plan(context.Background(), Options{Version: version, Commit: "c", Epoch: "86400"})
		if err != nil {
			t.Error(err)
			continue
		}
		if d := cmp.Diff(want, [2]string{r.Number(), r.PackageVersion()}); d != "" {
			t.Errorf("%s (-want +got):\n%s", version, d)
		}
		if !r.Time.Equal(time.Unix(86400, 0)) {
			t.Errorf("time %s", r.Time)
		}
	}
}

func TestBadOptions(t *testing.T) {
	for _, o := range []Options{
		{Version: "v1 -X main.x=y", Commit: "c", Epoch: "0"},
		{Version: "-x", Commit: "c", Epoch: "0"},
		{Version: "v1/../..", Commit: "c", Epoch: "0"},
		{Version: "v1", Commit: "c", Epoch: "yesterday"},
		{Version: "v1", Commit: "c", Epoch: "-1"},
	} {
		if _, err := plan(context.Background(), o); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
	_, err := plan(context.Background(), Options{Root: t.TempDir(), Version: "v1", Commit: "c"})
	if err == nil || !strings.Contains(err.Error(), "SOURCE_DATE_EPOCH") {
		t.Errorf("outside a clone: %v", err)
	}
	var o Options
	if err := o.platforms("linux"); err == nil {
		t.Error("a platform without an architecture is taken")
	}
}
