package torture

import (
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// evilPart is the first part of names that a walk can choose, so that typing it finds them.
const evilPart = "0evil"

// evilScenario has a warehouse with an evil name, and faults if any.
func evilScenario(text string, faults ...rest.Fault) demo.Scenario {
	return demo.Scenario{
		ID: "evil", Title: "Evil", Story: "Every name is evil.", Faults: faults,
		Warehouses: []compute.Warehouse{{
			ID: "00000000000000e1", Name: text, Size: text, Creator: text, Type: compute.Serverless, InitiallyRunning: true, StartTakes: time.Second,
			Access: map[string]model.Level{demo.ConnectorID: model.CanUse},
		}},
	}
}

// furnish gives a text to everything that has a name, a comment, an owner or a value: one of each whose name is the text alone, and one
// whose name begins so that a walk can choose it. opened makes the grants.
func furnish(text string, opened bool) func(*model.World) error {
	return func(w *model.World) error {
		w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "5103948571029384", Name: demo.ConnectorID, DisplayName: text, Active: true, Entitlements: []string{model.SQLAccess}})
		w.AddPrincipal(model.Principal{Kind: model.Group, ID: "990001", Name: "group " + text})
		chosen := evilPart + text
		for _, c := range []string{chosen, text} {
			if err := w.AddCatalog(model.Catalog{Name: c, Owner: text, Comment: text}); err != nil {
				return err
			}
			if err := w.Preset(unity.OnCatalog(c), model.AccountUsers, unity.Browse); err != nil {
				return err
			}
			for _, s := range []string{chosen, text} {
				if err := w.AddSchema(model.Schema{Catalog: c, Name: s, Owner: text, Comment: text}); err != nil {
					return err
				}
				for _, name := range []string{chosen, text} {
					table := model.Table{Catalog: c, Schema: s, Name: name, Owner: text, Comment: text, Type: model.TableType(text), RowCount: 3, Rows: func(int) []any { return []any{text, text, nil} }}
					for _, column := range []string{text, evilPart + text, "z" + text} {
						table.Columns = append(table.Columns, unity.Column{Name: column, Type: unity.String, Comment: text})
					}
					if err := w.AddTable(table); err != nil {
						return err
					}
				}
			}
		}
		if !opened {
			return nil
		}
		if err := w.Preset(unity.OnCatalog(chosen), demo.ConnectorID, unity.UseCatalog, unity.UseSchema, unity.Select); err != nil {
			return fmt.Errorf("open the catalog: %w", err)
		}
		return nil
	}
}
