package mutants

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var mutate = flag.Bool("mutants", false, "make every small change of the table, one after the other, and see that a test fails")

// root is the folder of the module, as seen from this package.
const root = "../.."

// TestMutantsAreNoticed says of each mutant which test notices it, and after how long. Nothing is changed on the disk: Go's overlay puts the
// changed file in the place of the real one. A part of the table is chosen as usual:  go test ./torture/mutants -run Noticed/fault -mutants -v
func TestMutantsAreNoticed(t *testing.T) {
	for _, m := range table {
		t.Run(m.breaks, func(t *testing.T) {
			changed := m.apply(t)
			if *mutate {
				m.mustBeNoticed(t, changed)
			}
		})
	}
}

// apply gives the file with the change in it. A change that no longer applies proves nothing: the table must follow the code.
func (m mutant) apply(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, m.file))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(content), m.old); n != 1 {
		t.Fatalf("%s has %d times what is to be changed: %s", m.file, n, m.old)
	}
	return strings.Replace(string(content), m.old, m.new, 1)
}

// notices runs the tests that are to notice a change.
func (m mutant) notices(arguments ...string) (string, error) {
	command := exec.Command("go", append([]string{"test", "-vet", "off", "-run", m.run, m.pkg}, arguments...)...)
	command.Dir = root
	out, err := command.CombinedOutput()
	return string(out), err
}

var firstFailure = regexp.MustCompile(`(?m)^ *--- FAIL: (\S+)|^panic: (.*)`)

func (m mutant) mustBeNoticed(t *testing.T, changed string) {
	t.Helper()
	if out, err := m.notices(); err != nil || strings.Contains(out, "no tests to run") {
		t.Fatalf("without the change:\n%s", out)
	}
	real, err := filepath.Abs(filepath.Join(root, m.file))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	overlay, file := filepath.Join(dir, "overlay.json"), filepath.Join(dir, filepath.Base(m.file))
	replaced, err := json.Marshal(map[string]map[string]string{"Replace": {real: file}})
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range map[string]string{file: changed, overlay: string(replaced)} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	out, err := m.notices("-overlay", overlay, "-count", "1")
	noticed := firstFailure.FindString(out)
	switch {
	case strings.Contains(out, "[build failed]"):
		t.Errorf("it does not compile:\n%s", out)
	case err == nil || noticed == "":
		t.Errorf("nobody notices it:\n%s", out)
	default:
		t.Logf("%s %s after %.0f s", m.pkg, strings.TrimSpace(noticed), time.Since(began).Seconds())
	}
}
