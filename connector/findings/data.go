package findings

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/words"
)

// around are the kinds of rows that it takes to tell who reads or writes tables.
var around = []string{
	"catalogs", "schemas", "tables", estate.GrantsOf("catalogs"), estate.GrantsOf("schemas"), estate.GrantsOf("tables"), "metastore", "workspace-users", "workspace-groups",
	"workspace-service-principals", "workspace-memberships", "workspace-assignments", "users", "groups", "service-principals", "memberships",
}

var inventoryWriters = rule{
	id: "inventory-writers", level: High, title: "Grants by which others than the owner change the tables that the connection reads",
	means:  "Whoever can change these tables decides what the connection reads of them.",
	remedy: "Revoke the privilege at the end of the path from whoever does not fill the tables.",
	needs:  kinds(around...),
	find:   findWriters,
}

func findWriters(l *look) (out []Evidence, missing []string, err error) {
	if len(l.options.Tables) == 0 {
		return nil, []string{"the tables: name them with --table, or the saved connection that reads them with --connection"}, nil
	}
	metastore, known := l.facts.MetastoreOf(l.in)
	for _, t := range l.options.Tables {
		on, listed := access.Nothing, false
		if known {
			on, listed = l.facts.Lookup(access.TableKind, metastore, t.Full())
		}
		if !listed {
			missing = append(missing, "the table "+t.String()+", which the inventory has not")
			continue
		}
		found, err := l.writers(on, t)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, found...)
	}
	return out, missing, nil
}

// writers are the grants by which somebody can change a table, or can give themselves one that does. An owner is not counted: somebody fills
// the table.
func (l *look) writers(on access.Object, t connector.TableName) ([]Evidence, error) {
	by, order := map[access.Link][]access.Principal{}, []access.Link(nil)
	paths := map[access.Link][]string{}
	for _, right := range writing(l.facts.Rules()) {
		yes, _, err := l.facts.Who(right, on, l.in)
		if err != nil {
			return nil, fmt.Errorf("look who writes: %w", err)
		}
		for _, p := range yes {
			a, err := l.facts.How(access.Question{Who: p, Right: right, On: on, In: l.in})
			if err != nil {
				return nil, fmt.Errorf("look how somebody writes: %w", err)
			}
			grant, is := granted(a, right)
			if !is {
				continue
			}
			if by[grant] == nil {
				order, paths[grant] = append(order, grant), l.facts.Say(a).Because
			}
			by[grant] = append(by[grant], p)
		}
	}
	var out []Evidence
	for _, g := range order {
		says := fmt.Sprintf("%s on %s, which %s has, lets %s change %s, such as %s.", l.facts.CalledRight(g.Right, g.On), l.facts.CalledObject(g.On),
			l.facts.Called(g.From), words.Count(len(by[g]), "principal"), l.facts.CalledObject(on), l.facts.Called(by[g][0]))
		out = append(out, proof(store.Row{Kind: "tables", ID: t.Full(), Name: t.Table.Raw()}, says, paths[g]...))
	}
	return out, nil
}

// writing are the rights with which somebody changes a table, or gives themselves one that does.
func writing(rules *access.Rules) (out []access.Right) {
	for _, p := range rules.Privileges {
		r, known := rules.Named(access.TableKind, p.Name)
		for _, on := range p.Acts {
			if known && on == access.TableKind && (p.Writes || p.Name == "MANAGE") {
				out = append(out, r)
			}
		}
	}
	return out
}

// granted is the grant by which somebody has a right. It reports false for an owner.
func granted(a access.Answer, right access.Right) (access.Link, bool) {
	for _, step := range a.Steps {
		if last := len(step.Way) - 1; step.Need.Right == right && last >= 0 && step.Way[last].Kind == access.IsHolder {
			return step.Way[last], true
		}
	}
	return access.Link{}, false
}

var readsEverything = rule{
	id: "reads-everything", level: Medium, title: "Principals that can read every table",
	means:  "With the credentials of one of them, all data of the metastore can be taken away.",
	remedy: "Grant SELECT on the catalogs and schemas that are needed, and revoke it from the end of the path.",
	needs:  kinds(around...),
	find:   findReaders,
}

// mostLooked is how many of those who read the first table of each schema are held against all tables.
const mostLooked = 50

func findReaders(l *look) (out []Evidence, missing []string, err error) {
	all, count, readers, err := l.readable()
	if err != nil || count == 0 {
		return nil, nil, err
	}
	if more := len(readers) - mostLooked; more > 0 {
		missing = []string{fmt.Sprintf("%s of those who read the first table of each schema, who were not held against all of them", words.Thousands(more))}
		readers = readers[:mostLooked]
	}
	sel, _ := l.facts.Rules().Named(access.TableKind, "SELECT")
	for _, p := range readers {
		reads, last := 0, access.Nothing
		for h := range l.facts.What(p, l.in) {
			if int(h.On) < len(all) && all[h.On] && h.Has(sel) == access.Yes {
				reads, last = reads+1, h.On
			}
		}
		if reads < count {
			continue
		}
		a, err := l.facts.How(access.Question{Who: p, Right: sel, On: last, In: l.in})
		if err != nil {
			return nil, nil, fmt.Errorf("look why somebody reads: %w", err)
		}
		says := fmt.Sprintf("%s can read each of %s, such as %s.", l.facts.Called(p), words.Count(count, "table"), l.facts.CalledObject(last))
		out = append(out, proof(store.Row{Kind: "tables", ID: l.facts.Key(last), Name: l.facts.Title(last)}, says, l.facts.Say(a).Because...))
	}
	return out, missing, nil
}

// readable marks all tables that somebody put there, and counts them; readers are those who read the first one of each schema, groups among them.
func (l *look) readable() (all []bool, count int, readers []access.Principal, err error) {
	given := map[string]bool{} // the catalogs that Databricks fills, and the one whose grants SQL alone tells
	err = each(l, "catalogs", func(row store.Row, c struct {
		Type string `json:"catalog_type"`
	}) {
		given[row.ID] = c.Type == "SYSTEM_CATALOG" || row.ID == "system" || row.ID == "hive_metastore"
	})
	metastore, known := l.facts.MetastoreOf(l.in)
	if err != nil || !known {
		return nil, 0, nil, err
	}
	_, objects := l.facts.Count()
	all = make([]bool, objects+1)
	sel, _ := l.facts.Rules().Named(access.TableKind, "SELECT")
	schema, first := "", true
	for row, err := range l.run.Rows("tables") {
		if err != nil {
			return nil, 0, nil, err //nolint:wrapcheck // as above
		}
		catalog, _, _ := strings.Cut(row.Parent, ".")
		on, listed := l.facts.Lookup(access.TableKind, metastore, row.ID)
		if !listed || given[catalog] || strings.HasSuffix(row.Parent, ".information_schema") {
			continue
		}
		all[on] = true
		count++
		if row.Parent == schema || !first && len(readers) == 0 {
			continue
		}
		yes, _, err := l.facts.Who(sel, on, l.in)
		if err != nil {
			return nil, 0, nil, fmt.Errorf("look who reads: %w", err)
		}
		if schema = row.Parent; first {
			readers, first = yes, false
		} else {
			readers = both(readers, yes)
		}
	}
	return all, count, readers, nil
}

// both are those who are in two lists, each in the order of their numbers.
func both(a, b []access.Principal) (out []access.Principal) {
	for i := 0; len(a) > 0 && i < len(b); {
		switch {
		case a[0] == b[i]:
			out = append(out, a[0])
			a, i = a[1:], i+1
		case a[0] < b[i]:
			a = a[1:]
		default:
			i++
		}
	}
	return out
}
