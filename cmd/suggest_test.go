package cmd

import (
	"strings"
	"testing"
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
