package check

import (
	"context"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/query"
)

// warehouseUse proves CAN_USE where that is possible without starting anything, by opening a session: the principal cannot read the
// warehouse's permissions.
func warehouseUse(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.refusal != nil {
		return failure(s.refusal, StageCanUse)
	}
	if s.Warehouse.ID == "" {
		return skipped("no SQL warehouse is chosen yet")
	}
	if now, err := s.warehouse(ctx); err == nil && !isRunning(now) {
		return unknown("shows once the warehouse runs")
	}
	if err := s.connect(ctx); err != nil {
		if coldStart(err) {
			return unknown("shows once the warehouse is ready")
		}
		return failure(err, StageCanUse)
	}
	return passed("CAN_USE holds: the warehouse opened a session")
}

func answersSQL(ctx context.Context, s *Subject, note func(string)) Result {
	if s.Warehouse.ID == "" {
		return skipped("no SQL warehouse is chosen yet")
	}
	session, err := s.Session()
	if err != nil {
		return failure(err, StageSQL)
	}
	var who query.Who
	err = untilReady(ctx, note, func() (err error) {
		who, err = session.Ping(ctx)
		return err
	})
	if err != nil {
		return failure(err, StageSQL)
	}
	if want := s.Principal.Name.Raw(); want != "" && !strings.EqualFold(who.User.Raw(), want) {
		return failed(findingOf("other-sql-user"), "current_user() is "+who.User.String())
	}
	return passed("SELECT 1 answered")
}

// coldStart reports the refusals of a warehouse that runs by its own account and is not ready yet. They are the only ones that are worth
// asking again for.
func coldStart(err error) bool { return judged(err, "").Pattern == "session-not-ready" }

// untilReady asks again while the warehouse is not ready, for as long as ctx lasts. The last refusal is the error then.
func untilReady(ctx context.Context, note func(string), ask func() error) error {
	for {
		err := ask()
		if err == nil || !coldStart(err) {
			return err
		}
		note("the warehouse runs, and is not ready yet")
		if pause(ctx, pollEvery) != nil {
			return err
		}
	}
}
