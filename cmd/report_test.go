package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui/console"
)

func TestAnErrorIsSaidWithItsRemedyAndGivesTheExitCode(t *testing.T) {
	input := &connector.Error{Kind: connector.ErrInput, What: "The name is empty.", Remedy: "Give it one."}
	kept := func(kind error) error {
		return &connector.Error{Kind: kind, What: "There is no such connection.", Remedy: "Run list."}
	}
	for _, c := range []struct {
		name string
		err  error
		code int
		says string
	}{
		{"nothing went wrong", nil, 0, ""},
		{"an input that cannot be used", fmt.Errorf("wrapped: %w", input), 64, "The name is empty.\nGive it one.\n"},
		{"a usage error", usage("Unknown flag.", "See --help."), 64, "Unknown flag.\nSee --help.\n"},
		{"a name that nobody knows", kept(vault.ErrNotFound), 64, "There is no such connection.\nRun list.\n"},
		{"a name that two have", kept(vault.ErrAmbiguous), 64, "There is no such connection.\nRun list.\n"},
		{"a damaged file", kept(vault.ErrDamaged), 70, "There is no such connection.\nRun list.\n"},
		{"anything else, cleaned", errors.New("odd\x1b[2J\nthing"), 70, "odd␛[2J⏎thing\n"},
		{"a failed stage, which said all", &exitError{code: 40, quiet: true}, 40, ""},
		{"a code with a reason", &exitError{code: 2, err: input}, 2, "The name is empty.\nGive it one.\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var said bytes.Buffer
			a := &app{err: &said}
			if code := a.report(c.err); code != c.code || said.String() != c.says {
				t.Errorf("exit %d, says %q", code, said.String())
			}
		})
	}
}

// TestWhatASignalEndsIsLeftWhateverItWasAbout and the same error without one is none of the person's.
func TestWhatASignalEndsIsLeftWhateverItWasAbout(t *testing.T) {
	ended := make(chan struct{})
	close(ended)
	deep := &exitError{code: 1, err: &connector.Error{Kind: connector.ErrInput, What: "What happened.", Cause: fmt.Errorf("a request: %w", context.Canceled)}}
	for _, err := range []error{context.Canceled, fmt.Errorf("read the saved connections: %w", context.Canceled), deep} {
		var said bytes.Buffer
		if code := (&app{err: &said, ended: ended}).report(err); code != exitLeft || said.Len() > 0 {
			t.Errorf("%v ends with %d and says %q", err, code, said.String())
		}
		if code := (&app{err: &said}).report(err); code == exitLeft || said.Len() == 0 {
			t.Errorf("%v without a signal ends with %d and says %q", err, code, said.String())
		}
	}
}

func TestAccessibleFollowsTheCommonReading(t *testing.T) {
	for value, want := range map[string]bool{"": false, "0": false, "false": false, "False": false, "1": true, "true": true, "yes": true} {
		if got := console.Accessible(value); got != want {
			t.Errorf("ACCESSIBLE=%q: %v", value, got)
		}
	}
}

func TestACommandLineThatMakesNoSenseIsAUsageError(t *testing.T) {
	t.Setenv("DRAFTT_DATABRICKS_HOME", t.TempDir())
	for _, c := range []struct {
		name string
		args []string
		says []string
	}{
		{"an unknown command", []string{"connect"}, []string{`"connect"`, "--help"}},
		{"an unknown flag", []string{"list", "--secret", "x"}, []string{"Unknown flag: --secret.", "See draftt-databricks list --help."}},
		{"an argument too many", []string{"list", "prod"}, []string{`"prod"`, "--help"}},
		{"no name", []string{"show"}, []string{"Give the name of one saved connection."}},
		{"two names", []string{"test", "a", "b"}, []string{"put a name with blanks in quotes"}},
		{"a host that is none", []string{"setup", "--host", "adb-1234567890123456.7.azuredatabrick.net"}, []string{"is not a Databricks domain.", "typing mistake"}},
		{"an allowed host that is a URL", []string{"setup", "--allow-host", "https://lab"}, []string{"without https://"}},
		{"a schema of one part", []string{"setup", "--schema", "inventory"}, []string{"A schema is named catalog.schema."}},
		{"a CA file that is not there", []string{"setup", "--ca-file", "no-such-file"}, []string{"The CA file could not be read", "Check the path."}},
		{"an unknown scenario", []string{"demo", "--scenario", "redy"}, []string{`There is no scenario "redy"`, "demo --list"}},
		{"a public address to serve on", []string{"demo", "--serve", "0.0.0.0:0"}, []string{"loopback"}},
	} {
		t.Run(c.name, func(t *testing.T) { run(t, c.args...).wants(t, 64, c.says...) })
	}
}

func TestASetupWithoutATerminalSaysWhatToDo(t *testing.T) {
	t.Setenv("DRAFTT_DATABRICKS_HOME", t.TempDir())
	for _, args := range [][]string{{}, {"setup"}, {"setup", "--plain"}} {
		o := run(t, args...)
		o.wants(t, 2, "this is not a terminal", "draftt-databricks test NAME --json")
		if o.out != "" {
			t.Errorf("it printed %q", o.out)
		}
	}
}

func TestThereIsNoFlagForASecret(t *testing.T) {
	a := &app{}
	for _, c := range append(a.root().Commands(), a.root()) {
		for _, name := range []string{"secret", "client-secret", "token", "password", "passphrase"} {
			if c.Flags().Lookup(name) != nil {
				t.Errorf("%s --%s puts a secret where every process can read it", c.Name(), name)
			}
		}
	}
}

func TestTheVersionIsOneLine(t *testing.T) {
	o := run(t, "version")
	o.wants(t, 0)
	var version, rest string
	if n, err := fmt.Sscanf(o.out, "draftt-databricks %s (%s", &version, &rest); n != 2 || err != nil || version != "1.2.3" {
		t.Errorf("%q", o.out)
	}
}
