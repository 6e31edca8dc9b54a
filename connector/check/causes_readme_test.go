package check

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The README shows the rows that people meet most, under the five documented causes; the page of all rows has the rest.
var often = []struct {
	cause Cause
	rows  []string
}{
	{AuthenticationFailed, []string{"bad-client", "secret-expired", "inactive", "not-in-workspace", "token-refused", "expiring"}},
	{WarehouseAccess, []string{"no-can-use", "no-sql-entitlement", "warehouse-gone", "no-warehouses"}},
	{MissingPermissions, []string{"no-use-catalog", "no-use-schema", "no-select", "catalog-not-bound", "view-owner"}},
	{WarehouseNotRunning, []string{"warehouse-stopped", "warehouse-starting", "start-quota"}},
	{Unreachable, []string{"name-does-not-resolve", "timeout", "proxy-sign-in", "untrusted-certificate", "ip-access-list", "private-link", "web-page"}},
}

// The lines between which the README is written by the table.
const (
	readmeBegins = "<!-- The tables below are written by: go test ./connector/check -run Troubleshooting -update -->\n"
	readmeEnds   = "<!-- So far the tables. -->\n"
)

func readmeTables(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, part := range often {
		fmt.Fprintf(&b, "\n**%s**\n\n| what it means | what to do | stage, exit |\n|---|---|---|\n", part.cause)
		for _, id := range part.rows {
			i := slices.IndexFunc(Causes(), func(e Entry) bool { return e.ID == id })
			if i < 0 || Causes()[i].Cause != part.cause {
				t.Fatalf("the table has no row %q under %q", id, part.cause)
			}
			e := Causes()[i]
			fmt.Fprintf(&b, "| %s | %s | %s, %d |\n", e.Reason, remedyCell(e), e.Stage, e.Exit)
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
	got, after, ends := strings.Cut(rest, readmeEnds)
	if !begins || !ends {
		t.Fatal("README.md does not say where its tables of causes begin and end")
	}
	want := readmeTables(t)
	if *update {
		if err := os.WriteFile(path, []byte(before+readmeBegins+want+readmeEnds+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != want {
		t.Error("the tables in README.md are not what the causes table says; run with -update")
	}
}
