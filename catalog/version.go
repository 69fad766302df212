package catalog

import (
	"cmp"
	"strings"

	"github.com/ecsentry/ecsentry/value"
)

// latest is the platform version that always is the newest.
const latest = "LATEST"

// A version as parameters give it.
const (
	versionForm  = `[0-9]+(\.[0-9]+)*`
	versionWords = "a version such as 1.4.0"
)

// isBelow tells whether a platform version is neither LATEST nor at least the
// given one. What is no version is below all.
func isBelow(version value.Of[string], least string) value.Truth {
	return value.Match(version.Or(latest),
		func(v string) bool {
			have, ok := parseVersion(v)
			want, _ := parseVersion(least)
			return v != latest && (!ok || have.compare(want) < 0)
		},
		func(v value.Partial) value.Level {
			if v.CanBe(latest) {
				return value.Maybe
			}
			for _, piece := range v.Pieces {
				if strings.Trim(piece, "0123456789.") != "" {
					return value.Yes // no version, whatever the rest is
				}
			}
			// Whatever comes after a full component cannot make up for it: "1.3.${X}" is
			// below 1.4.0, or no version.
			if c, ok := start(v, least); !ok || c < 0 {
				return value.Yes
			}
			return value.Maybe
		})
}

// equals tells whether a platform version is the given one.
func equals(version value.Of[string], want string) value.Truth {
	return value.Match(version,
		func(v string) bool { return equal(v, want) },
		func(v value.Partial) value.Level {
			if c, ok := start(v, want); !ok || c != 0 {
				return value.No
			}
			return value.Maybe
		})
}

// start compares the components that are known in full at the start of a version
// with those of another; not ok if it is no version already.
func start(v value.Partial, other string) (c int, ok bool) {
	end := strings.LastIndexByte(v.Prefix(), '.')
	if end < 0 {
		return 0, true
	}
	have, ok := parseVersion(v.Prefix()[:end])
	want, _ := parseVersion(other)
	for len(want) < len(have) {
		want = append(want, "")
	}
	return have.compare(want[:len(have)]), ok
}

func equal(v, w string) bool {
	a, ok := parseVersion(v)
	b, ok2 := parseVersion(w)
	return ok && ok2 && a.compare(b) == 0
}

// A version is dot-separated decimal numbers, without leading zeros, so that
// they compare by length, then by digits, however large they are.
type version []string

func parseVersion(s string) (version, bool) {
	parts := strings.Split(s, ".")
	for i, p := range parts {
		if !digits(p) {
			return nil, false
		}
		parts[i] = strings.TrimLeft(p, "0")
	}
	return parts, true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// compare takes missing components for 0: 1.4 equals 1.4.0.
func (v version) compare(w version) int {
	for i := range max(len(v), len(w)) {
		a, b := v.part(i), w.part(i)
		if c := cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)); c != 0 {
			return c
		}
	}
	return 0
}

func (v version) part(i int) string {
	if i < len(v) {
		return v[i]
	}
	return ""
}
