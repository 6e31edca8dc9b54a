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
