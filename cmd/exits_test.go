package cmd

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/glossary"
)

// wantToldOf fails when a command ended with a code that its help does not name. Every command that these tests run is held to it.
func wantToldOf(t *testing.T, ran *cobra.Command, code int) {
	t.Helper()
	name := nameOf(ran)
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
		there = append(there, nameOf(c))
		codes, known := exits.Of(nameOf(c))
		if !known {
			t.Errorf("the table of exit codes does not know %q", nameOf(c))
			return
		}
		o := run(t, append(strings.Fields(nameOf(c)), "--help")...)
		if !strings.Contains(o.out, "\nExit codes:\n"+exits.Lines(codes)+"\n") {
			t.Errorf("the help of %q does not name its exit codes:\n%s", nameOf(c), o.out)
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
	isThePage(t, "exit-codes.md", exits.Page())
}

func TestTheWordsPageIsTheGlossary(t *testing.T) {
	isThePage(t, "words.md", glossary.Page())
}

// isThePage holds a page below docs against what it is generated from.
func isThePage(t *testing.T, name, want string) {
	t.Helper()
	path := filepath.Join("..", "docs", name)
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Errorf("docs/%s is not what the program says; run with -update", name)
	}
}
