package words

import (
	"testing"
	"time"
)

func TestHowLongAgoIsSaidInWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "a moment ago", 59 * time.Second: "a moment ago", time.Minute: "1 minute ago", 90 * time.Minute: "1 hour ago", 50 * time.Hour: "2 days ago",
	} {
		if got := Ago(d); got != want {
			t.Errorf("%s is %q", d, got)
		}
	}
}

func TestASpanIsSaidInTheUnitThatItWasGivenIn(t *testing.T) {
	for d, want := range map[time.Duration]string{
		time.Minute: "1 minute", 90 * time.Second: "90 seconds", 2 * time.Minute: "2 minutes", time.Hour: "1 hour", 90 * time.Minute: "90 minutes", 24 * time.Hour: "24 hours", 48 * time.Hour: "2 days",
	} {
		if got := Span(d); got != want {
			t.Errorf("%s is said as %q, want %q", d, got, want)
		}
	}
}
