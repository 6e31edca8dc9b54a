package check

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

const parallelReads = 4

func missing(needs []grants.Need, s *Subject, reason string) Finding {
	return Finding{
		Cause: MissingPermissions, Exit: ExitPermissions, Reason: reason,
		Remedy: Remedy{Text: "Have the owner run the GRANT below in a SQL editor.", Copy: s.grantTo(needs)},
	}
}

func catalogUse(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Schema.Catalog.IsZero() {
		return skipped("no catalog is chosen yet")
	}
	return held(ctx, s, grants.Reach(s.Schema)[0])
}

func schemaUse(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Schema.IsZero() {
		return skipped("no schema is chosen yet")
	}
	return held(ctx, s, grants.Reach(s.Schema)[1])
}

func owned(what string, owner connector.Remote) string {
	if owner.Raw() == "" {
		return what
	}
	return what + ", owner " + owner.String()
}

// refusedRead keeps the table's reason, and adds the GRANT to copy where the row's remedy points at one. Not every refusal has one: a
// grant does not bind a catalog to this workspace.
func refusedRead(err error, fallback Finding) Result {
	result := failure(err, fallback)
	if strings.Contains(result.Finding.Remedy.Text, "GRANT below") {
		result.Finding.Remedy.Copy = fallback.Remedy.Copy
	}
	return result
}

// metadata asks the catalog about each table. A table that the catalog hides may still be read through SQL in hive_metastore.
func metadata(ctx context.Context, s *Subject, _ func(string)) Result {
	if len(s.Tables) == 0 {
		return skipped("no table is chosen yet")
	}
	s.Reads = make([]Read, len(s.Tables))
	for i, name := range s.Tables {
		s.Reads[i].Name = name
	}
	if s.Schema.Legacy() {
		return skipped("hive_metastore is outside Unity Catalog; reading shows")
	}
	each(s.Reads, func(r *Read) {
		r.Table, r.Err = s.Workspace.Table(ctx, r.Name)
		r.Columns = r.Table.Columns
	})
	columns := 0
	for _, r := range s.Reads {
		if r.Err != nil {
			if errors.Is(r.Err, apierr.ErrNotFound) || errors.Is(r.Err, apierr.ErrPermissionDenied) {
				return refusedRead(r.Err, missing(s.selectNeeds(), s, fmt.Sprintf("The principal does not see %s.", r.Name)))
			}
			return failure(r.Err, unreachable)
		}
		columns += len(r.Columns)
	}
	return passed(fmt.Sprintf("%s, %s", count(len(s.Reads), "table"), count(columns, "column")))
}

// reading is the proof: rows of every chosen table, through the warehouse, as the connector.
func reading(ctx context.Context, s *Subject, _ func(string)) Result {
	if len(s.Tables) == 0 {
		return skipped("no table is chosen yet")
	}
	session, err := s.Session()
	if err != nil {
		return failure(err, warehouseAccess)
	}
	each(s.Reads, func(r *Read) {
		if r.Sample, r.Err = session.Preview(ctx, r.Name, s.Rows); r.Err == nil && len(r.Columns) == 0 {
			r.Columns = r.Sample.Columns
		}
	})
	rows := 0
	for _, r := range s.Reads {
		if r.Err != nil {
			result := refusedRead(r.Err, missing(s.selectNeeds(), s, fmt.Sprintf("%s could not be read.", r.Name)))
			result.Evidence = r.Name.Table.String() + ": " + result.Evidence
			return result
		}
		rows += len(r.Sample.Rows)
	}
	return passed(fmt.Sprintf("read %s, %s", count(len(s.Reads), "table"), count(rows, "row")))
}

func (s *Subject) selectNeeds() []grants.Need {
	targets := make([]grants.Target, len(s.Reads))
	for i, r := range s.Reads {
		targets[i] = grants.Target{Name: r.Name, Kind: r.Table.Kind}
	}
	read := grants.Read(s.Schema, s.Scope, targets)
	if s.Schema.Legacy() { // nothing showed before whether its USAGE is held
		return append(grants.Reach(s.Schema), read...)
	}
	return read
}

// each runs do for every table, a few at a time.
func each(reads []Read, do func(*Read)) {
	slots := make(chan struct{}, parallelReads)
	var wait sync.WaitGroup
	for i := range reads {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			do(&reads[i])
		})
	}
	wait.Wait()
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
