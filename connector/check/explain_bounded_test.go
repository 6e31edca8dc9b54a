package check

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// A log may say the same thing on every line. What is counted is how many places are read, and not how long that takes.
func TestAStatusOnEveryLineIsReadAtAFewPlaces(t *testing.T) {
	line := "HTTP 401 status 401 HTTP 503 status 503 error_code: 401 databricks\n"
	seen := signsIn(pasted.Flatten(strings.Repeat(line, pasted.Limit/len(line))))
	seen.overruled = new(bool)
	if len(seen.status) < 50*tries {
		t.Fatalf("only %d statuses are seen, which bounds nothing", len(seen.status))
	}
	for _, part := range seen.record.Parts() {
		counted := seen.within(part)
		for _, p := range toldRows {
			counted.find(p)
		}
	}
	if len(seen.denied) == 0 || len(seen.denied) > 8*tries {
		t.Errorf("%d places are read for what denies them", len(seen.denied))
	}
}

// What somebody else is said to have done is taken back by nobody, because it counts for nothing.
func TestOnlyWhatCountsIsTakenBack(t *testing.T) {
	for text, want := range map[string]bool{
		"If the postgres server at db.fabrikam.example:5432 answers connection refused, restart it.":      false,
		"If adb-5310998877665544.3.azuredatabricks.net answers connection refused, look at the firewall.": true,
	} {
		if found, overruled := explained(pasted.Flatten(text)); found.Cause != NotKnown || overruled != want {
			t.Errorf("%q is %s, and overruled is %v", text, found.Pattern, overruled)
		}
	}
}
