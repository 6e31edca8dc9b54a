package connector

import (
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/words"
)

// warnings are how many days before its end a secret gets a louder word, the last first.
var warnings = []struct {
	days int
	word string
}{
	{1, "Rotate it now"}, {7, "Rotate it this week"}, {14, "Plan its rotation"}, {30, "It can be rotated any time"},
}

// Expiry says when the secret of a connection ends, with a word of warning in its last 30 days. It is empty where the end is not known,
// which is so for a secret that was typed: only an admin sees its end.
func Expiry(c Connection, now time.Time) (text string, warns bool) {
	if c.SecretExpires.IsZero() {
		return "", false
	}
	end, left := c.SecretExpires.UTC().Format("2 January 2006"), c.SecretExpires.Sub(now)
	if left <= 0 {
		return "ended on " + end + ". Rotate it now", true
	}
	days := int(left.Hours() / 24)
	text = fmt.Sprintf("ends on %s, in %s", end, words.Plural(days, "day", "days"))
	for _, w := range warnings {
		if left <= time.Duration(w.days)*24*time.Hour {
			return text + ". " + w.word, true
		}
	}
	return text, false
}
