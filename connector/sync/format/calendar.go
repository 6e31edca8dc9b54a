package format

import (
	"fmt"
	"strconv"
)

const (
	microsOfDay = 24 * 60 * 60 * 1_000_000
	daysOfEra   = 146_097 // of 400 years, after which the Gregorian calendar repeats
)

// appendDate appends a day, counted from 1970-01-01, in the proleptic Gregorian calendar as ISO 8601 writes it. Days reach further than
// time.Time can count microseconds.
func appendDate(dst []byte, days int64) []byte {
	days += 719_468 // from 0000-03-01
	era := floorDiv(days, daysOfEra)
	day := days - era*daysOfEra
	yearOfEra := (day - day/1460 + day/36_524 - day/146_096) / 365
	day -= 365*yearOfEra + yearOfEra/4 - yearOfEra/100
	month := (5*day + 2) / 153
	day -= (153*month+2)/5 - 1
	year := era*400 + yearOfEra
	if month += 3; month > 12 {
		month, year = month-12, year+1
	}
	switch {
	case year < 0:
		dst, year = append(dst, '-'), -year
	case year > 9999:
		dst = append(dst, '+')
	}
	if year > 9999 {
		dst = strconv.AppendInt(dst, year, 10)
	} else {
		dst = append(dst, byte('0'+year/1000), byte('0'+year/100%10), byte('0'+year/10%10), byte('0'+year%10))
	}
	return append(dst, '-', byte('0'+month/10), byte('0'+month%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// appendTime appends a point of time, counted in microseconds from 1970, with six digits of the second.
func appendTime(dst []byte, micros int64, zone string) []byte {
	days := floorDiv(micros, microsOfDay)
	rest := micros - days*microsOfDay
	dst = append(appendDate(dst, days), 'T')
	seconds, fraction := rest/1_000_000, rest%1_000_000
	for i, part := range [3]int64{seconds / 3600, seconds / 60 % 60, seconds % 60} {
		if i > 0 {
			dst = append(dst, ':')
		}
		dst = append(dst, byte('0'+part/10), byte('0'+part%10))
	}
	dst = append(dst, '.')
	for unit := int64(100_000); unit > 0; unit /= 10 {
		dst = append(dst, byte('0'+fraction/unit%10))
	}
	return append(dst, zone...)
}

// parseDate reads what appendDate wrote.
func parseDate(text []byte) (int64, error) {
	wrong := func() error { return fmt.Errorf("%.40q is no date", text) }
	sign, rest := int64(1), text
	if len(rest) > 0 && (rest[0] == '-' || rest[0] == '+') {
		if rest[0] == '-' {
			sign = -1
		}
		rest = rest[1:]
	}
	at := len(rest) - len("-01-01")
	if at < 4 || at > 9 || rest[at] != '-' || rest[at+3] != '-' {
		return 0, wrong()
	}
	year, ok := digits(rest[:at])
	month, ok1 := digits(rest[at+1 : at+3])
	day, ok2 := digits(rest[at+4:])
	if !ok || !ok1 || !ok2 || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, wrong()
	}
	if year *= sign; month <= 2 {
		year, month = year-1, month+12
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	return era*daysOfEra + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - 719_468, nil
}

// parseTime reads what appendTime wrote.
func parseTime(text []byte, zone string) (int64, error) {
	wrong := func() error { return fmt.Errorf("%.40q is no point of time", text) }
	at := len(text) - len("T00:00:00.000000") - len(zone)
	if at < 0 || string(text[len(text)-len(zone):]) != zone || text[at] != 'T' {
		return 0, wrong()
	}
	days, err := parseDate(text[:at])
	if err != nil {
		return 0, err
	}
	clock := text[at+1:]
	hour, ok := digits(clock[:2])
	minute, ok1 := digits(clock[3:5])
	second, ok2 := digits(clock[6:8])
	fraction, ok3 := digits(clock[9:15])
	if !ok || !ok1 || !ok2 || !ok3 || clock[2] != ':' || clock[5] != ':' || clock[8] != '.' || hour > 23 || minute > 59 || second > 59 {
		return 0, wrong()
	}
	// The first day that microseconds reach is no whole one: its midnight lies before them, and wraps around and back.
	return days*microsOfDay + ((hour*60+minute)*60+second)*1_000_000 + fraction, nil
}

func digits(text []byte) (int64, bool) {
	n := int64(0)
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, len(text) > 0
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
