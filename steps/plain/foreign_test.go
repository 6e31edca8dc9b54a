package plain

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// TestLineByLineAForeignHostIsTypedTwice answers every question right but the second typing, which is asked for until it is right too.
func TestLineByLineAForeignHostIsTypedTwice(t *testing.T) {
	t.Parallel()
	allow, err := connector.AllowList(nil).Allow("lab.contoso.example:8443")
	if err != nil {
		t.Fatal(err)
	}
	w := prepared(t, screentest.Person{Blank: true, Allow: allow})
	heard, err := w.dictate("lab.contoso.example:8443", "lab.contoso.example", "adb-1.2.azuredatabricks.net", "https://lab.contoso.example:8443/", "1",
		screentest.AClientID, "dose0123456789abcdef0123456789abcdef", "q")
	if !errors.Is(err, prompt.ErrLeft) {
		t.Fatalf("%v after\n%s", err, heard)
	}
	const again = "Type the host once more"
	before, after, tested := strings.Cut(heard, "Testing the connection.")
	if strings.Count(before, again) != 3 || strings.Count(before, "The two hosts differ. Type the host, lab.contoso.example:8443, once more") != 2 {
		t.Errorf("the second typing is not asked for until it is right:\n%s", heard)
	}
	if !tested || !strings.Contains(after, "Could not reach the workspace") {
		t.Errorf("then it is not tested:\n%s", heard)
	}
}

// TestLineByLineAGivenForeignHostIsTypedOnceMore: nobody was asked for a host that was given. Who gives it on the command line and allows it there
// by name has typed it twice.
func TestLineByLineAGivenForeignHostIsTypedOnceMore(t *testing.T) {
	t.Parallel()
	for from, times := range map[setup.Source]int{setup.FromSaved: 2, setup.FromFlag: 0} {
		allow, err := connector.AllowList(nil).Allow("lab.contoso.example:8443")
		if err != nil {
			t.Fatal(err)
		}
		w := prepared(t, screentest.Person{Blank: true, Allow: allow})
		given := setup.Answers{Host: "lab.contoso.example:8443", ClientID: screentest.AClientID, Secret: connector.NewSecret([]byte("dose0123456789abcdef0123456789abcdef"))}
		if err := w.Setup.Draft().Prefill(given, from); err != nil {
			t.Fatal(err)
		}
		answers := []string{"lab.contoso.example", "lab.contoso.example:8443", "q"}
		heard, err := w.dictate(answers[len(answers)-1-times:]...)
		before, _, tested := strings.Cut(heard, "Testing the connection.")
		if !errors.Is(err, prompt.ErrLeft) || !tested || strings.Count(before, "Type the host once more") != times {
			t.Errorf("%s: %v after\n%s", from, err, heard)
		}
	}
}

// TestLineByLineARefusedReadIsNoSuccess: nothing is reviewed or saved, and what is wrong is said with what to do, and once more at the end.
func TestLineByLineARefusedReadIsNoSuccess(t *testing.T) {
	t.Parallel()
	s, err := demo.Find("row-filter-function")
	if err != nil {
		t.Fatal(err)
	}
	n, err := sendNewcomer(t, s)
	heard := n.heard.String()
	if !errors.Is(err, prompt.ErrLeft) || n.walk.Setup.Saved().ID != "" || strings.Contains(heard, "Step 5 of 5") || strings.Contains(heard, "Verdict:") {
		t.Errorf("%v after\n%s", err, heard)
	}
	if !strings.Contains(heard, "✗ S16 Rows") || !strings.Contains(heard, "\nNot solved yet: ") || !strings.Contains(heard, "r to read again, g for the grants, d for details") {
		t.Errorf("what is wrong, or what to do, is not said:\n%s", heard)
	}
	if p := n.walk.Setup.Draft().Proof(); p.Passed {
		t.Errorf("%+v", p)
	}
}
