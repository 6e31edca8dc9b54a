package check

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/words"
)

const parallelReads = 4

// metadata asks the catalog about each table. A table that the catalog hides may still be read through SQL in hive_metastore.
func metadata(ctx context.Context, s *Subject, _ func(string)) Result {
	if len(s.Tables) == 0 {
		return skipped("no table is chosen yet")
	}
	if s.Schema.Legacy() {
		return skipped("hive_metastore is outside Unity Catalog; reading shows")
	}
	found, errs := make([]connector.Table, len(s.Tables)), make([]error, len(s.Tables))
	each(len(s.Tables), func(i int) { found[i], errs[i] = s.table(ctx, s.Tables[i]) })
	return described(ctx, s, found, errs).keeping(func(s *Subject) {
		for i, r := range s.reads() {
			r.Table, r.Err = found[i], errors.Join(r.Err, errs[i])
			if len(found[i].Columns) > 0 {
				r.Columns = found[i].Columns
			}
		}
	})
}

// described is the result for what the catalog told of each table.
func described(ctx context.Context, s *Subject, found []connector.Table, errs []error) Result {
	columns := 0
	for i, err := range errs {
		name := s.Tables[i]
		switch {
		case grants.Refused(err):
			return hiddenOrMissing(ctx, s, grants.Table(name, ""), refusedRead(err, StageColumns, s.selectNeeds(found, errs)))
		case err != nil:
			return failure(err, StageColumns)
		}
		columns += len(found[i].Columns)
	}
	return passed(fmt.Sprintf("%s, %s", words.Count(len(found), "table"), words.Count(columns, "column")))
}

// reading is the proof: rows of every chosen table, through the warehouse, as the connector.
func reading(ctx context.Context, s *Subject, note func(string)) Result {
	if len(s.Tables) == 0 {
		return skipped("no table is chosen yet")
	}
	samples, errs := make([]query.Rows, len(s.Tables)), make([]error, len(s.Tables))
	session, err := s.Session()
	if err != nil {
		return failure(err, StageRead)
	}
	each(len(s.Tables), func(i int) {
		errs[i] = untilReady(ctx, note, func() (err error) {
			samples[i], err = session.Preview(ctx, s.Tables[i], s.Rows)
			return err
		})
	})
	result, found := sampled(ctx, s, samples, errs)
	return result.keeping(func(s *Subject) {
		for i, r := range s.reads() {
			r.Sample, r.Err, r.Finding = samples[i], errs[i], found[i]
			if len(r.Columns) == 0 {
				r.Columns = samples[i].Columns
			}
		}
	})
}

// sampled is the result for what reading each table gave, that of the first table that could not be read, with what is found of each.
func sampled(ctx context.Context, s *Subject, samples []query.Rows, errs []error) (Result, []*Finding) {
	rows, large, found := 0, "", make([]*Finding, len(errs))
	result := Result{}
	for i, err := range errs {
		rows += len(samples[i].Rows)
		if samples[i].Large && large == "" {
			large = fmt.Sprintf("; rows of %s are too large to show", s.Tables[i].Table)
		}
		if err == nil {
			continue
		}
		refused := unread(ctx, s, s.Tables[i], errs)
		settled := s.settle(*refused.Finding)
		found[i] = &settled
		if result.State == "" {
			result = refused
			result.Evidence = s.Tables[i].Table.String() + ": " + refused.Evidence
		}
	}
	if result.State == "" {
		result = passed(fmt.Sprintf("read %s, %s", words.Count(len(samples), "table"), words.Count(rows, "row")) + large)
	}
	return result, found
}

// unread names why a table could not be read. A view is read with its owner's privileges below it, so a privilege that is missing on
// another table than the one asked for is the owner's to get.
func unread(ctx context.Context, s *Subject, name connector.TableName, errs []error) Result {
	kinds := make([]connector.Table, len(s.Tables))
	for i, t := range s.Tables {
		if !s.Schema.Legacy() {
			kinds[i], _ = s.table(ctx, t) // for the word after ON; without it TABLE does
		}
	}
	at := slices.Index(s.Tables, name)
	result, table := refusedRead(errs[at], StageRead, s.selectNeeds(kinds, errs)), kinds[at]
	if table.Kind.SQL() == "TABLE" || !slices.Contains([]string{"no-select", "insufficient", "table-hidden", "view-owner"}, result.Finding.Pattern) || names(result.Detail, name) {
		return result
	}
	f := findingOf("view-owner")
	if table.Owner.Raw() != "" {
		f.Reason = fmt.Sprintf("The view's owner, %s, may not read a table below it. A grant to this principal does not change that.", table.Owner)
	}
	result.Finding = &f
	return result
}

// names reports whether an error's text is about the table itself, in any of the ways in which SQL and REST write its name.
func names(text string, table connector.TableName) bool {
	plain := strings.NewReplacer("`", "", "'", "", "\"", "").Replace(text)
	return strings.Contains(strings.ToLower(plain), strings.ToLower(table.Full()))
}

// reads are the subject's reads, one for each table.
func (s *Subject) reads() []*Read {
	if len(s.Reads) != len(s.Tables) || slices.ContainsFunc(s.Reads, func(r Read) bool { return !slices.Contains(s.Tables, r.Name) }) {
		s.Reads = make([]Read, len(s.Tables))
	}
	s.Reads = slices.Clone(s.Reads) // stages that still run have the old ones
	reads := make([]*Read, len(s.Reads))
	for i := range s.Reads {
		s.Reads[i].Name = s.Tables[i]
		reads[i] = &s.Reads[i]
	}
	return reads
}

// selectNeeds are what reading takes, table by table only of those that gave an error: the others are granted already.
func (s *Subject) selectNeeds(found []connector.Table, errs []error) []grants.Need {
	var targets []grants.Target
	for i, name := range s.Tables {
		if errs[i] != nil {
			targets = append(targets, grants.Target{Name: name, Kind: found[i].Kind})
		}
	}
	onTables := grants.Read(s.Schema, s.Scope, targets)
	if s.Schema.Legacy() { // nothing showed before whether its USAGE is held
		return append(grants.Reach(s.Schema), onTables...)
	}
	return onTables
}

// each runs do for every index, a few at a time.
func each(n int, do func(int)) {
	slots := make(chan struct{}, parallelReads)
	var wait contain.Group
	for i := range n {
		slots <- struct{}{}
		wait.Go("asking for several", func() {
			defer func() { <-slots }()
			do(i)
		})
	}
	wait.Wait()
}
