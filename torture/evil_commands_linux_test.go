package torture

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// desk is a machine with the built program and saved connections, protected by a key file.
type desk struct {
	t       *testing.T
	dir     string
	program string
	vault   *vault.Vault
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, dir: t.TempDir(), program: program}
	d.vault = vault.Open(filepath.Join(d.dir, "config", "draftt-databricks"))
	if err := d.vault.InitKeyFile(t.Context(), filepath.Join(d.dir, "key.txt")); err != nil {
		t.Fatal(err)
	}
	return d
}

// keep saves a connection to a workspace under a name. What can be quoted in its names is evil, and everything beside.
func (d *desk) keep(name, text string, w *demo.Workspace) {
	d.t.Helper()
	allow, err := connector.AllowList(nil).Allow(w.Addr())
	if err != nil {
		d.t.Fatal(err)
	}
	host, _, err := connector.ParseHost(w.Addr(), allow)
	if err != nil {
		d.t.Fatal(err)
	}
	part, err := connector.ParseIdent(evilPart + text)
	if err != nil {
		if part, err = connector.ParseIdent(evilPart); err != nil {
			d.t.Fatal(err)
		}
	}
	remote := connector.FromRemote(text)
	schema := connector.SchemaName{Catalog: part, Schema: part}
	c := connector.Connection{
		Name: name, Host: host, CACerts: w.CAPEM(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: w.Connector().ClientID, Secret: w.Connector().Secret},
		Principal: connector.Principal{Name: connector.FromRemote(demo.ConnectorID), DisplayName: remote},
		Warehouse: connector.WarehouseRef{ID: "00000000000000e1", Name: remote, Type: connector.Serverless, HTTPPath: "/sql/1.0/warehouses/00000000000000e1"},
		Schema:    schema, Scope: connector.ScopeSchema, Tables: []connector.TableName{schema.Table(part)},
	}
	if _, err := d.vault.Save(context.Background(), c); err != nil {
		d.t.Fatal(err)
	}
}

// run runs a command without a terminal, and gives what it wrote.
func (d *desk) run(args ...string) string {
	d.t.Helper()
	cmd := d.command(args...)
	out, err := cmd.CombinedOutput()
	if exit := cmd.ProcessState; err != nil && (exit == nil || exit.ExitCode() < 0 || exit.ExitCode() == 2) {
		d.t.Errorf("%q: %v\n%s", args, err, out)
	}
	return string(out)
}

func (d *desk) command(args ...string) *exec.Cmd {
	cmd := exec.Command(d.program, args...)
	cmd.Dir = d.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + d.dir, "XDG_CONFIG_HOME=" + filepath.Join(d.dir, "config"), "TMPDIR=" + d.dir, "DRAFTT_DATABRICKS_UNLOCK=never"}
	return cmd
}

// harmless fails when what a command wrote could do harm. JSON escapes what it keeps.
func (d *desk) harmless(text string, args ...string) {
	d.t.Helper()
	out := d.run(args...)
	if out == "" {
		d.t.Errorf("%q wrote nothing", args)
	}
	harmless(d.t, strings.Join(args, " "), out, text, false)
}

func TestEvilNamesInEveryCommandAreHarmless(t *testing.T) {
	d := newDesk(t)
	key := "--key-file=" + filepath.Join(d.dir, "key.txt")
	commands := 0
	list := some(evil, 12)
	for i, text := range list {
		name := fmt.Sprintf("connection %d", i)
		var faults []rest.Fault
		if i%2 == 1 { // every other workspace refuses something as well
			faults = append(faults, rest.Fault{Path: refusals[i/2%len(refusals)], Status: 403, Body: fmt.Sprintf(`{"error_code":%s,"message":%[1]s}`, jsonText(text)), Header: map[string]string{"X-Databricks-Reason-Phrase": headerText(text)}})
		}
		w, err := demo.Start(context.Background(), evilScenario(text, faults...), demo.Options{Furnish: furnish(text, true)})
		if err != nil {
			t.Fatal(err)
		}
		d.keep(name, text, w)
		for _, args := range [][]string{
			{"test", name, key}, {"test", name, "--json", key}, {"show", name, key}, {"explain", "--", strings.ReplaceAll(text, "\x00", "")}, {"explain", "--json", "--", "401 Unauthorized: " + strings.ReplaceAll(text, "\x00", "")},
			{"show", strings.ReplaceAll(text, "\x00", "") + "x", key}, {"demo", "--scenario", strings.ReplaceAll(text, "\x00", "") + "x"}, {"setup", "--host", strings.ReplaceAll(text, "\x00", "") + "x"}, {strings.ReplaceAll(text, "\x00", "") + "x"},
		} {
			d.harmless(text, args...)
			commands++
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"list", key}, {"list", "--json", key}} {
		out := d.run(args...)
		for _, text := range list {
			harmless(t, strings.Join(args, " "), out, text, false)
		}
		commands++
	}
	t.Logf("%d evil texts, %d commands", len(list), commands)
}

var digits = regexp.MustCompile(`[0-9]+`)

// shapes are the kinds of sequences in what was written to a terminal: each with its numbers left out.
func shapes(output []byte) map[string]bool {
	found := map[string]bool{}
	state := byte(0)
	for rest := output; len(rest) > 0; {
		sequence, _, n, next := ansi.DecodeSequence(rest, state, nil)
		state, rest = next, rest[n:]
		if r, _ := utf8.DecodeRune(sequence); unicode.IsControl(r) || r == utf8.RuneError && len(sequence) == 1 {
			shape := digits.ReplaceAllString(string(sequence), "N")
			if strings.HasSuffix(shape, "m") {
				shape = "a colour"
			}
			found[shape] = true
		}
	}
	return found
}

// tour walks the wizard of the built program in a terminal up to the list of catalogs, and leaves.
func (d *desk) tour(text string) []byte {
	d.t.Helper()
	w, err := demo.Start(context.Background(), evilScenario(text), demo.Options{Furnish: furnish(text, true)})
	if err != nil {
		d.t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	ca := filepath.Join(d.dir, "ca.pem")
	if err := os.WriteFile(ca, w.CAPEM(), 0o600); err != nil {
		d.t.Fatal(err)
	}
	s := start(d.t, d.command("setup", "--allow-host", w.Addr(), "--host", w.Addr(), "--ca-file", ca, "--client-id", string(w.Connector().ClientID)))
	s.waitFor("Connect to your workspace", "paste it")
	s.paste(string(w.Connector().Secret.Reveal()))
	s.waitFor("36 characters received")
	s.send("\r")
	s.waitFor("Signed in as")
	s.send("\r")
	s.waitFor("Select your SQL warehouse", "serverless")
	s.send("\r")
	s.waitFor("Choose the catalog", "usable")
	s.send(evilPart)
	s.waitFor("of 1")
	s.send("\r\x03")
	s.waitFor("ctrl+c leaves")
	s.send("\x03")
	_, seen := s.end()
	return seen
}

// drawing are the sequences that the renderer uses when they save bytes, which an honest tour may do without: scrolling regions, moves,
// and the erasing, repeating and shifting of characters.
var drawing = []string{
	"\x1b[N;Nr", "\x1b[r", "\x1bM", "\x1b[M", "\x1b[NM", "\x1b[L", "\x1b[NL", "\x1b[NS", "\x1b[NT", "\x1b[A", "\x1b[NA", "\x1b[B", "\x1b[NB", "\x1b[C", "\x1b[NC", "\x1b[D", "\x1b[ND", "\x1b[Nd", "\x1b[NG", "\x1b[N`",
	"\x1b[H", "\x1b[N;NH", "\x1b[P", "\x1b[NP", "\x1b[@", "\x1b[N@", "\x1b[X", "\x1b[NX", "\x1b[Nb", "\x1b[K", "\x1b[NK", "\x1b[J", "\x1b[NJ", "\x1b[NI", "\x1b[NZ", "\b", "\t", "\r", "\n",
}

func TestEvilNamesWriteNothingNewToATerminal(t *testing.T) {
	d := newDesk(t)
	usual := shapes(d.tour("an honest name"))
	for _, shape := range drawing {
		usual[shape] = true
	}
	if len(usual) < 5 {
		t.Fatalf("only %d kinds of sequences were seen: %v", len(usual), usual)
	}
	tours := 0
	for _, text := range some(evil, 36) {
		if strings.Contains(text, "spaces") {
			continue // a person who types its beginning finds nothing else
		}
		seen := d.tour(text)
		tours++
		for shape := range shapes(seen) {
			if !usual[shape] {
				t.Errorf("%q makes the program write %q", text, shape)
			}
		}
		for _, c := range controls(text) {
			at := strings.Index(text, c)
			if word := strings.TrimLeft(text[max(0, at-4):at], "\x1b"); len(word) == 4 && bytes.Contains(seen, []byte(word+c)) { // alone it may be ours
				t.Errorf("%q: %q was written to the terminal", text, word+c)
			}
		}
	}
	t.Logf("%d tours, %d kinds of sequences are ours", tours, len(usual))
}
