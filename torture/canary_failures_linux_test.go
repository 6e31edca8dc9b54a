package torture

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// What goes wrong is where secrets usually come out: in the text of an error, in its details, in what is copied and saved of it, in a crash.

func TestASecretThatIsPastedWhereThingsFailIsSeenNowhere(t *testing.T) {
	scenarios := map[string][]string{ // and what is met after the sign-in
		"missing-grants": {"Starter Warehouse", "Choose the catalog"}, "no-warehouse": {"Cannot access the SQL warehouse"}, "warehouse-stopped": {"Starter Warehouse"},
	}
	for scenario, sights := range oneOf(scenarios) {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			m := newMachineFor(t, scenario)
			s := start(t, m.setup())
			m.signIn(s)
			s.send("\r")
			for _, sight := range sights {
				s.waitFor(sight)
				s.send("\r")
			}
			// Escape is a key of its own only when nothing follows at once, so what follows it must not be the key that leaves.
			for _, key := range []string{"d", "v", "y", "s", "\r", "?", "\x1b", "r"} {
				s.send(key)
				time.Sleep(200 * time.Millisecond)
			}
			s.send("\x03")
			s.waitFor("ctrl+c leaves")
			s.send("\x03")
			_, seen := s.end()
			m.silent(seen, m.served.ClientSecret, wrongSecret)
		})
	}
}

// oneOf is all of a map in a full run, and one of it in another.
func oneOf(all map[string][]string) map[string][]string {
	if *full {
		return all
	}
	for name, value := range all {
		return map[string][]string{name: value}
	}
	return nil
}

// crash is put at the start of functions of the warehouse step, in a program that is built for this test alone: the place where the secret
// is in memory, and the value of the panic is everything that the step can reach.
const crash = `
	if os.Getenv("TORTURE_CRASH") == "%" {
		panic(fmt.Sprintf("%+v %#v %s %v %q", w.setup, w.setup.Draft(), w.setup.Draft(), *w.setup.Draft(), w.setup.Draft().Credentials()))
	}
`

// crashing builds the program with places in it that panic. The sources are as they are; only what the compiler reads is changed.
func crashing(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	source, err := filepath.Abs(filepath.Join("..", "steps"))
	if err != nil {
		t.Fatal(err)
	}
	overlay := map[string]map[string]string{"Replace": {}}
	for file, changes := range map[string]map[string]string{
		"warehouse_view.go": {"view": `func \(w \*warehouse\) View\([^\n]*\{\n`},
		"warehouse.go":      {"update": `func \(w \*warehouse\) Update\([^\n]*\{\n`, "goroutine": `func \(w \*warehouse\) load\([^\n]*\{\n`},
	} {
		path := filepath.Join(source, file)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		for place, pattern := range changes {
			at := regexp.MustCompile(pattern).FindStringIndex(text)
			if at == nil {
				t.Fatalf("%s has no function like %s", file, pattern)
			}
			body := strings.Replace(crash, "%", place, 1)
			if place == "goroutine" {
				body = "\n	go func() {" + body + "	}()\n"
			}
			text = text[:at[1]] + body + text[at[1]:]
		}
		for _, name := range []string{"os", "fmt"} {
			if !strings.Contains(text, "\t\""+name+"\"\n") {
				text = strings.Replace(text, "import (\n", "import (\n\t\""+name+"\"\n", 1)
			}
		}
		changed := filepath.Join(dir, file)
		if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay["Replace"][path] = changed
	}
	encoded, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, encoded, 0o600); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "draftt-databricks")
	build := exec.Command("go", "build", "-buildvcs=false", "-overlay", list, "-o", program, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build a program that panics: %v\n%s", err, out)
	}
	return program
}

func TestAPanicWithASecretInMemoryShowsNothingOfIt(t *testing.T) {
	if !*full {
		t.Skip("unknown: a program that panics is built and run with -full only; the tests of ui have panics in every step")
	}
	program := crashing(t)
	for _, place := range []string{"view", "update", "goroutine"} {
		t.Run(place, func(t *testing.T) {
			m := newMachine(t)
			cmd := m.setup()
			cmd.Path = program
			cmd.Env = append(cmd.Env, "TORTURE_CRASH="+place)
			s := start(t, cmd)
			m.signIn(s)
			s.send("\r")
			code, seen := s.end()
			if text := s.since(0); code == 0 || !strings.Contains(text, "A fault in this program ended it") && !strings.Contains(text, "panic: ") {
				t.Errorf("it ended with %d and no panic:\n%s", code, text[max(0, len(text)-2000):])
			}
			m.silent(seen, m.served.ClientSecret, wrongSecret)
		})
	}
}
