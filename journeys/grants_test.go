package journeys

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A person who has nothing but the admin's credentials gets to a saved and certified connection without leaving the terminal.
func TestAnAdminGetsFromAnEmptyWorkspaceToACertifiedConnection(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "first-time")
	term.WaitFor("Connect to your workspace")
	term.Press("C-o")
	term.WaitFor("Make a new one", "DEMO ADMIN")
	term.Press("Enter")
	term.WaitFor("Display name")
	term.Press("C-u")
	term.Type("draftt-inventory")
	term.Press("Enter")
	term.WaitFor("Create service principal: draftt-inventory")
	term.confirm()
	term.WaitFor("Filled in: client ID and OAuth secret of draftt-inventory")
	term.Press("Enter")
	term.WaitFor("Signed in as draftt-inventory")
	term.Press("Enter")

	term.WaitFor("Select your SQL warehouse", "CAN_USE on none")
	term.Press("C-o")
	term.WaitFor("› Starter Warehouse")
	term.Press("Enter")
	term.WaitFor("PATCH /api/2.0/permissions/warehouses/")
	term.confirm()
	term.TakeTheRunningWarehouse()

	term.FindInventory()
	term.WaitFor("✗ USE CATALOG on inventory", "missing")
	term.ActAsAdmin()
	term.GoOnToTheTables()
	term.ReadComponents()
	term.Press("Enter")
	term.WaitFor("Review and save", "can only read, and only what was chosen")
	term.Press("Enter")
	term.LeaveWhatWasSaved()
	left := term.WaitForExit(0)
	for _, text := range []string{`Saved "inventory.assets".`, "Rights", "can only read, and only what was chosen"} {
		if !strings.Contains(left, text) {
			t.Errorf("what is left lacks %q:\n%s", text, left)
		}
	}
}

// confirm types the word that has a plan applied.
func (term *Terminal) confirm() {
	term.t.Helper()
	term.WaitFor("This makes", "To go on")
	term.Type("apply")
	term.Press("Enter")
}

func TestAPlanThatIsNotConfirmedChangesNothing(t *testing.T) {
	t.Parallel()
	term := New(t, 80, 24, "demo", "--scenario", "first-time")
	term.SignIn()
	term.TakeTheRunningWarehouse()
	term.FindInventory()
	term.WaitFor("✗ USE CATALOG on inventory", "missing")
	term.Press("a")
	term.WaitFor("To go on")
	term.Type("yes")
	term.Press("Enter")
	term.WaitFor("Nothing was changed.")
	term.Press("Escape")
	term.WaitFor("✗ USE CATALOG on inventory", "GRANT USE CATALOG")
}

// A person without any admin rights leaves with a page for the owner. Another process runs the statements, and the set-up verifies them
// by itself when it goes on.
func TestAHandOffIsFinishedByAnotherProcessAndResumed(t *testing.T) {
	t.Parallel()
	home := NewHome(t)
	w := NewWorkspace(t, home, "first-time")
	folder := filepath.Join(home.Dir, "home")
	keyed := []string{"--key-file", filepath.Join(home.Dir, "key.txt")}
	term := NewAt(t, home, 80, 24, append(w.Setup(), keyed...)...)
	term.WaitFor("Connect to your workspace")
	secret := string(w.Connector().Secret.Reveal())
	term.Paste(secret)
	term.SignIn()
	term.TakeTheRunningWarehouse()
	term.FindInventory()
	term.WaitFor("✗ USE CATALOG on inventory", "missing")
	term.Press("h")
	term.WaitFor("Hand off to the owners", "Folder")
	term.Press("C-u")
	term.Type(folder)
	term.Press("Enter")
	term.WaitFor("Send each page to its owner", "setup --resume")
	term.Press("q")
	left := term.WaitForExit(130)
	if !strings.Contains(left, "draftt-databricks setup --resume") {
		t.Errorf("the farewell does not say how to go on:\n%s", left)
	}

	pages, err := filepath.Glob(filepath.Join(folder, "handoff-*.txt"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no page was written: %v", err)
	}
	var statements []string
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), secret) {
			t.Errorf("%s has the secret", page)
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(line, "GRANT ") {
				statements = append(statements, strings.TrimSuffix(strings.TrimSpace(line), ";"))
			}
		}
	}

	again := NewAt(t, home, 80, 24, append([]string{"setup", "--resume"}, keyed...)...)
	again.WaitFor("Connect to your workspace", w.Host())
	again.Paste(secret)
	again.Press("Enter")
	again.WaitFor("✗ USE CATALOG on inventory", "missing", "Looks again in")
	w.run(t, statements)
	again.WaitFor("Choose what Draftt may read", "[ ] components")
	again.ReadComponents()
	again.Press("Enter")
	again.WaitFor("Review and save", "as the connector")
	again.Press("Enter")
	again.LeaveWhatWasSaved()
	if left := again.WaitForExit(0); !strings.Contains(left, `Saved "inventory.assets".`) {
		t.Errorf("nothing says that the connection was saved:\n%s", left)
	}

	once := NewAt(t, home, 80, 24, append([]string{"setup", "--resume"}, keyed...)...)
	once.WaitFor("[exit 64]")
	if out := once.StandardError(); !strings.Contains(out, "No set-up waits here") {
		t.Errorf("a finished set-up still waits:\n%s", out)
	}
}

// run has the admin run statements through the statement API, as any other program would.
func (w *Workspace) run(t *testing.T, statements []string) {
	t.Helper()
	handout, err := w.Handout(w.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DialContext: w.DialContext, TLSClientConfig: &tls.Config{RootCAs: w.RootCAs()}}}
	defer client.CloseIdleConnections()
	for _, statement := range statements {
		body, err := json.Marshal(map[string]string{"statement": statement, "warehouse_id": handout.Warehouses[0].ID, "wait_timeout": "30s"})
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+w.Host()+"/api/2.0/sql/statements", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+handout.AdminToken)
		request.Header.Set("Content-Type", "application/json")
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		var told struct {
			Status struct{ State string }
		}
		err = json.NewDecoder(answer.Body).Decode(&told)
		_ = answer.Body.Close()
		if err != nil || told.Status.State != "SUCCEEDED" {
			t.Fatalf("%s ended with %s %q: %v", statement, answer.Status, told.Status.State, err)
		}
	}
}
