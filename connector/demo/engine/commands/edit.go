package commands

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// How many rows one statement rewrites, and how many it takes out by a condition: new rows and the numbers of old ones are kept in memory.
const (
	mostRewritten = 100_000
	mostTakenOut  = 1_000_000
)

// attempts is how often a statement reads its table anew that another one changed meanwhile.
const attempts = 8

// target reads the table that a statement changes, with its alias. The statement takes MODIFY and SELECT, as the page on the privileges for DML
// says, whether or not it has a condition.
func (d *Desk) target(s *objects.Session, p *dialect.Parser, operation string, behind ...string) (t dialect.Target, err error) {
	if t.Table, err = p.TableName(s.Namespace()); err != nil {
		return t, err
	}
	if err := cmp.Or(d.Authority.Write(s.Principal(), t.Table), d.Authority.Read(s.Principal(), t.Table)); err != nil {
		return t, err
	}
	def, err := d.Store.Table(t.Table)
	if err != nil {
		return t, err
	}
	switch {
	case def.SQL != "", def.Kind == "VIEW", def.Kind == "MATERIALIZED_VIEW":
		return t, &values.Error{Class: "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE", SQLState: "42809", Message: fmt.Sprintf(
			"'%s' expects a table but %s is a view.", operation, t.Table.Quoted())}
	case def.Kind == "FOREIGN":
		return t, &values.Error{Class: "DELTA_UNSUPPORTED_SOURCE", SQLState: "0AKDD", Message: operation + " destination only supports Delta sources."}
	case def.Guard != nil && def.Guard(s.Principal()) != nil:
		return t, lacking(operation + " on a table whose row filter or column masks apply to who runs it")
	}
	t.Alias, err = p.Alias(behind...)
	return t, err
}

// condition reads what follows WHERE, to the end of the statement. Without WHERE it is empty.
func condition(p *dialect.Parser) (where []dialect.Token, err error) {
	if p.Accept("WHERE") {
		if where, err = p.Expression(); err != nil {
			return nil, err
		}
	}
	return where, p.End()
}

// remove runs DELETE FROM.
func (d *Desk) remove(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	start := *p
	if !p.Accept("FROM") {
		return d.refuse(s, &start)
	}
	t, err := d.target(s, p, "DELETE", "WHERE")
	if err != nil {
		return nil, err
	}
	where, err := condition(p)
	if err != nil {
		return nil, err
	}
	return d.edit(s, t.Table, func(def *objects.Table) (objects.Edit, []int, error) {
		edit := objects.Edit{Operation: "DELETE", Parameters: predicates("predicate", where)}
		if len(where) == 0 {
			edit.All = def.Rows > 0
			return edit, []int{def.Rows}, nil
		}
		result, err := d.touched(t, nil, where, mostTakenOut, "DELETE")
		if err != nil {
			return edit, nil, err
		}
		edit.Deleted = numbers(result)
		slices.Sort(edit.Deleted)
		return edit, []int{len(edit.Deleted)}, nil
	})
}

// update runs UPDATE.
func (d *Desk) update(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	t, err := d.target(s, p, "UPDATE", "SET")
	if err != nil {
		return nil, err
	}
	if err := p.Expect("SET"); err != nil {
		return nil, err
	}
	def, err := d.Store.Table(t.Table)
	if err != nil {
		return nil, err
	}
	set, err := assignments(p, t, def, "UPDATE", "WHERE")
	if err != nil {
		return nil, err
	}
	where, err := condition(p)
	if err != nil {
		return nil, err
	}
	return d.edit(s, t.Table, func(def *objects.Table) (objects.Edit, []int, error) {
		edit := objects.Edit{Operation: "UPDATE", Parameters: predicates("predicate", where)}
		result, err := d.touched(t, set.expressions(), where, mostRewritten, "UPDATE")
		if err != nil {
			return edit, nil, err
		}
		after, err := set.rows(result, 1, def, def.Row)
		if err != nil {
			return edit, nil, err
		}
		edit.Updated, edit.After = ordered(numbers(result), after)
		return edit, []int{len(after)}, nil
	})
}

// affected are the columns that a statement answers with. UPDATE and DELETE have the first alone.
var affected = []values.Column{
	{Name: "num_affected_rows", Type: values.BigIntType}, {Name: "num_updated_rows", Type: values.BigIntType},
	{Name: "num_deleted_rows", Type: values.BigIntType}, {Name: "num_inserted_rows", Type: values.BigIntType},
}

// edit changes rows of a table. What is to change is found anew if another statement changed the table meanwhile.
func (d *Desk) edit(
	s *objects.Session, table dialect.Name, find func(*objects.Table) (edit objects.Edit, counts []int, err error),
) (*values.Result, error) {
	for range attempts {
		def, err := d.Store.Table(table)
		if err != nil {
			return nil, err
		}
		edit, counts, err := find(def)
		if err != nil {
			return nil, err
		}
		edit.Seen = def.Version
		err = d.Authority.Edit(s.Principal(), table, edit)
		if errors.Is(err, objects.ErrConflict) {
			continue
		}
		if err != nil {
			return nil, err
		}
		row := make([]any, len(counts))
		for i, n := range counts {
			row[i] = n
		}
		return values.NewResult(affected[:len(counts)], [][]any{row})
	}
	return nil, &values.Error{Class: "DELTA_CONCURRENT_APPEND", SQLState: "2D521", Message: "ConcurrentAppendException: Files were added to " +
		"the root of the table by a concurrent update. Please try the operation again."}
}

// touched runs the query for the rows that a condition holds for, in any order.
func (d *Desk) touched(t dialect.Target, expressions [][]dialect.Token, where []dialect.Token, most int, operation string) (*values.Result, error) {
	result, err := d.Query(t.Touched(expressions, where), most+1)
	if err != nil {
		return nil, err
	}
	if result.Rows > most {
		return nil, tooManyRows(operation, most)
	}
	return result, nil
}

func tooManyRows(operation string, most int) error {
	return &values.Error{Class: "INVALID_PARAMETER_VALUE", SQLState: "22023", Message: fmt.Sprintf(
		"A single %s of the embedded workspace changes %d rows at most.", operation, most)}
}

// ordered puts numbers of rows in their order, and with each what it becomes.
func ordered(numbers []int, after [][]any) ([]int, [][]any) {
	places := make([]int, len(numbers))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int { return cmp.Compare(numbers[a], numbers[b]) })
	sorted, rows := make([]int, len(numbers)), make([][]any, len(numbers))
	for i, place := range places {
		sorted[i], rows[i] = numbers[place], after[place]
	}
	return sorted, rows
}

// numbers are the numbers of the rows in a result. A condition such as IN may find them in another order than that of the table.
func numbers(result *values.Result) []int {
	out := make([]int, result.Rows)
	for i := range out {
		out[i] = int(result.Vectors[0].Ints[i])
	}
	return out
}

// predicates are conditions as DESCRIBE HISTORY has them: a list in JSON.
func predicates(name string, where []dialect.Token) map[string]string {
	list := []string{}
	if len(where) > 0 {
		list = append(list, "("+dialect.Written(where)+")")
	}
	text, err := values.Marshal(list)
	if err != nil { // texts always encode
		return nil
	}
	return map[string]string{name: string(text)}
}
