package findings

import (
	"errors"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
)

// ledger is one in which collectors found so many rows.
func ledger(state estate.State, rows map[string]int) (c estate.Coverage) {
	for id, n := range rows {
		c.Lines = append(c.Lines, estate.Collection{ID: id, Line: estate.Line{State: state, Rows: n}})
	}
	return c
}

func TestCountsAreHeldAgainstLimits(t *testing.T) {
	whole := ledger(estate.Done, map[string]int{"users": 9_000, "service-principals": 312, "groups": 496})
	for want, o := range map[string]Options{
		"9,312 of 10,000 users and service principals of the account, 496 of 5,000 groups of the account; limits as of " + LimitsRead + ".": {},
		"9,312 of 20,000 users and service principals of the account, 496 of 5,000 groups of the account; limits as of " + LimitsRead + ".": {Allowed: map[string]int{"principals": 20_000}},
	} {
		if got := SayGauges(Gauges(whole, o)); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
	part := ledger(estate.Partial, map[string]int{"users": 0, "workspace-users": 20, "workspace-service-principals": 3})
	if got := SayGauges(Gauges(part, Options{})); got != "At least 23 of 10,000 users and service principals of the account; limits as of "+LimitsRead+"." {
		t.Errorf("%q", got)
	}
}

func TestALimitOfAnAccountIsReadOrRefused(t *testing.T) {
	if got, err := ParseAllowed([]string{"principals=20000", "jobs=12000"}); err != nil || got["principals"] != 20_000 || got["jobs"] != 12_000 {
		t.Errorf("%v: %v", got, err)
	}
	for _, text := range []string{"", "principals", "principals=0", "principals=many", "people=5"} {
		if _, err := ParseAllowed([]string{text}); !errors.Is(err, connector.ErrInput) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
