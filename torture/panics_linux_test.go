package torture

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// provoke makes a command one that panics in a place. The tests are that program; see provoked.
func (m *machine) provoke(cmd *exec.Cmd, place string) *exec.Cmd {
	m.t.Helper()
	program, err := os.Executable()
	if err != nil {
		m.t.Fatal(err)
	}
	places := filepath.Join(m.dir, "places")
	if err := errors.Join(os.RemoveAll(places), os.MkdirAll(places, 0o700)); err != nil {
		m.t.Fatal(err)
	}
	cmd.Path = program
	cmd.Env = append(cmd.Env, provokedIn+"="+place, placesMet+"="+places)
	return cmd
}

// nowhere is a place that no program comes by: nothing panics.
const nowhere = "nowhere"

// came checks that the program came by the place, since one that never does shows nothing of what a panic there does.
func (m *machine) came(place string) {
	m.t.Helper()
	if place == nowhere {
		return
	}
	if _, err := os.Stat(filepath.Join(m.dir, "places", place)); err != nil {
		m.t.Errorf("%s: the program never came by: %v", place, err)
	}
}

// sights are what a person meets in a set-up, and what they press then.
var sights = []struct{ text, keys string }{
	{"Signed in as", "\r"}, {"› Starter Warehouse", "\r"}, {"dev_inventory", "inventory"}, {"› inventory ", "\r"}, {"› assets", "\r"},
	{"✓ USE SCHEMA on inventory.assets", "\r"}, {"[ ] components", "\r"}, {"1 ticked", "\r"}, {"Review and save", ""},
}

// hurry is how long a screen is waited for that a panic may have kept from coming.
const hurry = 15 * time.Second

// sees waits until the program shows a text, for a while, and not beyond its end.
func (s *screen) sees(text string) bool {
	for began := time.Now(); time.Since(began) < hurry; {
		mark := s.mark()
		s.columns ^= 1
		if s.resize() != nil {
			return false
		}
		select {
		case <-s.done:
			return false
		case <-time.After(200 * time.Millisecond):
		}
		if strings.Contains(s.since(mark), text) {
			return true
		}
	}
	return false
}

// walk goes through a set-up as far as it comes, and leaves it.
func (s *screen) walk(m *machine) {
	if s.sees("paste it") {
		s.press("\x1b[200~" + m.served.ClientSecret + "\x1b[201~")
		if s.sees("36 characters received") {
			s.press("\r")
			for _, sight := range sights {
				if !s.sees(sight.text) {
					break
				}
				s.press(sight.keys)
			}
		}
	}
	s.press("\x03")
	if s.sees("ctrl+c leaves") {
		s.press("\x03")
	}
}

// press sends keys to a program that may have ended.
func (s *screen) press(keys string) { _, _ = s.pty.WriteString(keys) }

// places are where a panic is tried in an ordinary run: in front of everything, in a goroutine that nobody waits for, and in one of a
// screen. With -full it is tried wherever a walk through a set-up comes by.
var places = []string{"running the command", "watching a stage", "working in the background"}

func TestAPanicOnAnyGoroutineGivesTheTerminalBack(t *testing.T) {
	tried := places
	if *full {
		tried = met(t)
	}
	for _, place := range tried {
		t.Run(place, func(t *testing.T) {
			m := newMachine(t)
			s, before := steady(t, m.provoke(m.setup("--fresh"), place))
			s.walk(m)
			code, seen := s.end()
			s.givenBack(before)
			const left, internal = 130, 70
			text := s.since(0)
			if fault := strings.Contains(text, "A fault in this program ended it") || strings.Contains(text, "a fault in the program while"); fault != (code == internal) || !fault && code != left {
				t.Errorf("it ended with %d:\n%s", code, text[max(0, len(text)-1500):])
			}
			if strings.Contains(string(seen), "canary-of-a-panic") || strings.Contains(string(seen), "goroutine ") {
				t.Error("it tells more of the panic than where it was")
			}
			m.silent(seen, m.served.ClientSecret)
			m.came(place)
			t.Logf("ended with %d", code)
		})
	}
}

// met are the places that a walk through a set-up comes by.
func met(t *testing.T) (names []string) {
	t.Helper()
	m := newMachine(t)
	s, _ := steady(t, m.provoke(m.setup("--fresh"), nowhere))
	s.walk(m)
	if code, _ := s.end(); code != 130 {
		t.Errorf("left with %d", code)
	}
	found, err := os.ReadDir(filepath.Join(m.dir, "places"))
	if err != nil || len(found) < 20 {
		t.Fatalf("%d places were met: %v", len(found), err)
	}
	for _, place := range found {
		names = append(names, place.Name())
	}
	return names
}

// save saves a connection, as a person's answers file does.
func (m *machine) save(name string) {
	m.t.Helper()
	if out, err := m.saving(name).CombinedOutput(); err != nil {
		m.t.Fatalf("%v\n%s", err, out)
	}
}

// saving is the command that saves a connection.
func (m *machine) saving(name string) *exec.Cmd {
	m.t.Helper()
	file := filepath.Join(m.dir, name+".yaml")
	answers := fmt.Sprintf("host: %s\nclient_id: %s\nca_file: %s\nwarehouse: Starter Warehouse\ncatalog: inventory\nschema: assets\ntables: [components]\nname: %s\nkey_file: %s\n",
		m.served.Host, m.served.ClientID, m.served.CAFile, name, m.keyFile())
	if err := os.WriteFile(file, []byte(answers), 0o600); err != nil {
		m.t.Fatal(err)
	}
	cmd := m.command("setup", "--answers", file, "--allow-host", m.served.Host, "--secret-stdin", "--key-file", m.keyFile())
	cmd.Stdin = strings.NewReader(m.served.ClientSecret + "\n")
	return cmd
}

// TestAPanicLeavesTheJSONWholeAndTheOtherConnectionsTested: a panic in one test is the result of that test.
func TestAPanicLeavesTheJSONWholeAndTheOtherConnectionsTested(t *testing.T) {
	m := newMachine(t)
	m.save("first")
	m.save("second")
	for _, place := range []string{"testing a connection", "running stage S12", "asking for several", "asking the workspace", "opening a session", "reading a row", "closing a result"} {
		cmd := m.provoke(m.command("test", "--all", "--json", "--key-file", m.keyFile()), place)
		var errs bytes.Buffer
		cmd.Stderr = &errs
		out, err := cmd.Output()
		m.came(place)
		var reports []struct {
			Name   string
			Passed bool
			Exit   int
			Stages []struct{ ID, State, Pattern string }
		}
		if whole := json.Unmarshal(out, &reports); whole != nil || len(reports) != 2 {
			t.Errorf("%s: %v, %v\n%s%s", place, whole, err, out, &errs)
			continue
		}
		for _, r := range reports {
			if r.Passed && place != "closing a result" {
				t.Errorf("%s: %s passed", place, r.Name)
			}
			for _, stage := range r.Stages {
				if stage.State == "failed" {
					t.Logf("%s: %s failed at %s with %s, exit %d", place, r.Name, stage.ID, stage.Pattern, r.Exit)
				}
			}
		}
		if strings.Contains(string(out)+errs.String(), "canary-of-a-panic") || strings.Contains(errs.String(), "goroutine ") {
			t.Errorf("%s: it tells more of the panic than where it was:\n%s", place, &errs)
		}
	}
}

// linePlaces are the goroutines of a set-up line by line. While a secret is typed the terminal shows nothing, which must end with it.
var linePlaces = []string{"reading a hidden line", "hearing the person", "working", "reading a line"}

func TestAPanicBetweenTwoLinesGivesTheTerminalBack(t *testing.T) {
	for _, place := range linePlaces {
		t.Run(place, func(t *testing.T) {
			m := newMachine(t)
			s, before := steady(t, m.provoke(m.setup("--plain", "--fresh"), place))
			for range 40 {
				select {
				case <-s.done:
				case <-time.After(300 * time.Millisecond):
				}
				asked := s.since(0)
				switch asked = asked[max(0, len(asked)-160):]; {
				case strings.Contains(asked, "Type the host once more"):
					s.press(m.served.Host)
				case strings.Contains(asked, "OAuth secret ("):
					s.press(m.served.ClientSecret)
				case strings.Contains(asked, "SQL warehouse"):
					s.press("\x03")
				}
				s.press("\r")
			}
			s.press("\x03")
			code, seen := s.end()
			s.givenBack(before)
			if strings.Contains(string(seen), "canary-of-a-panic") || strings.Contains(string(seen), "goroutine ") {
				t.Error("it tells more of the panic than where it was")
			}
			m.silent(seen, m.served.ClientSecret)
			m.came(place)
			text := s.since(0)
			t.Logf("ended with %d: …%s", code, text[max(0, len(text)-400):])
			if code != 70 && code != 130 {
				t.Errorf("ended with %d", code)
			}
		})
	}
}
