package cli

import (
	"errors"
	"strings"
)

// An idList is a flag of IDs with commas, repeatable. One that is given and names
// nothing, as "$IDS" does when IDS is not set, must not mean all.
type idList []string

func (l *idList) String() string { return strings.Join(*l, ",") }

// Type is what the help shows.
func (*idList) Type() string { return "IDS" }

func (l *idList) Set(s string) error {
	for id := range strings.SplitSeq(s, ",") {
		if id = strings.TrimSpace(id); id == "" {
			return errors.New("an ID is empty")
		}
		*l = append(*l, id)
	}
	return nil
}
