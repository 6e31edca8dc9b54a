package torture

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// exact is a version that names one release.
var exact = regexp.MustCompile(`^[0-9]+(\.[0-9]+)+$`)

// TestEveryClientOfTheTradeIsRun keeps a client that was written down from being run by nobody, or in whatever version is there that day.
func TestEveryClientOfTheTradeIsRun(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell here: ", err)
	}
	listing := exec.Command(sh, "scripts/clients")
	listing.Dir, listing.Env = "..", append(os.Environ(), "LIST=1", "CLIENTS=", "SCRATCH="+t.TempDir())
	out, err := listing.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	versions := map[string]int{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) < 4 || !exact.MatchString(fields[3]) {
			t.Errorf("%s: no exact version", strings.TrimSpace(line))
			continue
		}
		versions[fields[0]]++
		for _, extra := range fields[4:] {
			if _, version, found := strings.Cut(extra, "=="); !found || !exact.MatchString(version) {
				t.Errorf("%s: %s is no exact version", fields[0], extra)
			}
		}
	}
	entries, err := os.ReadDir("clients")
	if err != nil || len(entries) == 0 {
		t.Fatal("there are no clients: ", err)
	}
	for _, e := range entries {
		if !e.IsDir() && versions[e.Name()] == 0 {
			t.Errorf("%s is not run", filepath.Join("torture/clients", e.Name()))
		}
	}
	if versions["node-sql.cjs"] < 2 {
		t.Error("the driver for Node is run in one major alone")
	}
}
