package torture

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// provoking takes the place of contain/provoke.go in a program that is built for these tests alone.
const provoking = `package contain

import (
	"os"
	"path/filepath"
)

func provoke(during string) {
	_ = os.WriteFile(filepath.Join(os.Getenv("TORTURE_PLACES"), during), nil, 0o600)
	if during == os.Getenv("TORTURE_PROVOKE") {
		panic("dose-canary-of-a-panic-value")
	}
}
`

// provoked is the program with a panic in every place where a goroutine begins, of which the environment picks one.
var provoked = sync.OnceValues(func() (string, error) {
	source, err := filepath.Abs(filepath.Join("..", "contain", "provoke.go"))
	if err != nil {
		return "", err
	}
	changed, list := filepath.Join(scratch, "provoke.go.txt"), filepath.Join(scratch, "provoke.json")
	encoded, err := json.Marshal(map[string]map[string]string{"Replace": {source: changed}})
	if err != nil {
		return "", err
	}
	for name, content := range map[string][]byte{changed: []byte(provoking), list: encoded} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			return "", err
		}
	}
	program := filepath.Join(scratch, "provoked")
	build := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-s -w", "-overlay", list, "-o", program, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return string(out), err
	}
	return program, nil
})

// provoke makes a command one that panics in a place.
func (m *machine) provoke(cmd *exec.Cmd, place string) *exec.Cmd {
	m.t.Helper()
	program, err := provoked()
	if err != nil {
		m.t.Fatalf("%v\n%s", err, program)
	}
	places := filepath.Join(m.dir, "places")
	if err := os.MkdirAll(places, 0o700); err != nil {
		m.t.Fatal(err)
	}
	cmd.Path = program
	cmd.Env = append(cmd.Env, "TORTURE_PROVOKE="+place, "TORTURE_PLACES="+places)
	return cmd
}

// screenPlaces are the goroutines that a set-up on the screen starts, and what becomes of a panic in each: the program ends with a
// sentence, or goes on and says that an answer could not be read.
var screenPlaces = []struct {
	place string
	says  string // empty: it ends the program
}{
	{"running the command", ""}, {"watching a stage", ""}, {"working in the background", ""},
	{"running stage S04", "The answer could not be read"}, {"running stage S07", "The answer could not be read"},
}

func TestAPanicOnAnyGoroutineGivesTheTerminalBack(t *testing.T) {
	for i, at := range screenPlaces {
		if !*full && i%2 == 1 {
			continue
		}
		t.Run(at.place, func(t *testing.T) {
			m := newMachine(t)
			s, before := steady(t, m.provoke(m.setup("--fresh"), at.place))
			if at.place != "running the command" {
				s.waitFor("Connect to your workspace", "Host again")
				s.send(m.served.Host + "\t\t")
				s.paste(m.served.ClientSecret)
				s.waitFor("36 characters received")
				s.send("\r")
			}
			if at.says != "" {
				s.waitFor(at.says)
				s.send("\x03")
				s.waitFor("again leaves")
				s.send("\x03")
			}
			code, seen := s.end()
			m.ended(s, before, at.says == "", code, seen)
		})
	}
}

// ended checks how a program ended that met a panic.
func (m *machine) ended(s *screen, before unix.Termios, byFault bool, code int, seen []byte) {
	m.t.Helper()
	s.givenBack(before)
	const internal = 70
	if byFault && (code != internal || !strings.Contains(s.since(0), "A fault in this program ended it")) || strings.Contains(string(seen), "goroutine ") {
		text := s.since(0)
		m.t.Errorf("it ended with %d:\n%s", code, text[max(0, len(text)-1500):])
	}
	if strings.Contains(string(seen), "canary-of-a-panic") {
		m.t.Error("it tells the value of the panic")
	}
	m.silent(seen, m.served.ClientSecret)
}

// commandPlaces are the goroutines of commands that nobody watches.
var commandPlaces = []string{"running the command", "reading a secret", "testing a connection", "waiting for the vault", "running stage S12", "asking for several"}

func TestEveryGoroutineOfASetUpIsOneOfThoseThatAreTried(t *testing.T) {
	m := newMachine(t)
	s, before := steady(t, m.provoke(m.setup("--key-file", m.keyFile(), "--fresh"), "nowhere"))
	s.waitFor("Connect to your workspace", "Host again")
	s.send(m.served.Host + "\t\t")
	s.paste(m.served.ClientSecret)
	s.waitFor("36 characters received")
	for _, next := range way {
		next.walk(s)
	}
	s.send("\x03")
	s.waitFor("again leaves")
	s.send("\x03")
	if code, _ := s.end(); code != 130 {
		t.Errorf("left with %d", code)
	}
	s.givenBack(before)
	met, err := os.ReadDir(filepath.Join(m.dir, "places"))
	if err != nil || len(met) == 0 {
		t.Fatalf("no place was met: %v", err)
	}
	for _, place := range met {
		t.Log(place.Name())
	}
	_ = slices.Sort[[]string]
}
