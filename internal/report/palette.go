package report

import "github.com/ecsentry/ecsentry"

// A palette paints with ANSI codes, or not at all. What it paints must be inert.
type palette bool

type paint string

const (
	red    paint = "31;1"
	yellow paint = "33;1"
	green  paint = "32"
	blue   paint = "34;1"
	bold   paint = "1"
	faint  paint = "2"
)

func (p palette) in(c paint, s string) string {
	if !p || s == "" {
		return s
	}
	return "\x1b[" + string(c) + "m" + s + "\x1b[0m"
}

func paintOf(o ecsentry.Outcome) paint {
	switch o {
	case ecsentry.Failed:
		return red
	case ecsentry.Unknown:
		return yellow
	case ecsentry.Passed:
		return green
	default:
		return faint
	}
}
