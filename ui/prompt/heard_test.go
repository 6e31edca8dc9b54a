package prompt

import (
	"bufio"
	"strings"
	"testing"
)

// TestHelpKnowsWhatWasSaid has a copy of a prompt ask, as waits and choices do, and help say more than what was said.
func TestHelpKnowsWhatWasSaid(t *testing.T) {
	var out strings.Builder
	first := &Prompt{In: bufio.NewReader(strings.NewReader("?\n?\n1\n")), Out: &out}
	first.Say("Good morning.")
	copied := *first
	a := Asker{Prompt: &copied}
	var heard []string
	a.Help = func() {
		first.Say("Coffee is a drink.")
		heard = append(heard, strings.Join(first.Heard(), "\n"))
	}
	if _, err := a.Choose("Which?", []string{"coffee", "tea"}, 0); err != nil {
		t.Fatal(err)
	}
	for _, said := range heard {
		if !strings.Contains(said, "Good morning.") || !strings.Contains(said, "1. coffee") || strings.Contains(said, "Coffee is") {
			t.Errorf("help hears\n%s", said)
		}
	}
	for range 2 * inSight {
		first.Say("And so on.")
	}
	if now := first.Heard(); len(heard) != 2 || len(now) != inSight {
		t.Errorf("%d times help, %d lines", len(heard), len(now))
	}
}
