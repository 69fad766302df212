package ecs

import (
	"testing"

	"github.com/ecsentry/ecsentry/value"
)

func TestImage(t *testing.T) {
	via := &value.Place{Via: "parameter Image"}
	partial := func(pieces ...string) value.Of[string] {
		return value.Unknown[string](&value.Place{Why: &value.Why{Partial: value.Partial{Pieces: pieces}}})
	}
	for name, tc := range map[string]struct {
		image value.Of[string]
		want  string
	}{
		"known":                         {value.Known("registry.example.com/web:1.2", nil), "registry.example.com/web:1.2"},
		"known in part":                 {partial("", ".dkr.ecr.", ".amazonaws.com/web:1"), "*.dkr.ecr.*.amazonaws.com/web:1"},
		"not known":                     {partial("", ""), ""},
		"absent":                        {value.Absent[string](nil), ""},
		"no image":                      {value.Known("two words", nil), ""},
		"from a parameter":              {value.Known("team/web:1", via), "team/web:1"},
		"a lone word from a parameter":  {value.Known("hunter2", via), ""},
		"a lone word that stands there": {value.Known("nginx", &value.Place{}), "nginx"},
	} {
		if got := (&Container{Image: tc.image}).image(); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}
