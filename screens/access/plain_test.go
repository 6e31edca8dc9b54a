package access

import (
	"bufio"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// said is what is said line by line to somebody with these answers.
func said(t *testing.T, w *screentest.Walk, answers ...string) string {
	t.Helper()
	var b strings.Builder
	in := bufio.NewReader(&screentest.Dictation{Lines: answers, Heard: &b})
	if err := Lines(t.Context(), prompt.Asker{Prompt: &prompt.Prompt{In: in, Out: &b, Clock: prompt.Halted{}}}, visiting(t, w)); err != nil {
		t.Error(err)
	}
	return b.String()
}

func TestTheExplorerIsSaidLineByLine(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	if got := said(t, w); !strings.Contains(got, "No inventory of this workspace was taken yet.") || !strings.Contains(got, "inventory run ") {
		t.Error(got)
	}
	screentest.TakeInventory(t, w.Env.Vault.Dir(), screentest.AHost, screentest.Company{})
	got := said(t, w, "okafor", "1", "", "maria.lindqvist@contoso.example", "inventory.assets.components", "inventory.assets.devices", "", "inventory.assets.components", "tom.okafor@contoso.example", "", "")
	for _, text := range []string{
		"Ours: service principal draftt-connector", "Not in this inventory: inventory.assets.gone", "1. tom.okafor@contoso.example",
		"- inventory.assets.components, in analysts › data-readers: granted, SELECT", "Yes: maria.lindqvist@contoso.example has SELECT", "What would end it: ",
		"Unknown: maria.lindqvist", "Not collected: ", "No: tom.okafor@contoso.example does not have SELECT", "Missing: ", "Who can give it: ",
		"Owner: group platform-admins", "What it is in: 3.", "- inventory.assets, schema",
	} {
		if !strings.Contains(got, text) {
			t.Errorf("nobody said %q:\n%s", text, got)
		}
	}
}

func TestWhatIsTypedInPartFindsAndIsNoRefusal(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	screentest.TakeInventory(t, w.Env.Vault.Dir(), screentest.AHost, screentest.Company{})
	if got := said(t, w, "lind", "devi", ""); strings.Contains(got, "has no") || strings.Count(got, "1 matches; the number of one goes on.") != 2 || !strings.Contains(got, "1. maria.lindqvist@contoso.example") {
		t.Error(got)
	}
	if got := said(t, w, "zebra", ""); !strings.Contains(got, "The inventory has no “zebra”.") || strings.Contains(got, "match") {
		t.Error(got)
	}
}

// Share mode is the whole program's, so that this test has it to itself.
func TestWhatIsTypedAndNotFoundHasAnAliasLineByLine(t *testing.T) {
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	screentest.TakeInventory(t, w.Env.Vault.Dir(), screentest.AHost, screentest.Company{})
	panels.Aliases().Share(true)
	t.Cleanup(func() { panels.Aliases().Share(false) })
	if got := connector.ShownText(said(t, w, "zebrafish", "")); strings.Contains(got, "zebrafish") || !strings.Contains(got, "has no “") {
		t.Error(got)
	}
}

func TestWhatIsUnknownIsCountedAndSaidApart(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	screentest.TakeInventory(t, w.Env.Vault.Dir(), screentest.AHost, screentest.Company{})
	got := said(t, w, "maria.lindqvist@contoso.example", "", "")
	for _, text := range []string{" unknown.\n", "Not all was seen: an account admin would see 9 more. The unknown stand last.\n", "Unknown:\n"} {
		if !strings.Contains(got, text) {
			t.Errorf("nobody said %q:\n%s", text, got)
		}
	}
}
