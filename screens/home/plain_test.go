package home

import (
	"bufio"
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// plain walks through home line by line.
func (a *person) plain(answers ...string) (heard string, err error) {
	a.T.Helper()
	var b strings.Builder
	theme := ui.NewTheme(true)
	a.home = New(a.Setup.Environment(), vault.Keys{}, &theme)
	in := bufio.NewReader(&screentest.Dictation{Lines: answers, Heard: &b})
	err = a.home.Plain(a.T.Context(), &prompt.Prompt{In: in, Out: &b, Clock: prompt.Halted{}})
	return strings.ReplaceAll(b.String(), passphrase, "SECRET"), err
}

func TestHomeLineByLineIsANumberedMenu(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "Asset inventory – prod", "Field ops", "Staging")
	heard, err := a.plain("a wrong passphrase", passphrase, "b", "stag", "", "t", "3", "?", "b", "2", "d", "b", "2", "d", "x", "", "2", "d", "x", "field OPS", "1", "z", "b", "q")
	if !errors.Is(err, prompt.ErrLeft) {
		t.Errorf("ended with %v", err)
	}
	screentest.CompareGolden(t, "home/plain", heard)
	if _, err := a.home.env.Vault.Load(t.Context(), "Field ops"); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestTheWaysOutOfHomeLineByLine(t *testing.T) {
	t.Parallel()
	for answers, want := range map[string]Kind{"n": NewConnection, "1 e": Edit} {
		a := withConnections(t, "ready", "prod")
		if _, err := a.plain(append([]string{passphrase}, strings.Fields(answers)...)...); err != nil || a.home.Choice().Kind != want {
			t.Errorf("%s went to %v, %v", answers, a.home.Choice().Kind, err)
		}
	}
}
