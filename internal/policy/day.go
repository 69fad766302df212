package policy

import "time"

// A Day is a date in UTC, "2027-03-31"; "" stands for no date. Days in this form
// are ordered as texts are.
type Day string

const dayLayout = "2006-01-02"

// soon is how many days before it lapses an exception is announced.
const soon = 14

// Today is the day of a time.
func Today(t time.Time) Day { return Day(t.UTC().Format(dayLayout)) }

// parseDay reads a date that exists.
func parseDay(s string) (Day, bool) {
	t, err := time.Parse(dayLayout, s)
	if err != nil || t.Format(dayLayout) != s {
		return "", false
	}
	return Day(s), true
}

// daysUntil is how many days lie between two days.
func daysUntil(from, to Day) int {
	a, err := time.Parse(dayLayout, string(from))
	b, err2 := time.Parse(dayLayout, string(to))
	if err != nil || err2 != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24) //nolint:mnd // hours of a day
}
