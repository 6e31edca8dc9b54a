package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/query/granting"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// hive_metastore has no permissions API: its privileges are read and given by SQL on a warehouse, through the statement API, so that a GRANT is
// one request like every other change.

const statementsPath = "/api/2.0/sql/statements"

// statementWait is how long the workspace waits before it says that a statement still runs, statementPause how long until it is asked again,
// and statementAsks how often: a warehouse that sleeps takes minutes to start.
const (
	statementWait  = "20s"
	statementPause = 5 * time.Second
	statementAsks  = 120
)

type statementRequest struct {
	Warehouse connector.WarehouseID `json:"warehouse_id"`
	Statement string                `json:"statement"`
	Wait      string                `json:"wait_timeout"`
	OnTimeout string                `json:"on_wait_timeout"`
}

type statementAnswer struct {
	ID     string `json:"statement_id"`
	Status struct {
		State string `json:"state"`
		Error struct {
			Code    string `json:"error_code"`
			Message string `json:"message"`
		} `json:"error"`
	} `json:"status"`
	Manifest struct {
		Truncated bool `json:"truncated"`
		Schema    struct {
			Columns []struct {
				Name string `json:"name"`
			} `json:"columns"`
		} `json:"schema"`
		Chunks int `json:"total_chunk_count"`
	} `json:"manifest"`
	Result struct {
		Rows [][]*string `json:"data_array"`
	} `json:"result"`
}

// ErrStatement is a statement that the warehouse refused.
var ErrStatement = errors.New("the warehouse refused a statement")

// ofPrivileges is what a session sends to a warehouse: one statement that gives or lists privileges.
var ofPrivileges = pattern.New("^(GRANT [A-Z_, ]+|SHOW GRANTS) ON (CATALOG|SCHEMA) `[^;]+$")

func statementOn(warehouse connector.WarehouseID, text string) (Request, error) {
	return withBody(http.MethodPost, statementsPath, statementRequest{warehouse, text, statementWait, "CONTINUE"})
}

// statement is the GRANT of a change in hive_metastore.
func (c Change) statement(t Target) (Request, error) {
	texts, err := granting.Statements(c.subject.needs, t.ApplicationID.Name())
	if err != nil {
		return Request{}, fmt.Errorf("%s: %w", c.Kind, err)
	}
	if len(texts) != 1 {
		return Request{}, fmt.Errorf("%s: the privileges of one step are on %d objects", c.Kind, len(texts))
	}
	return statementOn(c.subject.warehouse, texts[0])
}

// runStatement sends a statement and waits for its end.
func (s *Session) runStatement(ctx context.Context, r Request) (answer, error) {
	done, err := s.ended(ctx, r)
	return answer{RequestID: connector.CleanLine(done.ID, 64)}, err
}

func (s *Session) ended(ctx context.Context, r Request) (statementAnswer, error) {
	var got statementAnswer
	if err := s.send(ctx, r, &got); err != nil {
		return got, err
	}
	for asked := 0; got.Status.State == "PENDING" || got.Status.State == "RUNNING"; asked++ {
		if asked == statementAsks {
			return got, fmt.Errorf("%w: it did not end in time", ErrStatement)
		}
		if err := s.sleep(ctx, statementPause); err != nil {
			return got, err
		}
		id := got.ID
		got = statementAnswer{}
		if err := s.get(ctx, statementsPath+"/"+connector.PathSegment(id), nil, &got); err != nil {
			return got, err
		}
	}
	if got.Status.State != "SUCCEEDED" {
		connector.Known().NoteQuoted(got.Status.Error.Message)
		return got, fmt.Errorf("%w: %s", ErrStatement, connector.CleanLine(got.Status.Error.Message, 300))
	}
	return got, nil
}

// denied stands before the name of a privilege that somebody is denied.
const denied = "DENIED_"

// LegacyView is what everybody holds on a catalog or a schema of hive_metastore, as SHOW GRANTS lists it on a warehouse. What the workspace does
// not show is in the view as unseen; errors are those of the network.
func (s *Session) LegacyView(ctx context.Context, warehouse connector.WarehouseID, on grants.Object) (grants.View, error) {
	view := grants.View{Object: on, Sight: grants.Full}
	text, err := granting.Show(on)
	if err != nil {
		return view, fmt.Errorf("read privileges: %w", err)
	}
	r, err := statementOn(warehouse, text)
	if err != nil {
		return view, err
	}
	found, err := s.ended(ctx, r)
	switch {
	case errors.Is(err, ErrStatement) || grants.Refused(err):
		view.Sight, view.Unseen = grants.Hidden, "its grants were not listed: "+connector.Said(err, 160)
		return view, nil
	case err != nil:
		return view, err
	case found.Manifest.Truncated || found.Manifest.Chunks > 1:
		view.Unseen = "there are more grants than SHOW GRANTS gives at once"
	}
	view.Everybody = view.Unseen == ""
	if err := found.grants(&view); err != nil {
		return view, err
	}
	if view.Owner.Raw() == "" && view.Everybody {
		view.Owner = connector.FromRemote(noOwner)
	}
	return view, nil
}

// noOwner stands where SHOW GRANTS names no owner: objects of hive_metastore can be without one.
const noOwner = "(no owner)"

// grants reads the rows of SHOW GRANTS into a view: who, what, and on what object it was given.
func (a statementAnswer) grants(view *grants.View) error {
	column := map[string]int{}
	for i, c := range a.Manifest.Schema.Columns {
		column[strings.ToLower(c.Name)] = i
	}
	names := connector.Known()
	for _, row := range a.Result.Rows {
		cell := func(name string) string {
			at, known := column[name]
			if !known || at >= len(row) || row[at] == nil {
				return ""
			}
			return *row[at]
		}
		who, action := cell("principal"), strings.ToUpper(strings.ReplaceAll(cell("actiontype"), " ", "_"))
		if who == "" || action == "" {
			return fmt.Errorf("%w: SHOW GRANTS without a principal or an action", connector.ErrUnreadable)
		}
		principal := names.Remote(connector.PrincipalKind(who), who)
		if action == "OWN" {
			view.Owner = principal
			continue
		}
		action, isDenied := strings.CutPrefix(action, denied)
		g := connector.Grant{Principal: principal, Privilege: connector.Privilege(action)}
		if key := cell("objectkey"); !sameKey(key, view.Object) {
			g.InheritedFrom, g.InheritedType = connector.FromRemote(connector.HiveMetastore), connector.CatalogType
		}
		if isDenied {
			view.Denied = append(view.Denied, g)
			continue
		}
		view.Grants = append(view.Grants, g)
	}
	return nil
}

// sameKey reports whether SHOW GRANTS names an object itself, rather than the catalog above it.
func sameKey(key string, on grants.Object) bool {
	bare := strings.ToLower(strings.Trim(strings.ReplaceAll(key, "`", ""), " "))
	full := strings.ToLower(on.Full())
	return bare == full || bare == "" || on.Type == connector.SchemaType && full == connector.HiveMetastore+"."+bare || on.Type == connector.CatalogType
}
