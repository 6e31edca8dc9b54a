package windows

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var (
	program = flag.String("program", "", "the Windows build to walk, by its full path")
	wine    = flag.String("wine", "", "the Wine to walk it under, by its full path")
	prng    = flag.String("prng", "", "the bcryptprimitives.dll for a Wine that has none")
	kills   = flag.Int("kills", 200, "how often a save is killed")
	saves   = flag.Int("saves", 50, "how often each of two processes saves")
)

// machine is a Windows of its own: a prefix of Wine, in which nothing was saved yet.
type machine struct{ dir string }

// shared is the one machine of a run, because Wine needs long to make one.
var shared machine

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(runOn(m))
}

func runOn(m *testing.M) int {
	if *program == "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "draftt-windows-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "make a folder for Wine:", err)
		return 1
	}
	shared = machine{dir}
	defer shared.remove()
	if err := shared.start(); err != nil {
		fmt.Fprintln(os.Stderr, "start Wine:", err)
		return 1
	}
	return m.Run()
}

// start makes the prefix, and puts what this Wine lacks into it.
func (w machine) start() error {
	if err := os.MkdirAll(w.path("home"), 0o700); err != nil {
		return err
	}
	if out, err := w.command("wineboot", "-i").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	library := w.path("prefix", "drive_c", "windows", "system32", "bcryptprimitives.dll")
	if _, err := os.Stat(library); *prng == "" || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	content, err := os.ReadFile(*prng)
	if err != nil {
		return err
	}
	return os.WriteFile(library, content, 0o600)
}

// remove ends what still runs on the machine, and deletes it.
func (w machine) remove() {
	server := exec.Command(filepath.Join(filepath.Dir(*wine), "wineserver"), "-k")
	server.Env = w.environ()
	_ = server.Run()
	_ = os.RemoveAll(w.dir)
}

func (w machine) path(elem ...string) string {
	return filepath.Join(append([]string{w.dir}, elem...)...)
}

// environ is what a program on this machine finds: no TERM, as on every Windows, and a folder that names one for the walk's own vault.
func (w machine) environ(more ...string) []string {
	return append([]string{
		"WINEPREFIX=" + w.path("prefix"), "HOME=" + w.path("home"), "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "WINEDEBUG=-all",
		"WINEDLLOVERRIDES=mscoree=;mshtml=;winemenubuilder.exe=",
	}, more...)
}

func (w machine) command(args ...string) *exec.Cmd {
	cmd := exec.Command(*wine, args...)
	cmd.Env, cmd.Dir = w.environ(), w.dir
	return cmd
}

// person is somebody with a folder of saved connections on the machine.
type person struct {
	machine
	vars []string
}

// somebody has the folder that the program chooses by itself, or one of a name of their own.
func somebody(t *testing.T, folder string) person {
	t.Helper()
	if *program == "" {
		t.Skip("no Windows build is given; make windows builds one and walks it")
	}
	p := person{machine: shared}
	if folder != "" {
		p.vars = []string{"DRAFTT_DATABRICKS_HOME=" + unixPath(p.path(folder))}
	}
	return p
}

// unixPath is a path of this machine as a program under Wine opens it.
func unixPath(path string) string { return "Z:" + strings.ReplaceAll(path, "/", `\`) }

// call is the program with arguments, not started yet.
func (p person) call(args ...string) *exec.Cmd {
	cmd := p.command(append([]string{*program}, args...)...)
	cmd.Env = p.environ(p.vars...)
	return cmd
}

// run runs the program without a terminal, hands it a text, and expects an exit code. It gives what was said.
func (p person) run(t *testing.T, code int, input string, args ...string) string {
	t.Helper()
	cmd := p.call(args...)
	cmd.Stdin = strings.NewReader(input)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	_ = cmd.Run()
	if got := cmd.ProcessState.ExitCode(); got != code {
		t.Fatalf("%q ended with %d, want %d:\n%s", args, got, code, out.String())
	}
	return out.String()
}

// wants fails unless a text holds all of these.
func wants(t *testing.T, text string, all ...string) {
	t.Helper()
	for _, one := range all {
		if !strings.Contains(text, one) {
			t.Fatalf("%q is not in:\n%s", one, text)
		}
	}
}
