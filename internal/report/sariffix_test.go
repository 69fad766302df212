package report

import (
	"testing"

	"github.com/ecsentry/ecsentry"
)

func TestRegionsCountCharacters(t *testing.T) {
	text := []byte("aé\r\nb\rcd\nz")
	for _, tt := range []struct {
		start, end int32
		want       sarifRegion
	}{
		{0, 0, sarifRegion{1, 1, 1, 1}},
		{3, 3, sarifRegion{1, 3, 1, 3}},
		{5, 6, sarifRegion{2, 1, 2, 2}},
		{7, 10, sarifRegion{3, 1, 4, 1}},
		{10, 11, sarifRegion{4, 1, 4, 2}},
	} {
		if got := regionOf(text, ecsentry.Span{Start: tt.start, End: tt.end}); got != tt.want {
			t.Errorf("%d to %d: %v, want %v", tt.start, tt.end, got, tt.want)
		}
	}
}
