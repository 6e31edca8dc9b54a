package partner

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// Sureness is how sure it is that a partner is connected. Databricks has no list of connections to ask, so nothing is more than inferred.
type Sureness string

// How sure it is: certain has everything that the document says of a connection, likely has its name and something that works, possible has one
// trace alone.
const (
	Certain  Sureness = "certain"
	Likely   Sureness = "likely"
	Possible Sureness = "possible"
)

// Connection is a partner that is taken to be connected here, with everything that speaks for it.
type Connection struct {
	Partner    Partner
	Known      bool // a partner of this name is known, and not only a name of the form
	Sure       Sureness
	Evidence   []string                // each a noun phrase; never none
	Against    []string                // what does not fit, each a sentence
	Principal  *admin.ServicePrincipal // nil where it is gone
	Gone       connector.ClientID      // the application ID of one that is gone, where it is known
	Tokens     []authorization.Token
	Secrets    []admin.SecretInfo
	Warehouses []admin.ComputeFact // that are its own
	Clusters   []admin.ComputeFact // that it made
	Apps       []account.App       // OAuth apps of the account that have its name
	Unseen     []string            // what of it was not looked at, each a noun phrase
}

// LookAlike is something that only reminds of a partner.
type LookAlike struct {
	What string // for example "service principal fivetran_user"
	Why  string // a sentence that says why it counts for none
}

// Traces are what a workspace shows of what partners leave.
type Traces struct {
	Principals []admin.ServicePrincipal
	Tokens     []authorization.Token
	Warehouses []admin.ComputeFact
	Clusters   []admin.ComputeFact
	Apps       []account.App                           // of the account; see LookAtAccount
	Secrets    map[connector.SCIMID][]admin.SecretInfo // of the principals with a name of the form
	Unseen     []string                                // each a noun phrase
}

// Inference is what a workspace's traces come to.
type Inference struct {
	Connections []Connection // the surest first
	LookAlikes  []LookAlike
	Unseen      []string

	// Deleted are service principals that this program is known to have deleted here. Who sets them has Of take such a one for gone, whatever else
	// there is of the partner.
	Deleted []admin.Target

	traces Traces
}
