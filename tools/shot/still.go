package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// thatDay is when every picture is taken, whatever the day, so that the same screens give the same files.
var thatDay = time.Date(2026, time.November, 20, 10, 42, 0, 0, time.UTC)

var (
	moments   = regexp.MustCompile(`(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d:\d\dZ)?\b`)
	runs      = regexp.MustCompile(`(\d{8})T\d{6}Z\b`)
	days      = regexp.MustCompile(`(\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4})\b`)
	clocks    = regexp.MustCompile(`(at |, )\d\d:\d\d\b`)
	durations = regexp.MustCompile(`( *)((?:\x1b\[[0-9;]*m)*)(\d+)(\.\d)? (ms|s)\b`)
	ports     = regexp.MustCompile(`127\.0\.0\.1:\d{5}\b`)
)

// still takes out of captures what is another at every run: days and hours, how long things took, and ports. Dates keep how far they are from today,
// and columns stay where they are.
func still(captures string, today time.Time) string {
	since := thatDay.Truncate(24 * time.Hour).Sub(today.UTC().Truncate(24 * time.Hour))
	shift := func(layout, text string) string {
		day, err := time.Parse(layout, text)
		if err != nil {
			return text
		}
		return day.Add(since).Format(layout)
	}
	captures = moments.ReplaceAllStringFunc(captures, func(text string) string {
		day, clock, _ := strings.Cut(text, "T")
		if day = shift(time.DateOnly, day); clock != "" {
			day += thatDay.Format("T15:04:05Z")
		}
		return day
	})
	captures = runs.ReplaceAllStringFunc(captures, func(text string) string { return shift("20060102", text[:8]) + thatDay.Format("T150405Z") })
	captures = days.ReplaceAllStringFunc(captures, func(text string) string { return shift("2 January 2006", text) })
	captures = clocks.ReplaceAllString(captures, "${1}"+thatDay.Format("15:04"))
	captures = durations.ReplaceAllStringFunc(captures, stillTook)
	seen := map[string]int{}
	return ports.ReplaceAllStringFunc(captures, func(text string) string {
		if _, known := seen[text]; !known {
			seen[text] = 50443 + len(seen)
		}
		return "127.0.0.1:" + strconv.Itoa(seen[text])
	})
}

// stillTook is a duration of three units in the room of another one. What stands behind many blanks ends where that ended.
func stillTook(text string) string {
	const column = 3
	at := durations.FindStringSubmatch(text)
	blanks, style, fraction, unit := at[1], at[2], at[4], at[5]
	if fraction != "" {
		fraction = ".3"
	}
	more := strings.Repeat(" ", len(at[3])-1)
	if len(blanks) >= column {
		return blanks + more + style + "3" + fraction + " " + unit
	}
	return blanks + style + "3" + fraction + " " + unit
}
