package steps

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

func TestAnEmptyListSaysWhyAndHowSureThatIs(t *testing.T) {
	held := func(p ...connector.Privilege) *setup.HolderLook {
		look := &setup.HolderLook{}
		for _, one := range p {
			look.Held = append(look.Held, connector.Grant{Privilege: one})
		}
		return look
	}
	tests := []struct {
		story   string
		in      setup.Contents
		look    *setup.HolderLook
		refused bool
		says    string
		next    string
	}{
		{"no catalog is listed", setup.CatalogList, nil, false, "This principal sees none", "Type the catalog's name"},
		{"the list of schemas was refused", setup.SchemaList, nil, true, "The workspace does not show", "Type the schema's name"},
		{"it is being looked up", setup.SchemaList, nil, false, "Looking whether USE SCHEMA is granted", "Type the schema's name"},
		{"USE SCHEMA holds on the catalog", setup.SchemaList, held(connector.UseCatalog, connector.UseSchema), false, "The catalog has none", "Choose another catalog"},
		{"only USE CATALOG holds", setup.SchemaList, held(connector.UseCatalog), false, "Likely: they are hidden", "Type the schema's name"},
		{"SELECT holds on the schema", setup.TablesList, held(connector.Select), false, "The schema has none", "Choose another schema"},
		{"ALL PRIVILEGES hold", setup.TablesList, held(connector.AllPrivileges), false, "The schema has none", "Choose another schema"},
		{"nothing holds on the schema", setup.TablesList, held(), false, "Likely: they are hidden", "ctrl+g shows the GRANT"},
		{"the privileges are not shown", setup.TablesList, &setup.HolderLook{Err: errors.New("403")}, false, "Cannot tell from here", "ctrl+g shows the GRANT"},
	}
	for _, tt := range tests {
		t.Run(tt.story, func(t *testing.T) {
			got := tt.in.Explain("", tt.look, tt.refused)
			theme := ui.NewTheme(true)
			if shown := screentest.PlainText(emptyState(tt.in, got).View(&theme, 200)); !strings.Contains(got.Why, tt.says) || !strings.Contains(shown, tt.next) {
				t.Errorf("%q:\n%s", got.Why, shown)
			}
		})
	}
	if setup.BrowsedOnly("table", 0) != "" || !strings.Contains(setup.BrowsedOnly("table", 1), "1 table is shown") || !strings.Contains(setup.BrowsedOnly("table", 12), "12 tables are shown") {
		t.Error("what BROWSE alone shows is not counted")
	}
}
