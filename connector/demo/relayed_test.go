package demo_test

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
)

func TestTheDriverReadsWhatTheRelayMadeOfAStatement(t *testing.T) {
	w, _ := start(t, "ready")
	db := open(t, w, w.Connector(), starter)
	ask := func() (text string, err error) {
		err = db.QueryRowContext(t.Context(), "SELECT current_user()").Scan(&text)
		return text, err
	}
	if me, err := ask(); err != nil || me != demo.ConnectorID {
		t.Fatalf("without a rule: %q, %v", me, err)
	}
	w.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", SQLError: "[ODD] What nobody has seen. SQLSTATE: XX000", SQLState: "XX000", Times: 1}})
	if _, err := ask(); err == nil || !strings.Contains(err.Error(), "What nobody has seen") {
		t.Errorf("a statement that fails: %v", err)
	}
	if me, err := ask(); err != nil || me != demo.ConnectorID {
		t.Errorf("after it: %q, %v", me, err)
	}
	w.Play([]relay.Rule{{Path: "/sql/*", Holds: "CURRENT_USER", Replace: map[string]string{demo.ConnectorID: strings.Repeat("x", len(demo.ConnectorID))}}})
	if me, err := ask(); err != nil || me != strings.Repeat("x", len(demo.ConnectorID)) {
		t.Errorf("with a text replaced: %q, %v", me, err)
	}
	w.Play([]relay.Rule{{Path: "/sql/*", RPC: "ExecuteStatement", SQL: relay.NotThrift}})
	if _, err := ask(); err == nil || !strings.Contains(err.Error(), "Internal error processing ExecuteStatement") {
		t.Errorf("an exception: %v", err)
	}
	w.Play([]relay.Rule{{Path: "/sql/*", SQL: relay.NoColumns}})
	if _, err := ask(); err == nil {
		t.Error("rows without columns were read")
	}
}
