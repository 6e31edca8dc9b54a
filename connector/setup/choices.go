package setup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/trust"
)

// Choice is one thing that was chosen, as Review shows it.
type Choice struct {
	Label  string
	Step   Index  // that changes it
	Text   string // what was chosen
	Source Source // where it came from, empty before it was answered
}

// Choices are what was chosen so far, in the order of the steps. What is trusted and which proxy is used are among them where somebody chose it.
func (s *Setup) Choices() []Choice {
	choices := s.draft.choicesMade()
	if s.proxy != nil {
		choices = slices.Insert(choices, 1, Choice{"Proxy", Connect, s.proxy.String() + ", for this run", FromYou})
	}
	choices = s.draft.addTrusts(choices, s.draft.authorities.Here(), sourceHere)
	return s.draft.addTrusts(choices, s.draft.authorities.Given, sourceGiven)
}

func (d *Draft) addTrusts(choices []Choice, trusts trust.Set, source string) []Choice {
	if all := trust.Named(trusts.Certificates()); len(all) > 0 {
		return slices.Insert(choices, 1, Choice{"Trusts", Connect, strings.Join(all, "; "), d.SourceOf(source)})
	}
	return choices
}

func (d *Draft) choicesMade() []Choice {
	warehouse := ""
	if w := d.Warehouse(); w.State == "" { // the set-up was resumed past step 2
		warehouse = fmt.Sprintf("%s (%s)", w.Name, w.Type)
	} else {
		warehouse = fmt.Sprintf("%s (%s, %s)", w.Name, w.Type, w.State.Word())
	}
	return []Choice{
		{"Workspace", Connect, d.Host().String(), d.SourceOf("host")},
		{"Sign-in", Connect, d.Method().Label() + " of " + d.Principal().Label(), d.SourceOf("client")},
		{"Warehouse", Warehouse, warehouse, d.SourceOf("warehouse")},
		{"Schema", Namespace, d.Schema().String(), d.SourceOf("schema")},
		{"Reads", Access, TableList(d.Tables()) + ", " + ScopeShort(d.Scope()), d.SourceOf("tables")},
	}
}

// ScopeShort says in a few words what SELECT is granted on.
func ScopeShort(scope connector.Scope) string {
	if scope == connector.ScopeTables {
		return "granted by table"
	}
	return "granted by schema"
}

// ScopeNote says what a scope means; it stands beside the choice and beside its GRANT.
func ScopeNote(scope connector.Scope) string {
	if scope == connector.ScopeTables {
		return "only chosen tables; new ones stay closed"
	}
	return "the whole schema, future tables too"
}

// TableList names up to three tables and counts the others.
func TableList(tables []connector.TableName) string {
	var names []string
	for i, t := range tables {
		if i == 3 {
			names = append(names, fmt.Sprintf("%d more", len(tables)-i))
			break
		}
		names = append(names, t.Table.String())
	}
	return strings.Join(names, ", ")
}

// Statements are the statements that Draftt will run on the chosen tables, and no others.
func (d *Draft) Statements() string {
	var b strings.Builder
	for _, t := range d.tables {
		b.WriteString(query.Describe(t).SQL() + ";\n" + query.Preview(t, sampleRows).SQL() + ";\n")
	}
	return b.String()
}
