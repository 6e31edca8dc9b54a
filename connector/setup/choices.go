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
		{"Reads", Access, d.tableList() + ", " + d.Scope().Short(), d.SourceOf("tables")},
	}
}

// tableList is the chosen tables, and which of them were read through a row filter or column masks.
func (d *Draft) tableList() string {
	return connector.TablesThrough(d.tables, func(name connector.TableName) string {
		if read, done := d.Read(name); done && read.Err == nil {
			return read.Table.Limits()
		}
		return ""
	})
}

// ProvenBy is said over Statements: of what Draftt runs later this program knows no more than the grants, which let it read.
const ProvenBy = "Besides SELECT 1, these statements are run here to prove that the tables can be read. What Draftt runs later is bound by the grants."

// Statements are those that prove on the chosen tables that they can be read. What else Draftt runs there is not known here.
func (d *Draft) Statements() string {
	var b strings.Builder
	for _, t := range d.tables {
		b.WriteString(query.Describe(t).SQL() + ";\n" + query.Preview(t, sampleRows).SQL() + ";\n")
	}
	return b.String()
}
