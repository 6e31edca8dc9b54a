package commands

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// The kinds of clauses of MERGE, by the rows that they are for.
const (
	whenMatched = iota
	whenNotMatched
	whenNotMatchedBySource
)

// clause is what MERGE does to rows of a kind. Of each kind the first whose condition holds is for a row.
type clause struct {
	kind    int
	where   []dialect.Token // what holds of its rows, and of none before it
	always  bool            // it has no condition
	deletes bool
	set     assigned
}

// merging is a MERGE statement.
type merging struct {
	target  dialect.Target
	source  dialect.Source
	columns []string // of the source
	clauses []clause
}

// merge runs MERGE INTO.
func (d *Desk) merge(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	start := *p
	if !p.Accept("INTO") {
		return d.refuse(s, &start)
	}
	m := merging{}
	var err error
	if m.target, err = d.target(s, p, "MERGE", "USING"); err != nil {
		return nil, err
	}
	if err := p.Expect("USING"); err != nil {
		return nil, err
	}
	if m.source, err = p.Source(); err != nil {
		return nil, err
	}
	if p.Positional() {
		return nil, lacking("MERGE with parameters that have no names")
	}
	def, err := d.Store.Table(m.target.Table)
	if err != nil {
		return nil, err
	}
	if err := d.readClauses(p, def, &m); err != nil {
		return nil, err
	}
	return d.edit(s, m.target.Table, func(def *objects.Table) (objects.Edit, []int, error) { return d.merged(m, def) })
}

// readClauses reads all that follows the condition.
func (d *Desk) readClauses(p *dialect.Parser, def *objects.Table, m *merging) error {
	columns, err := d.Query(m.source.Columns(), 1)
	if err != nil {
		return err
	}
	for _, c := range columns.Columns {
		m.columns = append(m.columns, c.Name)
	}
	before := map[int][][]dialect.Token{}
	for p.Left() > 0 || len(m.clauses) == 0 {
		c := clause{}
		if err := p.Expect("WHEN"); err != nil {
			return err
		}
		switch {
		case p.Accept("MATCHED"):
		case p.Accept("NOT", "MATCHED", "BY", "SOURCE"):
			c.kind = whenNotMatchedBySource
		case p.Accept("NOT", "MATCHED"):
			p.Accept("BY", "TARGET")
			c.kind = whenNotMatched
		default:
			return p.Wrong()
		}
		if slices.ContainsFunc(m.clauses, func(other clause) bool { return other.kind == c.kind && other.always }) {
			return clauseBehindAll(c.kind)
		}
		c.always = !p.Accept("AND")
		var condition []dialect.Token
		if !c.always {
			if condition, err = p.Expression("THEN"); err != nil {
				return err
			}
		}
		if err := cmp.Or(p.Expect("THEN"), m.action(p, def, &c)); err != nil {
			return err
		}
		c.where = dialect.And(append(slices.Clone(before[c.kind]), condition)...)
		before[c.kind] = append(before[c.kind], dialect.Unless(condition))
		m.clauses = append(m.clauses, c)
	}
	return p.End()
}

// clauseBehindAll refuses a clause that no row reaches.
func clauseBehindAll(kind int) error {
	name := []string{"MATCHED", "NOT MATCHED", "NOT MATCHED BY SOURCE"}[kind]
	return &values.Error{Class: "NON_LAST_" + strings.ReplaceAll(name, " ", "_") + "_CLAUSE_OMIT_CONDITION", SQLState: "42613", Message: "When there are " +
		"more than one " + name + " clauses in a MERGE statement, only the last " + name + " clause can omit the condition."}
}

// action reads what a clause does.
func (m *merging) action(p *dialect.Parser, def *objects.Table, c *clause) (err error) {
	switch {
	case c.kind != whenNotMatched && p.Accept("DELETE"):
		c.deletes = true
	case c.kind == whenMatched && p.Accept("UPDATE", "SET", "*"), c.kind == whenNotMatched && p.Accept("INSERT", "*"):
		c.set, err = m.all(def)
	case c.kind != whenNotMatched && p.Accept("UPDATE", "SET"):
		c.set, err = assignments(p, m.target, def, "MERGE", "WHEN")
	case c.kind == whenNotMatched && p.Accept("INSERT"):
		c.set, err = inserting(p, def)
	default:
		return p.Wrong()
	}
	return err
}

// all sets every column of the table to the one of the source by the same name.
func (m *merging) all(def *objects.Table) (set assigned, err error) {
	for i, c := range def.Columns {
		at := slices.IndexFunc(m.columns, func(name string) bool { return strings.EqualFold(name, c.Name) })
		if at < 0 {
			return nil, dialect.UnresolvedColumn(c.Name)
		}
		set = append(set, assignment{i, m.source.Column(m.columns[at])})
	}
	return set, nil
}

// inserting reads the columns that INSERT names, or all, and a value for each.
func inserting(p *dialect.Parser, def *objects.Table) (set assigned, err error) {
	into, err := insertColumns(p, def)
	if err != nil {
		return nil, err
	}
	if err := p.Expect("VALUES", "("); err != nil {
		return nil, err
	}
	for i, column := range into {
		if i > 0 {
			if err := p.Expect(","); err != nil {
				return nil, err
			}
		}
		expression, err := p.Expression(",", ")")
		if err != nil {
			return nil, err
		}
		if len(expression) == 1 && expression[0].Is("DEFAULT") {
			expression = nil
		}
		set = append(set, assignment{column, expression})
	}
	return set, p.Expect(")")
}

// merged finds out what a MERGE changes. A row of the table that two of the source match is refused, unless all that match are deleted.
func (d *Desk) merged(m merging, def *objects.Table) (objects.Edit, []int, error) {
	edit := objects.Edit{Operation: "MERGE", Parameters: predicates("predicate", m.source.On())}
	count, err := d.Query(m.source.Count(), 1)
	if err != nil {
		return edit, nil, err
	}
	edit.Source = int(count.Vectors[0].Ints[0])
	if _, err := d.Query(m.target.Matched(m.source, nil, nil), 1); err != nil {
		return edit, nil, err // the condition is wrong, whichever clauses use it
	}
	onlyDeletes := !slices.ContainsFunc(m.clauses, func(c clause) bool { return c.kind == whenMatched && (!c.deletes || !c.always) })
	after, deleted := map[int][]any{}, map[int]bool{}
	for _, c := range m.clauses {
		ask := map[int]func(dialect.Source, [][]dialect.Token, []dialect.Token) []dialect.Token{
			whenMatched: m.target.Matched, whenNotMatched: m.target.OfSourceAlone, whenNotMatchedBySource: m.target.OfTargetAlone,
		}[c.kind]
		result, err := d.Query(ask(m.source, c.set.expressions(), c.where), mostRewritten+1)
		if err != nil {
			return edit, nil, err
		}
		if result.Rows > mostRewritten {
			return edit, nil, tooManyRows("MERGE", mostRewritten)
		}
		before := def.Row
		if c.kind == whenNotMatched {
			before = nil
		}
		var rows [][]any
		if !c.deletes {
			if rows, err = c.set.rows(result, 1, def, before); err != nil {
				return edit, nil, err
			}
		}
		if c.kind == whenNotMatched {
			edit.Inserted = append(edit.Inserted, rows...)
			continue
		}
		for r, number := range numbers(result) {
			if _, twice := after[number]; (twice || deleted[number]) && !onlyDeletes {
				return edit, nil, &values.Error{Class: "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE", SQLState: "21506", Message: "Cannot " +
					"perform Merge as multiple source rows matched and attempted to modify the same\ntarget row in the Delta table in possibly conflicting ways."}
			}
			if c.deletes {
				deleted[number] = true
			} else {
				after[number] = rows[r]
			}
		}
	}
	edit.Deleted, edit.Updated = slices.Sorted(maps.Keys(deleted)), slices.Sorted(maps.Keys(after))
	for _, number := range edit.Updated {
		edit.After = append(edit.After, after[number])
	}
	updated, gone, added := len(edit.Updated), len(edit.Deleted), len(edit.Inserted)
	return edit, []int{updated + gone + added, updated, gone, added}, nil
}
