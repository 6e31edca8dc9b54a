// Package words is how numbers, waits and texts are put into words: once for every screen, line and message. It knows nothing of
// Databricks and nothing of a terminal.
package words

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// Thousands writes a number with commas: "100,000".
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}

// Count writes how many there are of something that makes its plural with an s: "1 table", "1,200 tables".
func Count(n int, noun string) string { return Plural(n, noun, noun+"s") }

// Plural is Count for words of any form: "1 change was", "2 changes were".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Thousands(n) + " " + many
}

// Bytes writes a size in its largest unit of a thousand, as disks count.
func Bytes(n int64) string {
	size, units := float64(n), []string{"bytes", "KB", "MB", "GB", "TB"}
	for len(units) > 1 && size >= 1000 {
		size, units = size/1000, units[1:]
	}
	if units[0] == "bytes" {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%.1f %s", size, units[0])
}

// UpperFirst writes the first letter large, when it is one of the English alphabet.
func UpperFirst(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// Took writes a duration as people read it: "12 ms", "2.1 s", "1:40". Nothing, or less, is no text.
func Took(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d < time.Second:
		return fmt.Sprintf("%d ms", max(1, d.Milliseconds()))
	case d < time.Minute:
		return fmt.Sprintf("%.1f s", d.Truncate(100*time.Millisecond).Seconds())
	}
	seconds := int(d / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// Seconds writes a wait in whole seconds, which do not flicker: "4 s", "1:40".
func Seconds(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d s", int(d/time.Second))
	}
	return Took(d)
}

// CommandArgument is text as one argument of a command line that a person runs where this program runs: in a POSIX shell, or on Windows in
// its command prompt or in PowerShell.
func CommandArgument(text string) string { return commandArgument(runtime.GOOS, text) }

func commandArgument(goos, text string) string {
	switch {
	case goos != "windows":
		return ShellArgument(text)
	case text != "" && strings.Trim(text, harmless+`\`) == "":
		return text
	case strings.ContainsAny(text, "$`"):
		// PowerShell replaces these between double quotes, and takes everything between single ones as it is.
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	// To a program of Windows a quote behind a backslash is a letter, and so the backslashes before one are doubled.
	return `"` + backslashes().ReplaceAllStringFunc(text, func(found string) string {
		if before, quoted := strings.CutSuffix(found, `"`); quoted {
			return before + before + `\"`
		}
		return found + found
	}) + `"`
}

// backslashes are those that stand before a quote, with it, or at the end.
var backslashes = pattern.New(`\\*"|\\+$`)

// harmless are the characters that a POSIX shell takes as they are, wherever they stand in a word.
const harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/"

// ShellArgument is text as one argument of a command line in a POSIX shell, in quotes where it needs them.
func ShellArgument(text string) string {
	if text != "" && strings.Trim(text, harmless) == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// Span is how long something lasts, in its largest whole unit: "15 minutes", "8 hours", "2 days". One unit alone is only said where it is
// exactly that long.
func Span(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return Count(int(d.Hours()/24), "day")
	case d >= 2*time.Hour, d == time.Hour:
		return Count(int(d.Hours()), "hour")
	case d >= 2*time.Minute, d == time.Minute:
		return Count(int(d.Minutes()), "minute")
	}
	return Count(int(d.Round(time.Second).Seconds()), "second")
}

// InOneUnit writes a duration in its largest unit of which there are two or more, such as 47 hours or 3 days.
func InOneUnit(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return Count(int(d.Hours()/24), "day")
	case d >= 2*time.Hour:
		return Count(int(d.Hours()), "hour")
	case d >= 2*time.Minute:
		return Count(int(d.Minutes()), "minute")
	}
	return Count(int(d.Round(time.Second).Seconds()), "second")
}
