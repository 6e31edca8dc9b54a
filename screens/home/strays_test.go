package home

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

// field is something on the screens of home that can be typed into, and how one comes to it from the list.
type field struct {
	is    string // as screentest.Fields names it
	reach func(a *person)
}

// presses presses keys, until a text is seen.
func presses(sight string, keys ...string) func(*person) {
	return func(a *person) {
		a.Press(keys...)
		a.See(sight)
		a.Settle()
	}
}

// searched is a page that is searched for what is typed.
func searched(reach func(*person)) func(*person) {
	return func(a *person) {
		reach(a)
		a.Resize(60, 18) // which it does not fit into
		a.Press("/")
	}
}

// fields are they, by the scenario in which one comes to them.
var fields = map[string][]field{
	"ready": {
		{is: "list.go: Picker", reach: presses("Type to filter", "/")},
		{is: "rename.go: New name", reach: presses("New name", "m")},
		{is: "files.go: File", reach: presses("File", "s")},
		{is: "secret.go: paste it", reach: func(a *person) {
			file := filepath.Join(a.T.TempDir(), "ops.yaml")
			text := "host: " + a.Workspace.Host() + "\nname: ops\nsign_in: pat\nwarehouse: Starter Warehouse\ncatalog: inventory\nschema: assets\ntables: [devices]\n"
			a.writes(file, text)
			a.Press("i")
			a.Paste(file)
			presses("paste it", "enter")(a)
			a.writes(file, text+"ca_file: /none/ca.pem\n") // so that enter leads nowhere
		}},
		{is: "delete.go: Its name", reach: presses("Its name", "x")},
		{is: "secret.go: paste it", reach: presses("paste it", "r", "down", "enter")},
		{is: "admin_signin.go: Picker", reach: presses("an OAuth secret of a service principal", "r", "enter")},
		{is: "admin_credentials.go: Client ID", reach: func(a *person) {
			presses("an OAuth secret of a service principal", "r", "enter")(a)
			a.Write("oauth")
			a.Press("enter")
			a.See("Client ID")
		}},
		{is: "admin_credentials.go: paste it; it is never kept", reach: func(a *person) {
			presses("an OAuth secret of a service principal", "r", "enter")(a)
			a.Write("token")
			a.Press("enter")
			a.See("Access token")
		}},
		{is: "admin_plan.go: To go on", reach: func(a *person) {
			presses("an OAuth secret of a service principal", "r", "enter")(a)
			a.signsIn()
			a.See("To go on")
		}},
		{is: "account.go: Account", reach: presses("An account", "end", "enter")},
		{is: "certificate.go: Page", reach: searched(presses("Read-only certificate", "u"))},
		{is: "sheet.go: Page", reach: searched(presses("What is known about", "v"))},
		{is: "bundle.go: Page", reach: searched(presses("The bundle will hold", "b"))},
		{is: "rotate_plan.go: ID", reach: func(a *person) {
			presses("an OAuth secret of a service principal", "r", "enter")(a)
			a.signsIn()
			a.Until("a plan or what is left of one", func() bool { return a.Shows("To go on") || a.Shows("The last rotation switched") })
			if a.Shows("To go on") {
				a.confirms("draftt-connector")
				a.See(`Switched "ops" to the new secret.`)
			}
			a.Press("d")
			a.See("d name the old secret")
			a.Settle()
			a.Press("d")
			a.See("which one is deleted")
		}},
	},
	"missing-grants": {
		{is: "grants.go: Folder", reach: func(a *person) {
			presses("Is missing", "g")(a)
			a.Press("h")
			a.See("Folder")
		}},
		{is: "grants.go: Page", reach: searched(presses("Is missing", "g"))},
	},
}

// passphraseField is what opens the saved connections, before anything else.
const passphraseField = "unlock.go: Passphrase"

// elsewhere are fields of the panels that only a set-up opens, those that only come up where nobody can tell one secret from another, and
// the pages that fit into the smallest window, so that nobody can search them.
var elsewhere = []string{
	"admin_offers.go: Picker", "admin_offers.go: Display name", "disconnect.go: Secret ID", "test.go: Page", "test_all.go: Page", "checks.go: Page", "sync.go: Page",
}

func TestASecretPutIntoAnyFieldOfHomeIsDrawnAndLeftNowhere(t *testing.T) {
	listed := append([]string{passphraseField}, elsewhere...)
	for _, some := range fields {
		for _, f := range some {
			listed = append(listed, f.is)
		}
	}
	for _, folder := range []string{".", "../../panels"} {
		for _, name := range screentest.Fields(t, folder) {
			if !slices.Contains(listed, name) {
				t.Errorf("%s can be typed into, and nobody has put a secret into it", name)
			}
		}
	}
	for scenario, some := range fields {
		t.Run(scenario, func(t *testing.T) {
			t.Chdir(t.TempDir()) // a letter that is no text may save a file
			a := withConnections(t, scenario, "ops")
			a.folder, a.more = t.TempDir(), []Door{{Name: "An account", Panel: asksAccount}}
			a.makesSecret() // so that which one is meant is not clear
			a.begin()
			a.See("opened by a passphrase")
			if scenario == "ready" { // one of them, for the third wrong one ends the program
				a.PutStray(screentest.Strays[0])
			}
			a.Write(passphrase)
			a.Press("enter")
			a.Until("the list is there", func() bool { return a.home.unlock.open })
			for _, f := range some {
				t.Log(f.is)
				a.MustShow("› ops")
				f.reach(a)
				for _, stray := range screentest.Strays {
					if !a.Focused() { // enter ended the typing, or took the text
						a.backToTheList()
						f.reach(a)
					}
					a.PutStray(stray)
				}
				a.backToTheList()
			}
			leftNowhere(t, a.folder)
			leftNowhere(t, a.dir)
		})
	}
}

func (a *person) backToTheList() {
	a.T.Helper()
	for presses := 0; !a.Shows("› ops") || a.Focused(); presses++ {
		if presses > 9 {
			a.T.Fatalf("no way back to the list:\n%s", a.Screen())
		}
		if a.Press("esc"); a.Shows("› An account") {
			a.Press("home")
		}
		a.Settle()
	}
}

// leftNowhere fails for a file with a stray in its name or in it.
func leftNowhere(t *testing.T, folder string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content)+path, screentest.StrayMiddle) {
			t.Errorf("a stray secret is left in %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
