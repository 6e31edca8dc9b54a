package settings

import (
	"testing"
	"time"
)

func set(t *testing.T, s *Settings, name, text string) {
	t.Helper()
	k, ok := Named(name)
	if !ok {
		t.Fatalf("there is no key %s", name)
	}
	if err := k.Set(s, text); err != nil {
		t.Fatal(err)
	}
	if got := k.Get(*s); got != text {
		t.Errorf("%s is %q, not %q", name, got, text)
	}
}

func TestTheLifeOfATokenEndsWithTheLimit(t *testing.T) {
	s := Initial()
	if s.LongestToken() != 730*24*time.Hour || !s.Tokens {
		t.Errorf("at first tokens are allowed (%t) for %s", s.Tokens, s.LongestToken())
	}
	set(t, &s, "maxTokenLifetimeDays", "90")
	set(t, &s, "enableTokensConfig", "false")
	if s.LongestToken() != 90*24*time.Hour || s.Tokens {
		t.Errorf("tokens are allowed (%t) for %s", s.Tokens, s.LongestToken())
	}
}

// TestALimitBeyondTheLongestLifeChangesNothing sets one that is longer in days than a duration can be.
func TestALimitBeyondTheLongestLifeChangesNothing(t *testing.T) {
	s := Initial()
	for _, days := range []string{"731", "106752", "9223372036854775807"} {
		set(t, &s, "maxTokenLifetimeDays", days)
		if s.LongestToken() != 730*24*time.Hour {
			t.Errorf("with a limit of %s days tokens live for %s", days, s.LongestToken())
		}
	}
}

func TestALimitThatIsNoneLeavesTheOneBefore(t *testing.T) {
	s := Initial()
	set(t, &s, "maxTokenLifetimeDays", "90")
	k, _ := Named("maxTokenLifetimeDays")
	for _, text := range []string{"-1", "many", "1.5", "9223372036854775808"} {
		if k.Set(&s, text) == nil || k.Get(s) != "90" {
			t.Errorf("%q is taken, or has left %s", text, k.Get(s))
		}
	}
	set(t, &s, "maxTokenLifetimeDays", "")
	if s.LongestToken() != 730*24*time.Hour {
		t.Errorf("without a limit tokens live for %s", s.LongestToken())
	}
}

func TestAKeyThatIsTrueOrFalseTakesNoOtherWord(t *testing.T) {
	for _, name := range []string{"enableTokensConfig", "enableWebTerminal"} {
		s := Initial()
		k, _ := Named(name)
		for _, text := range []string{"1", "T", "TRUE", "False", "", "no"} {
			if k.Set(&s, text) == nil || k.Get(s) != "true" {
				t.Errorf("%s takes %q and is %s", name, text, k.Get(s))
			}
		}
		set(t, &s, name, "false")
	}
}

func TestACopyIsChangedAlone(t *testing.T) {
	before := Initial()
	changed := before
	set(t, &changed, "enableWebTerminal", "false")
	if k, _ := Named("enableWebTerminal"); k.Get(before) != "true" {
		t.Error("the original has changed")
	}
	if k, _ := Named("enableWebTerminal"); k.Set(&changed, "perhaps") == nil {
		t.Error("perhaps is taken for true or false")
	}
	if _, known := Named("enableEverything"); known {
		t.Error("there is a key that nobody wrote down")
	}
}
