package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/password"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Scenario is a workspace in a certain condition, as data: what the connector was granted, which warehouses there are, what goes wrong,
// what stands between it and the connector, and how the check ladder ends on it.
type Scenario struct {
	ID    string // what a person types to choose it
	Title string // a few words
	Story string // one or two sentences: what a person will meet
	Want  Want   // how the ladder ends with the preset; the zero Want passes

	Host    string   // prefilled in place of HostName; no other name resolves
	SignIn  SignIn   // what the connection form is prefilled with
	Preset  Preset   // the choices of a saved connection, for a run of the ladder without the wizard
	Between Obstacle // what stands on the way to the workspace

	Standing   Standing            // of the connector in the workspace
	Grants     []Grant             // to the connector, on the catalogs that every scenario has
	Through    string              // the group that the grants are made to, instead of to the connector itself
	Owned      []string            // tables of inventory.assets that the connector owns
	Refusals   map[string]string   // by a table's name in inventory.assets: why a read fails although the privileges are held
	Warehouses []compute.Warehouse // nil: the usual ones
	Settings   map[string]string   // keys of the workspace configuration
	Tables     int                 // when not 0, there is a catalog with so many generated tables, open to the connector
	Generated  bool                // there is a catalog of tables with versions, open to the connector
	Estate     estate.Size         // so much of everything is there; the zero Size leaves the usual
	Crowd      int                 // so many more warehouses, catalogs, and schemas of inventory than usual
	Paced      bool                // who asks faster than documented is answered 429
	Skew       time.Duration       // how far the workspace's clock is ahead of this machine's
	Passwords  password.State
	Faults     []rest.Fault
}

// Want is how the ladder ends, in the words and codes of connector/check: the one stage that fails, the cause and the row of the causes
// table that it is told by, and the exit code of the test.
type Want struct {
	Stage   string
	Cause   string
	Pattern string
	Exit    int
}

// Passes reports whether no stage fails.
func (w Want) Passes() bool { return w == Want{} }

// The causes, by their documented names. They are those of connector/check, which stands above this package.
const (
	authentication = "Authentication failed"
	warehouse      = "Cannot access the SQL warehouse"
	permissions    = "Missing Unity Catalog permissions"
	notRunning     = "Warehouse is stopped or starting"
	unreachable    = "Could not reach the workspace"
	tooBroad       = "Access is broader than read-only"
)

// SignIn is what the connection form is prefilled with. The zero value is the connector's own client ID and OAuth secret.
type SignIn struct {
	Token     bool   // a personal access token instead of a client ID and a secret
	ClientID  string // in place of the connector's own
	Condition Condition
}

// Condition is what is the matter with a secret or a token.
type Condition uint8

// The conditions. A token that is NotAllowed is good, and its owner may not use tokens.
const (
	Good Condition = iota
	Revoked
	Expired
	Expiring // in three days
	FromEntra
	NotAllowed
)

// Preset is what a person who walks the scenario chooses. The zero value takes the first warehouse that the connector may use, and two
// tables of inventory.assets.
type Preset struct {
	Warehouse string   // id
	Tables    []string // dotted names, all of one schema
	ByTable   bool     // SELECT is granted on the tables alone
	Start     bool     // the warehouse is started when it is stopped
}

// Standing is what differs from usual about the connector's place in the workspace.
type Standing struct {
	Deleted      bool
	Unassigned   bool // it is in the account, and was not added to this workspace
	Entitlements []string
	MemberOf     []string
}

// Grant is privileges on one object.
type Grant struct {
	On         unity.Securable
	Privileges []unity.Privilege
}

// Find gives the scenario with this id. The error for an unknown one names those that are like it, or says how many there are.
func Find(id string) (Scenario, error) {
	for _, s := range []Scenario{syncScenario, estateScenario, estateLargeScenario, passwordsScenario, unifiedScenario} {
		if s.ID == id {
			return s, nil
		}
	}
	all := Scenarios()
	ids := make([]string, len(all))
	for i, s := range all {
		if s.ID == id {
			return s, nil
		}
		ids[i] = s.ID
	}
	near := connector.Nearest(id, ids, 5)
	if len(near) == 0 {
		return Scenario{}, fmt.Errorf("there is no scenario %q; there are %d", id, len(ids))
	}
	return Scenario{}, fmt.Errorf("there is no scenario %q; there is %s", id, strings.Join(near, ", "))
}
