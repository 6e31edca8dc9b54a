package reference

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/desk"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/ui/console"
)

// printed is what a command of the reference prints.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var out strings.Builder
	c := Command(desk.Desk{
		Bare:   func(*cobra.Command) {},
		NoArgs: cobra.NoArgs,
		Loud:   func(string) error { return nil },
		Long:   func(say func() error) error { return say() },
		Out:    func() io.Writer { return &out },
		Prose:  func(text string) string { return text },
		Title:  func(text string) string { return text },
		Table: func(table console.Table) error {
			out.WriteString(table.Text(console.Style{}, 0))
			return nil
		},
		JSON: func(value any) error { return json.NewEncoder(&out).Encode(value) },
	})
	c.SetArgs(args)
	if err := c.Execute(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestEverySourceIsAmongTheReferences looks for the sources of all tables and corrections, with their dates.
func TestEverySourceIsAmongTheReferences(t *testing.T) {
	all, tokens := printed(t, "references"), printed(t, "tokens")
	rules, model := access.Table(), tokenModel()
	for _, c := range slices.Concat(rules.Roles.Corrections, rules.LevelCorrections, rules.PrivilegeCorrections, model.Corrections) {
		if !strings.Contains(all, c.Read) || !strings.Contains(all, c.Date) {
			t.Errorf("%s of %s is not among the references", c.Read, c.Date)
		}
	}
	for _, text := range []string{rules.Roles.Read, rules.LevelSource.Read, rules.PrivilegeSource.Read, model.Read} {
		if !strings.Contains(all, text) {
			t.Errorf("%s is not among the references", text)
		}
	}
	for _, one := range model.Tokens {
		if !strings.Contains(tokens, one.Name) || !strings.Contains(tokens, one.Ends) {
			t.Errorf("docs tokens does not have %q whole", one.Name)
		}
	}
	if len(model.Tokens) != 3 || !strings.Contains(tokens, model.Corrections[0].Is) {
		t.Errorf("%s", tokens)
	}
}

// TestEachPageShowsItsTableWhole looks for every row of the tables, and for every correction with its date and address.
func TestEachPageShowsItsTableWhole(t *testing.T) {
	rules := access.Table()
	pages := map[string]string{}
	for _, name := range []string{"roles", "levels", "matrix", "privileges"} {
		pages[name] = printed(t, name)
	}
	wants := func(page, text string) {
		if !strings.Contains(pages[page], text) {
			t.Errorf("docs %s does not have %q", page, text)
		}
	}
	for _, r := range rules.Roles.Roles {
		wants("roles", r.Name)
	}
	for _, k := range rules.Levels {
		wants("levels", fmt.Sprintf("%s (%s)", k.Name, k.Kind))
		for _, l := range k.Levels {
			wants("levels", l.Allows)
		}
	}
	for _, c := range rules.Roles.Capabilities {
		wants("matrix", c.Action)
	}
	for _, p := range rules.Privileges {
		wants("privileges", p.Allows)
	}
	for _, c := range rules.Roles.Corrections {
		wants(map[bool]string{true: "matrix", false: "roles"}[ofMatrix(c)], c.At+": ")
	}
	for _, c := range rules.LevelCorrections {
		wants("levels", c.Date+", "+c.Read)
	}
	for _, c := range rules.PrivilegeCorrections {
		wants("privileges", c.Date+", "+c.Read)
	}
}

// TestAPageIsRecordsForAProgram reads a cell of the matrix by its row and column.
func TestAPageIsRecordsForAProgram(t *testing.T) {
	var read struct {
		Parts []struct {
			Heading string              `json:"heading"`
			Rows    []map[string]string `json:"rows"`
		} `json:"parts"`
		Corrections []map[string]string `json:"corrections"`
	}
	if err := json.Unmarshal([]byte(printed(t, "matrix", "--json")), &read); err != nil {
		t.Fatal(err)
	}
	for _, row := range read.Parts[0].Rows {
		if row["action"] == "Configure compute policies" && row["account_admin"] == "—" && row["workspace_admin"] == "✓" {
			if len(read.Corrections) == 0 || read.Corrections[0]["document_says"] == "" {
				t.Errorf("the corrections are %v", read.Corrections)
			}
			return
		}
	}
	t.Errorf("the matrix is %v", read.Parts[0].Rows)
}
