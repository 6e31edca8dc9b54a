package values

import (
	"strings"
	"time"
)

// ParseDate reads a date in the form 2006-01-02 as the number of days since
// 1970-01-01. It is false for text of any other form and for days that do not
// exist.
func ParseDate(text string) (days int32, ok bool) {
	if len(text) != len(dateLayout) || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	year, ok1 := digits(text[0:4])
	month, ok2 := digits(text[5:7])
	day, ok3 := digits(text[8:10])
	if !ok1 || !ok2 || !ok3 {
		return 0, false
	}
	if month < 1 || month > 12 || day < 1 || day > 28 && day > time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
		return 0, false
	}
	return int32(daysBefore(year, month) + day - 1), true
}

// daysBefore is how many days are between 1970-01-01 and the first of a month. It counts years from March on, so that a leap day is the last of one.
func daysBefore(year, month int) int {
	if month -= 3; month < 0 {
		year, month = year-1, month+12
	}
	era := (year+400)/400 - 1 // of 400 years, each of 146097 days
	of := year - era*400
	return era*146097 + of*365 + of/4 - of/100 + (153*month+2)/5 - 719468
}

// ParseTimestamp reads a timestamp in the form 2006-01-02 15:04:05, with up to
// six digits of a fraction after a point, as microseconds since 1970-01-01
// 00:00:00 UTC. It is false for text of any other form.
func ParseTimestamp(text string) (micros int64, ok bool) {
	if len(text) < 19 || text[10] != ' ' || text[13] != ':' || text[16] != ':' {
		return 0, false
	}
	days, ok1 := ParseDate(text[:10])
	hour, ok2 := digits(text[11:13])
	minute, ok3 := digits(text[14:16])
	second, ok4 := digits(text[17:19])
	if !ok1 || !ok2 || !ok3 || !ok4 || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	micros = ((int64(days)*24+int64(hour))*60+int64(minute))*60 + int64(second)
	micros *= 1_000_000
	if len(text) == 19 {
		return micros, true
	}
	if text[19] != '.' || len(text) == 20 || len(text) > 26 {
		return 0, false
	}
	part, ok := digits(text[20:])
	for range 26 - len(text) {
		part *= 10
	}
	return micros + int64(part), ok
}

// momentLayouts are the forms of a timestamp in a cast, with or without a zone.
var momentLayouts = []string{
	"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999Z07",
	"2006-01-02 15:04:05.999999999 Z07:00", "2006-01-02 15:04:05.999999999 MST", "2006-01-02 15:04:05.999999999",
	"2006-01-02 15:04", "2006-01-02 15", dateLayout,
}

// readMoment reads a timestamp in any of the forms that a cast takes, and
// writes it as the engine keeps it, in UTC. A type without a zone keeps the
// clock and drops the zone.
func readMoment(text string, zoneless bool) (written string, ok bool) {
	if len(text) > 10 && text[10] == 'T' {
		text = text[:10] + " " + text[11:]
	}
	for _, layout := range momentLayouts {
		at, err := time.Parse(layout, text)
		if err != nil || strings.HasSuffix(layout, "MST") && !strings.HasSuffix(text, " UTC") {
			continue
		}
		if !zoneless {
			at = at.UTC()
		}
		if year := at.Year(); year < 1 || year > 9999 {
			return "", false
		}
		return at.Truncate(time.Microsecond).Format(timestampLayout), true
	}
	return "", false
}

func digits(text string) (n int, ok bool) {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = n*10 + int(text[i]-'0')
	}
	return n, true
}
