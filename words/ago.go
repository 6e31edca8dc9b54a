package words

import (
	"time"
)

// Ago is a length of time in words: "2 hours ago".
func Ago(d time.Duration) string {
	for _, unit := range []struct {
		length time.Duration
		name   string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		if n := int(d / unit.length); n > 0 {
			return Count(n, unit.name) + " ago"
		}
	}
	return "a moment ago"
}
