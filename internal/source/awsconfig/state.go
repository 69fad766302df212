package awsconfig

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/ecsentry/ecsentry"
	"github.com/ecsentry/ecsentry/ecs"
)

// gone tells whether the resource has ended. One that was deleted while AWS Config
// did not record its type is gone all the same.
func (it *item) gone() bool {
	status := word(it.node, "configurationItemStatus")
	return strings.EqualFold(status, "ResourceDeleted") || strings.EqualFold(status, "ResourceDeletedNotRecorded")
}

// state is which state of its resource the item is. Without a time nobody can
// tell, and the item stands by itself.
func (it *item) state(res *ecsentry.Resource) {
	at, ok := moment(word(it.node, "configurationItemCaptureTime"))
	if !ok {
		return
	}
	of := res.ID
	if _, ok := ecs.ParseARN(of); !ok {
		of = strings.Join([]string{string(res.Type), res.Account, res.Region, res.ID}, " ")
	}
	sequence, _ := strconv.ParseInt(word(it.node, "configurationStateId"), 10, 64)
	res.State = &ecsentry.State{Of: of, Time: at, Sequence: sequence, Gone: it.gone()}
}

// moment reads a time as AWS and its command line write it: in words, or as seconds
// since 1970.
func moment(s string) (nanoseconds int64, ok bool) {
	for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UnixNano(), true
		}
	}
	seconds, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(seconds) || seconds < 0 || seconds > 1e14 {
		return 0, false
	}
	if seconds > 1e11 { // milliseconds
		seconds /= 1000
	}
	return int64(math.Round(seconds*1e3)) * 1e6, true
}
