package torture

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// A secret is given to the built program in every place that is no place for one: each flag and argument of each command, each key of an
// answers file, each variable that is read, and the files. The places are not listed here but found, so that a new one is among them.

const (
	strayOAuth = "dosec0ffee00112233445566778899aabbcc"
	strayToken = "dapic0ffee00112233445566778899aabbcc"
)

// disguised are the ways in which people give a secret that belongs elsewhere.
var disguised = []string{
	strayOAuth, strayToken, "databricks://token:" + strayToken + "@adb-7405605741000000.0.azuredatabricks.net",
	"jdbc:databricks://adb-7405605741000000.0.azuredatabricks.net:443;UID=token;PWD=" + strayToken, "client_secret = " + strayOAuth,
}

// try runs the program, and checks what it wrote and what it left.
func (m *machine) try(where string, env []string, stdin string, args ...string) {
	m.t.Helper()
	run := m.command(args...)
	run.Env = append(append(run.Env, "HTTPS_PROXY=http://127.0.0.1:1"), env...) // nobody is asked anything
	run.Stdin = strings.NewReader(stdin)
	seen, _ := run.CombinedOutput()
	if form := findsPlain(seen); form {
		m.t.Errorf("%s: %q\n%s", where, args, seen)
	}
}

func findsPlain(text []byte) bool {
	low := bytes.ToLower(text)
	return bytes.Contains(low, []byte(strayOAuth[4:])) || bytes.Contains(low, []byte(strayToken[:20]))
}

// left fails for a file that has a stray in its name or in it, but for those that the person wrote.
func (m *machine) left(written ...string) {
	m.t.Helper()
	err := filepath.WalkDir(m.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || slices.Contains(written, path) {
			return err
		}
		content, err := os.ReadFile(path)
		if findsPlain(append(content, path...)) {
			m.t.Errorf("a stray secret is left in %s", path)
		}
		return err
	})
	if err != nil {
		m.t.Error(err)
	}
}

// walkCommands calls do for each command that can be run.
func walkCommands(c *cobra.Command, do func(path []string, c *cobra.Command)) {
	if c.Runnable() {
		do(strings.Fields(c.CommandPath())[1:], c)
	}
	for _, child := range c.Commands() {
		walkCommands(child, do)
	}
}

var argument = regexp.MustCompile(`\b[A-Z]{2,}\b`)

func TestAStrayOnTheCommandLineIsRepeatedNowhere(t *testing.T) {
	m := newMachine(t)
	tried, turn, inherited := 0, 0, 0
	each := func(do func(stray string)) {
		for i, stray := range disguised {
			if sampled(turn, i, len(disguised)) {
				do(stray)
				tried++
			}
		}
		turn++
	}
	walkCommands(cmd.Commands("1.2.3"), func(path []string, c *cobra.Command) {
		arguments := argument.FindAllString(strings.SplitAfterN(c.Use, " ", 2)[len(strings.SplitAfterN(c.Use, " ", 2))-1], -1)
		plain := make([]string, len(arguments))
		for i := range plain {
			plain[i] = "prod"
		}
		for i := range max(1, len(arguments)) {
			each(func(stray string) {
				given := slices.Clone(plain)
				if i < len(given) {
					given[i] = stray
				} else {
					given = []string{stray}
				}
				m.try("an argument", nil, "", append(slices.Clone(path), given...)...)
				if c.Flags().Lookup("json") != nil {
					m.try("an argument", nil, "", append(append(slices.Clone(path), "--json"), given...)...)
				}
			})
		}
		each(func(stray string) {
			m.try("one argument too many", nil, "", append(append(slices.Clone(path), plain...), stray)...)
		})
		each(func(stray string) { m.try("an unknown flag", nil, "", append(slices.Clone(path), "--"+stray)...) })
		seen := map[string]bool{}
		visit := func(f *pflag.Flag) {
			if seen[f.Name] {
				return
			}
			seen[f.Name] = true
			each(func(stray string) {
				m.try("--"+f.Name, nil, "", append(append(slices.Clone(path), plain...), "--"+f.Name+"="+stray)...)
			})
		}
		c.LocalFlags().VisitAll(visit)
		c.InheritedFlags().VisitAll(func(f *pflag.Flag) {
			if inherited++; sampled(inherited, 0, 4) {
				visit(f)
			}
		})
	})
	m.left()
	t.Logf("%d command lines, %d flags of a parent", tried, inherited)
	if tried < 150 {
		t.Errorf("only %d places were found", tried)
	}
}

var exampleKey = regexp.MustCompile(`(?m)^(?:# )?([a-z_]+):`)

func TestAStrayInAnAnswersFileIsRepeatedNowhere(t *testing.T) {
	m := newMachine(t)
	good := map[string]string{"version": "1", "host": m.served.Host, "client_id": m.served.ClientID, "warehouse": "Starter Warehouse", "catalog": "inventory", "schema": "assets", "tables": "[components]"}
	keys := exampleKey.FindAllStringSubmatch(setup.AnswersExample(), -1)
	if len(keys) < 18 {
		t.Fatalf("the example has %d keys", len(keys))
	}
	file, secret := filepath.Join(m.dir, "cwd", "answers.yaml"), filepath.Join(m.dir, "cwd", "secret")
	if err := os.WriteFile(secret, []byte("dose00000000000000000000000000000000"), 0o600); err != nil {
		t.Fatal(err)
	}
	put := func(where string, content string) {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, more := range [][]string{nil, {"--json"}} {
			stdin := "dose00000000000000000000000000000000"
			m.try(where, nil, stdin, append([]string{"setup", "--secret-stdin", "--allow-host", m.served.Host, "--ca-file", m.served.CAFile, "--answers", file}, more...)...)
		}
		m.try(where, nil, "", "import", file)
		m.try(where, nil, "", "test", "--contract", file)
		m.try(where, nil, "", "bundle", "open", file)
		m.try(where, nil, content, "explain", "--json")
	}
	for i, key := range keys {
		for j, stray := range disguised {
			answers := maps.Clone(good)
			for k, value := range []string{strconv.Quote(stray), "[" + strconv.Quote(stray) + "]"} {
				if sampled(i, j, len(disguised)) && sampled(i, k, 2) {
					answers[key[1]] = value
					put(key[1], lines(answers))
				}
			}
		}
	}
	for j, stray := range disguised {
		for i, written := range [][2]string{
			{"a key", lines(good) + strconv.Quote(stray) + ": x\n"}, {"all of it", stray}, {"its first line", stray + "\n" + lines(good)},
		} {
			if sampled(i, j, len(disguised)) {
				put(written[0], written[1])
			}
		}
	}
	put("a tag", lines(good)+"name: !"+strayToken+" x\n")
	put("an anchor", lines(good)+"name: &"+strayToken+" x\n")
	m.left(file)
}

func lines(answers map[string]string) string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(answers)) {
		fmt.Fprintf(&b, "%s: %s\n", key, answers[key])
	}
	return b.String()
}

// variables are the names of environment variables in the sources, wherever one is read: every text in capitals of a file that reads any.
func variables(t *testing.T) []string {
	t.Helper()
	found := map[string]bool{"https_proxy": true, "all_proxy": true, "no_proxy": true, "LocalAppData": true}
	name := regexp.MustCompile(`^[A-Z][A-Z0-9_]{2,}$`)
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "../connector/demo/") {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(content, []byte("etenv")) && !bytes.Contains(content, []byte("LookupEnv")) && !bytes.Contains(content, []byte("env(")) {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, content, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
				if value, err := strconv.Unquote(text.Value); err == nil && name.MatchString(value) {
					found[value] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(found))
}

func TestAStrayInAVariableIsRepeatedNowhere(t *testing.T) {
	m := newMachine(t)
	names := variables(t)
	t.Logf("%d variables: %v", len(names), names)
	if len(names) < 15 || !slices.Contains(names, "DRAFTT_DATABRICKS_HOME") || !slices.Contains(names, "HTTPS_PROXY") {
		t.Errorf("the variables were not found: %v", names)
	}
	for i, name := range names {
		for j, stray := range append([]string{"http://maria:" + strayToken + "@127.0.0.1:1", "http://maria:p%zz" + strayToken + "#@x", strayToken + "\x01"}, disguised...) {
			if j > 0 && !sampled(i, j, len(disguised)) {
				continue
			}
			env := []string{name + "=" + stray}
			for k, form := range []string{"--output=text", "--json"} {
				if sampled(i+j, k, 2) {
					m.try(name, env, "", "doctor", form, "adb-7405605741000000.0.azuredatabricks.net")
				}
			}
			m.try(name, env, "", "list")
			m.try(name, env, "", "setup", "--record", filepath.Join(m.dir, "cwd", fmt.Sprintf("record-%d-%d", i, j)))
		}
	}
	m.left()
}

func TestAStrayInAFileIsRepeatedNowhere(t *testing.T) {
	m := newMachine(t)
	file := filepath.Join(m.dir, "cwd", "given")
	host := []string{"--host", "adb-7405605741000000.0.azuredatabricks.net"}
	profile := filepath.Join(m.dir, "home", ".databrickscfg")
	for i, stray := range disguised {
		for j, content := range []string{stray, "\ufeff" + stray + "\r\n", stray + "\n" + stray + "\n", "-----BEGIN CERTIFICATE-----\n" + stray} {
			if !sampled(i, j, 4) {
				continue
			}
			if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			m.try("a CA file", nil, "", append([]string{"setup", "--ca-file", file}, host...)...)
			m.try("a CA file", nil, "", "doctor", "--json", "--ca-file", file, host[1])
			m.try("a key file", nil, "", "list", "--key-file", file)
			m.try("a bundle", nil, "", "bundle", "open", file)
			m.try("the text to explain", nil, content, "explain")
			m.try("the admin's secret", nil, content, append([]string{"principal", "x", "--admin-secret-stdin"}, host...)...)
		}
		for j, key := range []string{"host", "client_id", "auth_type", "token", "nothing"} {
			if !sampled(i, j, len(disguised)) {
				continue
			}
			content := "[" + strayToken + "]\nhost = x\n[prod]\nhost = " + host[1] + "\n" + key + " = " + stray + "\n"
			if err := os.WriteFile(profile, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"prod", "other"} {
				m.try("a profile", nil, "", "principal", "x", "--admin-profile", name)
				m.try("a profile", nil, "", append([]string{"grants", "--catalog", "c", "--schema", "s", "--admin-profile", name}, host...)...)
			}
		}
	}
	m.left(file, profile)
}
