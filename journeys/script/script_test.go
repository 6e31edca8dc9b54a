package script

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// ledgerFolder is where, in a run of all tests, embedded workspaces write down what they are asked.
const ledgerFolder = "DRAFTT_DEMO_LEDGER"

// folder holds the program that every script finds in its PATH, built once.
var folder string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	_ = os.Unsetenv("GOGC") // how seldom tests collect is not how the program does
	var err error
	if folder, err = os.MkdirTemp("", "draftt-script-"); err != nil {
		fmt.Fprintln(os.Stderr, "make a folder for the program:", err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	name := filepath.Join(folder, "draftt-databricks")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	build := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-s -w -X main.version=script", "-o", name, ".")
	build.Dir = filepath.Join("..", "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

func TestWithoutATerminal(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata", RequireExplicitExec: true, RequireUniqueNames: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "serve": serve, "answers": answers},
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
			env.Setenv("HOME", env.Cd)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.Cd, "config"))
			if ledger := os.Getenv(ledgerFolder); ledger != "" {
				env.Setenv(ledgerFolder, ledger)
			}
			return nil
		},
	})
}

// exits runs a program and checks its exit code: exits 64 draftt-databricks --nonsense.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE program [argument...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("the exit code is %d instead of %d", got, want)
	}
}

// serve serves a scenario of the embedded workspace until the script ends. HOST, CLIENT_ID and CA lead to it, and the file secret holds
// the OAuth secret of the connector. ADMIN_ID and the file admin are those of its admin.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: serve SCENARIO")
	}
	command := exec.Command(filepath.Join(folder, "draftt-databricks"), "demo", "--scenario", args[0], "--serve", "127.0.0.1:0")
	out, err := command.StdoutPipe()
	ts.Check(err)
	ts.Check(command.Start())
	ts.Defer(func() {
		if command.Process.Signal(os.Interrupt) != nil { // it tidies up, where it can be asked to
			_ = command.Process.Kill()
		}
		_ = command.Wait()
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	ts.Check(err)
	var handout struct {
		Host     string `json:"host"`
		ClientID string `json:"client_id"`
		Secret   string `json:"client_secret"`
		AdminID  string `json:"admin_client_id"`
		Admin    string `json:"admin_client_secret"`
		CA       string `json:"ca_file"`
	}
	ts.Check(json.Unmarshal(line, &handout))
	for name, value := range map[string]string{"HOST": handout.Host, "CLIENT_ID": handout.ClientID, "CA": handout.CA, "ADMIN_ID": handout.AdminID} {
		ts.Setenv(name, value)
	}
	ts.Check(os.WriteFile(ts.MkAbs("secret"), []byte(handout.Secret+"\n"), 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("admin"), []byte(handout.Admin+"\n"), 0o600))
}

// answers writes an answers file for a connection of this name that leads to the served workspace.
func answers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: answers FILE NAME")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), fmt.Appendf(nil,
		"host: %s\nclient_id: %s\nca_file: %s\nwarehouse: Starter Warehouse\ncatalog: inventory\nschema: assets\ntables: [components]\nname: %s\nkey_file: key.txt\n",
		ts.Getenv("HOST"), ts.Getenv("CLIENT_ID"), ts.Getenv("CA"), args[1]), 0o600))
}
