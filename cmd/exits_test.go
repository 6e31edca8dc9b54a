package cmd

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/glossary"
	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// wantToldOf fails when a command ended with a code that its help does not name. Every command that these tests run is held to it.
func wantToldOf(t *testing.T, ran *cobra.Command, code int) {
	t.Helper()
	name := exits.Name(ran)
	if strings.HasPrefix(name, "__complete") {
		return
	}
	codes, known := exits.Of(name)
	if !known || !slices.ContainsFunc(codes, func(c exits.Code) bool { return c.Number == code }) {
		t.Errorf("%q ended with %d, of which its help says nothing", name, code)
	}
}

func TestEveryCommandSaysItsExitCodes(t *testing.T) {
	var there []string
	each(Commands("1.2.3"), func(c *cobra.Command) {
		there = append(there, exits.Name(c))
		codes, known := exits.Of(exits.Name(c))
		if !known {
			t.Errorf("the table of exit codes does not know %q", exits.Name(c))
			return
		}
		o := run(t, append(strings.Fields(exits.Name(c)), "--help")...)
		if !strings.Contains(o.out, "\nExit codes:\n"+exits.Lines(codes)+"\n") {
			t.Errorf("the help of %q does not name its exit codes:\n%s", exits.Name(c), o.out)
		}
	})
	slices.Sort(there)
	if !slices.Equal(there, exits.Commands()) {
		t.Errorf("there are the commands %q, and the table has %q", there, exits.Commands())
	}
}

// TestEveryExitCodeIsInTheTable looks for those of the causes, which stand elsewhere.
func TestEveryExitCodeIsInTheTable(t *testing.T) {
	known := map[int]bool{}
	last := -1
	for _, code := range exits.Codes {
		if known[code.Number] = true; code.Number <= last || code.Meaning == "" {
			t.Errorf("%d is out of its order, or means nothing", code.Number)
		}
		last = code.Number
	}
	for _, row := range check.Causes() {
		if !known[row.Exit] {
			t.Errorf("the cause %s ends with %d, which is not in the table", row.ID, row.Exit)
		}
	}
}

func TestThePageOfExitCodesIsTheirTable(t *testing.T) {
	golden.Compare(t, filepath.Join("..", "docs", "exit-codes.md"), exits.Page())
}

func TestTheWordsPageIsTheGlossary(t *testing.T) {
	golden.Compare(t, filepath.Join("..", "docs", "words.md"), glossary.Page("On a screen `f5` explains the words that\n"+
		"stand there, and so does `?`, line by line too; `draftt-databricks help words` prints all of them."))
}
