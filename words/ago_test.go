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
