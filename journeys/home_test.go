package journeys

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// longestTemp leaves room for a socket below a folder for temporary files: its path has 103 bytes on the strictest system.
const longestTemp = 70

// Home is a person's machine: a home folder and an environment. Several terminals may share one.
type Home struct {
	Dir string
	Env map[string]string
}

// NewHome is a machine on which the program never ran. Nothing of the surrounding environment shines through but the PATH and, in a run
// of all tests, the folder where embedded workspaces write down what they are asked.
func NewHome(t *testing.T) *Home {
	t.Helper()
	// Not t.TempDir: its names are longer than a socket's path may be, and so may be the machine's own folder for temporary files.
	parent := os.TempDir()
	if runtime.GOOS != "windows" && len(parent) > longestTemp {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "dj")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	for _, name := range []string{"home", "tmp", "tmux", "config"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	home := &Home{Dir: dir, Env: map[string]string{
		"PATH": os.Getenv("PATH"), "TERM": "xterm-256color", "LANG": "C.UTF-8",
		"HOME": filepath.Join(dir, "home"), "XDG_CONFIG_HOME": filepath.Join(dir, "config"), "TMPDIR": filepath.Join(dir, "tmp"),
		"DRAFTT_DATABRICKS_UNLOCK": "never", // what one journey types must not open the next one's connections
	}}
	if ledger := os.Getenv(demo.LedgerFolder); ledger != "" {
		home.Set(demo.LedgerFolder, ledger)
	}
	return home
}

// Set gives an environment variable a value, and returns the same home.
func (h *Home) Set(name, value string) *Home {
	h.Env[name] = value
	return h
}

// Environ is the environment as exec.Cmd wants it.
func (h *Home) Environ() []string {
	var env []string
	for name, value := range h.Env {
		env = append(env, name+"="+value)
	}
	return env
}
