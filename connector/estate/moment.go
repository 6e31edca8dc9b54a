package estate

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// The times that Databricks writes in milliseconds, between years that tell them from other numbers.
var (
	earliest = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// SayField is the value of a field as people read it: a time that is kept in milliseconds as its date, and an end that is none as that. Any
// other value stays as it is.
func SayField(name, value string) string {
	timed := slices.ContainsFunc([]string{"_time", "_at", "_timestamp", "_day"}, func(end string) bool { return strings.HasSuffix(name, end) })
	n, err := strconv.ParseInt(value, 10, 64)
	switch {
	case !timed || err != nil:
		return value
	case n == -1 && (name == "expiry_time" || name == "expiration_time"):
		return "no end"
	}
	if at := time.UnixMilli(n).UTC(); at.After(earliest) && at.Before(latest) {
		if strings.HasSuffix(name, "_day") {
			return at.Format(time.DateOnly)
		}
		return at.Format("2006-01-02 15:04:05 UTC")
	}
	return value
}
