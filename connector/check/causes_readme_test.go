package check

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// The README shows what people meet most under each of the five documented causes; the page of all rows has the rest.
var often = []struct {
	cause Cause
	rows  []string
}{
	{AuthenticationFailed, []string{"bad-client", "not-in-workspace"}},
	{WarehouseAccess, []string{"no-can-use", "no-sql-entitlement"}},
	{MissingPermissions, []string{"no-use-catalog", "no-select"}},
	{WarehouseNotRunning, []string{"warehouse-stopped", "start-quota"}},
	{Unreachable, []string{"untrusted-certificate", "ip-access-list"}},
}

// The lines between which the README is written by the table.
const (
	readmeBegins = "<!-- The table below is written by: go test ./connector/check -run Troubleshooting -update -->\n"
	readmeEnds   = "<!-- So far the table. -->\n"
)

func readmeTable(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("\n| cause | most often | what to do | stage, exit |\n|---|---|---|---|\n")
	for _, part := range often {
		name := "**" + string(part.cause) + "**"
		for _, id := range part.rows {
			i := slices.IndexFunc(Causes(), func(e Entry) bool { return e.ID == id })
			if i < 0 || Causes()[i].Cause != part.cause {
				t.Fatalf("the table has no row %q under %q", id, part.cause)
			}
			e := Causes()[i]
			fmt.Fprintf(&b, "| %s | %s | %s | %s, %d |\n", name, e.Reason, remedyCell(e), e.Stage, e.Exit)
			name = ""
		}
	}
	return b.String() + "\n"
}

func TestTheTroubleshootingOfTheReadmeIsThatOfTheTable(t *testing.T) {
	path := filepath.Join("..", "..", "README.md")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(strings.ReplaceAll(string(content), "\r\n", "\n"), readmeBegins)
	_, after, ends := strings.Cut(rest, readmeEnds)
	if !begins || !ends {
		t.Fatal("README.md does not say where its table of causes begins and ends")
	}
	golden.Compare(t, path, before+readmeBegins+readmeTable(t)+readmeEnds+after)
}
