package query

import (
	"testing"
	"time"
)

// TestAPageIsAsLongAsItsRowsAreNarrowAndComeFast tells pages how others came, of rows of 100 bytes where it does not say otherwise.
func TestAPageIsAsLongAsItsRowsAreNarrowAndComeFast(t *testing.T) {
	type page struct {
		rows, bytes int
		took        time.Duration
	}
	for name, tt := range map[string]struct {
		pages []page
		want  int
	}{
		"narrow":         {[]page{{10_000, 1_000_000, 9 * time.Millisecond}}, wantBytes / 100},
		"of a few bytes": {[]page{{10_000, 50_000, 9 * time.Millisecond}}, mostRows},
		"wide":           {[]page{{64, 64 << 20, 9 * time.Millisecond}}, 1},
		"short before":   {[]page{{64, 6400, 9 * time.Millisecond}}, 64 * growth},
		"slow":           {[]page{{1000, 100_000, 100 * time.Millisecond}, {10_000, 1_000_000, 2100 * time.Millisecond}}, 1500},
		"far away":       {[]page{{1000, 100_000, 400 * time.Millisecond}, {10_000, 1_000_000, 420 * time.Millisecond}}, wantBytes / 100},
		"slow and far":   {[]page{{1000, 100_000, 400 * time.Millisecond}, {10_000, 1_000_000, 2400 * time.Millisecond}}, 4000},
		"slow for once":  {[]page{{1000, 100_000, 10 * time.Millisecond}, {10_000, 1_000_000, time.Minute}, {50, 5000, 10 * time.Millisecond}}, 50 * growth},
		"slow and wide":  {[]page{{1, 1 << 20, time.Millisecond}, {1, 1 << 20, time.Second}}, 1},
	} {
		p := &pages{rows: mostRows, want: wantBytes}
		for _, one := range tt.pages {
			p.rows, p.came = one.rows, one.rows
			p.saw(one.bytes, one.took)
		}
		if p.rows != tt.want {
			t.Errorf("%s: the next page has %d rows, not %d", name, p.rows, tt.want)
		}
	}
}
