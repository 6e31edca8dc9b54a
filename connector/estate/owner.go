package estate

import (
	"encoding/json"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Owner is whose a token or a secret is.
type Owner struct {
	Kind connector.Kind
	Name string // empty where nobody is known to own a row
}

// String is the name as it may be shown now.
func (o Owner) String() string {
	if o.Name == "" {
		return ""
	}
	return connector.Shown(o.Kind, connector.FromRemote(o.Name).String())
}

// Owners finds whose the tokens and secrets of a run are: their rows have an ID for it. Each ID is looked up once.
type Owners struct {
	run   *store.Run
	known map[string]Owner
}

// OwnersIn are those of a run.
func OwnersIn(run *store.Run) *Owners { return &Owners{run, map[string]Owner{}} }

// Of is who owns a row. Rows of kinds that go by a name of their own have nobody here.
func (o *Owners) Of(row store.Row) (Owner, error) {
	switch row.Kind {
	case "oauth-secrets":
		return o.called(row.Parent, Owner{connector.KindSP, row.Parent})
	case "tokens":
		var t struct {
			Owner int64  `json:"owner_id"`
			Maker int64  `json:"created_by_id"`
			Name  string `json:"created_by_username"`
		}
		if json.Unmarshal([]byte(row.Body), &t) != nil || t.Owner == 0 {
			return Owner{}, nil
		}
		other := Owner{connector.KindName, fmt.Sprint(t.Owner)}
		if t.Maker == t.Owner && t.Name != "" { // whoever made a token for somebody else is not its owner
			other = Owner{connector.KindUser, t.Name}
		}
		return o.called(fmt.Sprint(t.Owner), other)
	}
	return Owner{}, nil
}

// called is the principal with an ID, or else another name for it.
func (o *Owners) called(id string, other Owner) (Owner, error) {
	if found, known := o.known[id]; known {
		return found, nil
	}
	found := other
	for _, of := range []struct {
		rows string
		kind connector.Kind
	}{
		{"users", connector.KindUser}, {"workspace-users", connector.KindUser}, {"service-principals", connector.KindSP}, {"workspace-service-principals", connector.KindSP},
	} {
		row, known, err := o.run.Row(of.rows, id)
		if err != nil {
			return Owner{}, err //nolint:wrapcheck // the store's errors have words
		}
		if known && row.Name != "" {
			found = Owner{of.kind, row.Name}
			break
		}
	}
	o.known[id] = found
	return found, nil
}
