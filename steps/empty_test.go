package steps

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestAnEmptyListSaysWhyAndHowSureThatIs(t *testing.T) {
	held := func(p ...connector.Privilege) *emptyLook {
		e := &emptyLook{done: true}
		for _, one := range p {
			e.held = append(e.held, connector.Grant{Privilege: one})
		}
		return e
	}
	tests := []struct {
		story      string
		in         contents
		look       *emptyLook
		refused    bool
		says, next string
	}{
		{"no catalog is listed", catalogsIn, nil, false, "Certain: this principal sees none", "Type the catalog's name"},
		{"the list of schemas was refused", schemasIn, nil, true, "Certain: the workspace does not show", "Type the schema's name"},
		{"it is being looked up", schemasIn, &emptyLook{}, false, "Looking whether USE SCHEMA is granted", "Type the schema's name"},
		{"USE SCHEMA holds on the catalog", schemasIn, held(connector.UseCatalog, connector.UseSchema), false, "Certain: the catalog has none", "Choose another catalog"},
		{"only USE CATALOG holds", schemasIn, held(connector.UseCatalog), false, "Likely: they are hidden", "Type the schema's name"},
		{"SELECT holds on the schema", tablesIn, held(connector.Select), false, "Certain: the schema has none", "Choose another schema"},
		{"ALL PRIVILEGES hold", tablesIn, held(connector.AllPrivileges), false, "Certain: the schema has none", "Choose another schema"},
		{"nothing holds on the schema", tablesIn, held(), false, "Likely: they are hidden", "ctrl+g shows the GRANT"},
		{"the privileges are not shown", tablesIn, &emptyLook{done: true, err: errors.New("403")}, false, "Cannot tell from here", "ctrl+g shows the GRANT"},
	}
	for _, tt := range tests {
		t.Run(tt.story, func(t *testing.T) {
			got := tt.in.explain("", tt.look, tt.refused)
			if !strings.Contains(got.why, tt.says) || !strings.HasPrefix(got.next, tt.next) {
				t.Errorf("%q, next %q", got.why, got.next)
			}
		})
	}
	if metadataOnly("table", 0) != "" || !strings.Contains(metadataOnly("table", 1), "the only table is metadata only") || !strings.Contains(metadataOnly("table", 12), "all 12 tables") {
		t.Error("metadata only is not counted")
	}
}
