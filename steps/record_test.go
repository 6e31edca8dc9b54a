package steps

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestARecordTellsWhatHappensInPanelsToo(t *testing.T) {
	t.Parallel()
	var told []string
	w := prepare(t, screentest.Person{})
	w.tell = func(event string) { told = append(told, event) }
	w.open()
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("Looks again in")
	w.actAsAdmin()
	w.See("The way to the schema is open.")
	w.Press("enter")
	w.See("Scope", "components")
	rest := told
	for _, want := range []string{
		"Step Connect", "Key: test", "✓ S06", "Key: next", "Step Warehouse", "Key: choose", "✓ S12", "Warehouse: Starter Warehouse", "Step Catalog",
		"Statements to run: GRANT USE CATALOG", "Key: act as admin", "Key: apply", "✓ S13", "Key: next", "Step Access",
	} {
		at := 0
		for at < len(rest) && !strings.HasPrefix(rest[at], want) {
			at++
		}
		if at == len(rest) {
			t.Fatalf("%q is not told where it belongs:\n%s", want, strings.Join(told, "\n"))
		}
		rest = rest[at+1:]
	}
}

func TestARecordTellsWhatAPanelChangedBeforeWhatComesNext(t *testing.T) {
	t.Setenv("HOME", homeWithProfile(t))
	var told []string
	w := prepare(t, screentest.Person{})
	w.tell = func(event string) { told = append(told, event) }
	w.open()
	w.Press("ctrl+l", "enter", "ctrl+t")
	all := strings.Join(told, "\n")
	if !strings.Contains(all, "Key: use this host\nWorkspace: "+screentest.AnotherHost) || !strings.Contains(all, "\nKey: token instead\nSign-in: personal access token") {
		t.Errorf("it tells\n%s", all)
	}
}
