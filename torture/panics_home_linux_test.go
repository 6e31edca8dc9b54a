package torture

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// move is what a person waits for, and what they press then.
type move struct{ sight, keys string }

// deed is one thing that is done at home, from the key that begins it.
type deed struct {
	name  string
	moves func(m *machine) []move
}

// asAdmin are the moves that sign an admin in.
func asAdmin(m *machine) []move {
	return []move{
		{"an OAuth secret of a service principal", "oauth\r"}, {"Client ID", m.served.AdminID + "\r"},
		{"OAuth secret", "\x1b[200~" + m.served.AdminSecret + "\x1b[201~"}, {"36 characters received", "\r"},
	}
}

// these are moves that need nothing of the machine.
func these(moves ...move) func(*machine) []move { return func(*machine) []move { return moves } }

// deeds are all that home does in a panel, the panels of an admin among them.
var deeds = []deed{
	{"test", these(move{"› first", "t"}, move{"✓ Rows", "\x1b"})},
	{"test all", these(move{"› first", "a"}, move{"2 of 2", "\x1b"})},
	{"grants", these(move{"› first", "g"}, move{"USE CATALOG", "h"}, move{"Folder", "\x1b"}, move{`Grants of "first"`, "\x1b"})},
	{"certificate", these(move{"› first", "u"}, move{"beyond reading", "\x1b"})},
	{"for Draftt", these(move{"› first", "w"}, move{"Enter this in Draftt", "y\x1b"})},
	{"show", these(move{"› first", "v"}, move{"Signs in", "\x1b"})},
	{"bundle", these(move{"› first", "b"}, move{"The bundle will hold", "\r"}, move{"File", "\r"}, move{"searched for", ""})},
	{"rename", these(move{"› first", "m"}, move{"New name", "2\r"}, move{"first2", ""})},
	{"export", these(move{"› first", "s"}, move{"File", "\r"}, move{"without its secret", ""})},
	{"import", these(move{"› first", "i"}, move{"File", "/none\tx\r"}, move{"could not be read", "\x1b"})},
	{"delete", these(move{"› first", "x"}, move{"Delete", "first\r"}, move{"› second", ""})},
	{"rotate", func(m *machine) []move {
		return append(append([]move{{"› first", "r"}, {"New secret", "\r"}}, asAdmin(m)...), move{"press enter", "draftt-connector\r"}, move{"to the new secret", "\x1b"})
	}},
	{"disconnect", func(m *machine) []move {
		return append(append([]move{{"› first", "d"}, {"Disconnect", "\r"}}, asAdmin(m)...), move{"press enter", "first\r"}, move{"saved any more", ""})
	}},
	{"filter", these(move{"› first", "/sec"}, move{"› second", "\x1b"})},
	{"edit", these(move{"› first", "e"}, move{`Edit "first"`, "\x1b"})},
}

// atWork does a deed at home in front of a terminal, with a panic in a place from the first key on.
func (m *machine) atWork(d deed, place string) (*screen, unix.Termios) {
	m.t.Helper()
	armed := filepath.Join(m.dir, "armed")
	cmd := m.provoke(m.command("--key-file", m.keyFile()), place)
	cmd.Env = append(cmd.Env, armedBy+"="+armed)
	s, before := steady(m.t, cmd)
	for i, next := range d.moves(m) {
		if !s.sees(next.sight) {
			break
		}
		if i == 0 {
			time.Sleep(300 * time.Millisecond) // what was typed ahead does not act
			if err := os.WriteFile(armed, nil, 0o600); err != nil {
				m.t.Fatal(err)
			}
		}
		s.press(next.keys)
	}
	for over := false; !over; {
		s.press("\x03")
		select {
		case <-s.done:
			over = true
		case <-time.After(300 * time.Millisecond):
		}
	}
	return s, before
}

// ended checks what a panic left of a program in a terminal: all is given back, and it was either left by the person or ends with a
// sentence that names no more than the place.
func (m *machine) ended(s *screen, before unix.Termios, place string) {
	m.t.Helper()
	code, seen := s.end()
	s.givenBack(before)
	const left, internal = 130, 70
	text := s.since(0)
	if sentence := strings.Contains(text, "A fault in this program ended it"); code != left && code != 0 && (code != internal || !sentence) {
		m.t.Errorf("%s: it ended with %d:\n%s", place, code, text[max(0, len(text)-1500):])
	}
	if strings.Contains(string(seen), "canary-of-a-panic") || strings.Contains(string(seen), "goroutine ") {
		m.t.Errorf("%s: it tells more of the panic than where it was", place)
	}
	m.silent(seen, m.served.ClientSecret, m.served.AdminSecret)
	m.came(place)
	m.t.Logf("%s: ended with %d", place, code)
}

// TestAPanicInAnythingThatHomeDoesGivesTheTerminalBack tries one deed in one place. With -full it tries every deed in every place that the
// deed comes by.
func TestAPanicInAnythingThatHomeDoesGivesTheTerminalBack(t *testing.T) {
	if !*full {
		m := newMachine(t)
		m.save("first")
		m.save("second")
		s, before := m.atWork(deeds[0], "running stage S12")
		m.ended(s, before, "running stage S12")
		return
	}
	for _, d := range deeds {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			places := []string{nowhere}
			for i := 0; i < len(places); i++ {
				m := newMachine(t)
				m.save("first")
				m.save("second")
				s, before := m.atWork(d, places[i])
				m.ended(s, before, places[i])
				if i > 0 {
					continue
				}
				found, err := os.ReadDir(filepath.Join(m.dir, "places"))
				if err != nil || len(found) < 3 {
					t.Fatalf("%d places were met, %v:\n%s", len(found), err, s.since(0))
				}
				for _, place := range found {
					places = append(places, place.Name())
				}
			}
			t.Logf("%d places", len(places)-1)
		})
	}
}
