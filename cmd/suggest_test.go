package cmd

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector"
)

func TestWhatIsMistypedIsAnsweredWithWhatWasMeant(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"a command", []string{"lst"}, `Did you mean "list"?`},
		{"a command with two letters swapped", []string{"lsit"}, `Did you mean "list"?`},
		{"a command below another", []string{"bundle", "opn"}, `Did you mean "open"?`},
		{"a flag", []string{"test", "prod", "--stge", "S03"}, "Did you mean --stage?"},
		{"an argument as a flag", []string{"doctor", "--host", "x"}, "HOST stands without a flag: draftt-databricks doctor HOST."},
		{"a host that is none", []string{"import", "nofile", "--name", "x"}, "there is no file nofile."},
		{"a flag of one letter", []string{"list", "-j"}, "Did you mean --json?"},
		{"a flag in the other case", []string{"-V"}, "Did you mean -v?"},
		{"a number", []string{"setup", "--secret-fd", "x"}, `--secret-fd takes a whole number, not "x".`},
		{"a long number", []string{"sync", "prod", "--limit", "1e6"}, `--limit takes a whole number, not "1e6".`},
		{"a time", []string{"sync", "prod", "--every", "daily"}, `--every takes a time such as 24h or 90m, not "daily".`},
		{"a list", []string{"sync", "prod", "--columns", `a"b`}, `--columns takes values separated by commas, with a quote only around a whole one, not "a\"b".`},
		{"a truth value", []string{"test", "--all=maybe"}, `--all takes no value, or true or false, not "maybe".`},
		{"an argument of a shell", []string{"completion", "bash", "x"}, `draftt-databricks completion bash does not know "x".`},
		{"an argument of words", []string{"words", "x"}, `draftt-databricks words does not know "x".`},
		{"an object of a task", []string{"tokens", "who", "inventory.assets"}, "It takes no name, only flags: --json, --task."},
		{"a saved name as a command", []string{"prod"}, `"prod" is a saved connection, and no command.`},
		{"what to do with it", []string{"PROD"}, "draftt-databricks show prod shows it, draftt-databricks test prod tests it."},
		{"a story", []string{"demo", "--story", "rotatoin"}, `Did you mean "rotation"?`},
		{"a scope", []string{"grants", "--principal", "x", "--schema", "a.b", "--scope", "table"}, `Did you mean "tables"?`},
		{"a principal", []string{"principal", "draftt-conector"}, `Did you mean "draftt-connector"?`},
		{"a file that is not there", []string{"demo", "--test", "--fault", "nofile"}, "The file of rules could not be read: there is no file nofile."},
		{"answers that are not there", []string{"setup", "--answers", "nofile"}, "there is no file nofile."},
		{"a bundle that is not there", []string{"bundle", "open", "nofile"}, "there is no file nofile."},
		{"a saved name", []string{"show", "prid"}, `Did you mean "prod"?`},
		{"a scenario", []string{"demo", "--scenario", "redy"}, "there is ready"},
		{"a topic of help", []string{"help", "rotte"}, `Did you mean "rotate"?`},
		{"a topic that is none", []string{"help", "nothing"}, `There is no help on "nothing".`},
		{"a shell", []string{"completion", "bsh"}, `Did you mean "bash"?`},
		{"a shell that is not known", []string{"completion", "tcsh"}, `draftt-databricks completion does not know "tcsh".`},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := s.run(c.args...)
			o.wants(t, exitUsage, c.says)
			if o.out != "" {
				t.Errorf("it printed %q", o.out)
			}
		})
	}
}

func TestHelpOnACommandIsItsHelp(t *testing.T) {
	asked, flagged := run(t, "help", "bundle", "open"), run(t, "bundle", "open", "--help")
	asked.wants(t, 0)
	if asked.out != flagged.out || !strings.Contains(asked.out, "bundle open FILE") {
		t.Errorf("help prints\n%s\n--help prints\n%s", asked.out, flagged.out)
	}
}

func TestTheVersionIsAFlagToo(t *testing.T) {
	said := run(t, "version")
	for _, flag := range []string{"--version", "-v"} {
		o := run(t, flag)
		o.wants(t, 0)
		if o.out != said.out || !strings.HasPrefix(o.out, "draftt-databricks 1.2.3 (") {
			t.Errorf("%s prints %q, and version %q", flag, o.out, said.out)
		}
	}
}

func TestANameThatIsTakenHasACodeOfItsOwn(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	s.save(s.connection("lab"))
	s.run("rename", "lab", "PROD").wants(t, exitTaken, `There is already a connection named "prod".`, "Choose another name.")
}

// TestANameThatIsTakenHasItsCodeWhereverANameIsGiven sets connections up under names that others have.
func TestANameThatIsTakenHasItsCodeWhereverANameIsGiven(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	answers, allow := s.answersFor("prod", ""), s.workspace.Addr()
	const says = `There is already a connection named "prod"`
	s.run("setup", "--answers", answers, "--allow-host", allow).wants(t, exitTaken, says)
	s.run("import", answers, "--allow-host", allow).wants(t, exitTaken, says)
	s.asAdmin("provision", "--host", allow, "--allow-host", allow, "--ca-file", filepath.Join(filepath.Dir(answers), "ca.pem"), "--create", "another", "--warehouse", "Starter Warehouse",
		"--schema", "inventory.assets", "--table", "components", "--save-as", "prod").wants(t, exitTaken, says)
}

// TestWhatAFlagTakesIsSaidOfEveryKind has no text of a library stand where a value is refused.
func TestWhatAFlagTakesIsSaidOfEveryKind(t *testing.T) {
	kinds := map[string]bool{}
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		visit := func(f *pflag.Flag) {
			if kinds[f.Value.Type()] = true; f.Value.Type() == "string" || f.Value.Type() == "stringArray" { // which take every text
				return
			}
			what, _ := connector.Words(meant.Flag(c, c.ParseFlags([]string{"--" + f.Name + `=a"b`})))
			if strings.Contains(what, "another value") || !strings.HasPrefix(what, "--"+f.Name+" takes ") {
				t.Errorf("%s --%s: %s", c.CommandPath(), f.Name, what)
			}
		}
		c.Flags().VisitAll(visit)
		c.PersistentFlags().VisitAll(visit)
		for _, below := range c.Commands() {
			walk(below)
		}
	}
	walk(Commands("test"))
	if len(kinds) < 6 {
		t.Errorf("there are flags of %v", kinds)
	}
}
