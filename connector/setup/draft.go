package setup

import (
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// Source says where an answer came from, in words that stand beside it on Review.
type Source string

// The sources of an answer.
const (
	FromYou       Source = "typed by you"
	FromList      Source = "chosen by you"
	FromFlag      Source = "from the command line"
	FromDemo      Source = "from the demo"
	FromSuggested Source = "suggested"
	FromFile      Source = "from the answers file"
	FromSaved     Source = "as saved"
	FromAdmin     Source = "made as admin"
)

// Index is the position of a step in the wizard.
type Index int

// The five documented steps, in their order.
const (
	Connect Index = iota
	Warehouse
	Namespace
	Access
	Review
)

var stepWords = [...]string{"Connect", "Warehouse", "Catalog", "Access", "Review"}

// String is the step's word in the rail.
func (i Index) String() string { return stepWords[i] }

// Draft holds the answers of a set-up while it is made. Every change goes through a Set method, which validates and normalises the
// answer and clears those that depended on the old one; it returns what was cleared, in words. A Draft belongs to one goroutine.
type Draft struct {
	allow  connector.AllowList
	ca     []byte
	caPath string // where ca was read from

	hostText      string
	host          connector.Host
	hostErr       error          // why hostText is no host
	lastHost      connector.Host // the last good one, which the answers after it belong to
	confirmed     connector.Host // the one that a secret was sent to before the set-up was interrupted, or opened for a change
	method        connector.AuthMethod
	clientID      connector.ClientID
	idText        string
	secret        connector.Secret
	secretExpires time.Time      // zero: not known
	secretOf      connector.Host // the host that a saved secret was given for, zero for one that was just given

	principal connector.Principal
	connected []check.Result // the passed test of exactly these values, or nil

	warehouse connector.Warehouse
	schema    connector.SchemaName
	reach     bool
	scope     connector.Scope
	tables    []connector.TableName
	reads     map[connector.TableName]check.Read
	readAt    time.Time
	held      []check.Result // what Access found, the read-only stage among it

	name     string
	nameText string // as it is being typed
	edits    string // the ID of the saved connection that this changes, empty for a new one
	sources  map[string]Source
}

// NewDraft starts an empty draft. allow comes from --allow-host.
func NewDraft(allow connector.AllowList) *Draft {
	d := &Draft{
		allow: allow, method: connector.OAuth, scope: connector.ScopeSchema,
		reads: map[connector.TableName]check.Read{}, sources: map[string]Source{},
	}
	_, _, d.hostErr = d.ParseHost("")
	return d
}

// SetCA has certificate authorities trusted as well: PEM, and the file that it came from for the command that goes on with the same answers.
func (d *Draft) SetCA(pem []byte, path string) { d.ca, d.caPath = pem, path }

// Host is the parsed host, zero while what was typed does not parse; HostText is what was typed.
func (d *Draft) Host() connector.Host { return d.host }

// HostText is the host as typed.
func (d *Draft) HostText() string { return d.hostText }

// SetHost takes the host in any form that ParseHost accepts, and returns the notes of what was left out. A host that differs from the
// last good one clears everything that was learnt from the old workspace. The error is a *connector.Error of kind ErrInput.
func (d *Draft) SetHost(text string, from Source) (notes, cleared []string, err error) {
	d.hostText = text
	host, notes, err := d.ParseHost(text)
	d.host, d.hostErr = host, err
	if err != nil {
		return notes, nil, err
	}
	return notes, d.takeHost(host, from), nil
}

// takeHost takes a host that was parsed, and clears what was learnt from another workspace.
func (d *Draft) takeHost(host connector.Host, from Source) (cleared []string) {
	d.host, d.hostErr = host, nil
	if host == d.lastHost {
		return nil
	}
	cleared = d.forget(Warehouse, true)
	if !d.secretOf.IsZero() && d.secretOf != d.host {
		d.secret, d.secretOf = connector.Secret{}, connector.Host{}
		cleared = append(cleared, "the saved secret")
	}
	d.lastHost, d.sources["host"] = d.host, from
	return cleared
}

// Confirmed reports whether a secret was sent to this host before the set-up was interrupted or opened for a change.
func (d *Draft) Confirmed() bool { return !d.confirmed.IsZero() && d.confirmed == d.host }

// ParseHost reads a host under the rules of this set-up, without taking it. Its results are those of connector.ParseHost.
func (d *Draft) ParseHost(text string) (connector.Host, []string, error) {
	return connector.ParseHost(text, d.allow)
}

// HostProblem says why what was typed is no host, or is nil.
func (d *Draft) HostProblem() error { return d.hostErr }

// MustConfirm reports whether the host is to be typed a second time before a secret is sent there: nobody vouches for one that was allowed
// by name.
func (d *Draft) MustConfirm() bool { return d.host.ByAllowList() && !d.Confirmed() }

// ConfirmHost takes the host that was typed a second time, in any form that SetHost takes. The error is a *connector.Error of kind ErrInput.
func (d *Draft) ConfirmHost(text string) error {
	typed, _, err := d.ParseHost(text)
	if err != nil || typed.Addr() != d.host.Addr() {
		return incomplete("The two hosts differ.", "Type "+TypedHost(d.host)+" once more to confirm that a secret may be sent there.")
	}
	d.confirmed = d.host
	return nil
}

// Method is how the connection signs in.
func (d *Draft) Method() connector.AuthMethod { return d.method }

// SetMethod chooses between an OAuth secret and a personal access token. What was pasted for the one is not tried as the other.
func (d *Draft) SetMethod(m connector.AuthMethod) (cleared []string) {
	if m == d.method {
		return nil
	}
	d.method, d.secret = m, connector.Secret{}
	return d.forget(Connect, false)
}

// ClientID is the application ID, empty while what was typed is none.
func (d *Draft) ClientID() connector.ClientID { return d.clientID }

// ClientIDText is the client ID as typed.
func (d *Draft) ClientIDText() string { return d.idText }

// SetClientID takes the application ID. The error is a *connector.Error of kind ErrInput.
func (d *Draft) SetClientID(text string, from Source) (cleared []string, err error) {
	d.idText = text
	id, err := connector.ParseClientID(text)
	if err != nil {
		id = ""
	}
	if id == d.clientID {
		return nil, err
	}
	d.clientID, d.sources["client"] = id, from
	return d.forget(Connect, false), err
}

// Secret is the OAuth secret or token, zero when none was given.
func (d *Draft) Secret() connector.Secret { return d.secret }

// SetSecret takes the secret. Giving the same one again changes nothing.
func (d *Draft) SetSecret(s connector.Secret) (cleared []string) {
	if s.Equal(d.secret) {
		return nil
	}
	reach := d.reach && d.method == connector.OAuth // another secret of the same principal changes no privilege
	d.secret, d.secretOf, d.secretExpires = s, connector.Host{}, time.Time{}
	cleared = d.forget(Connect, false)
	d.reach = reach
	return cleared
}

// SecretProblem says why the secret cannot be right, or is nil. It knows the prefixes that Databricks gives its secrets.
func (d *Draft) SecretProblem() error {
	switch {
	case d.secret.IsZero() && d.method == connector.PAT:
		return &connector.Error{Kind: connector.ErrInput, What: "The token is empty.", Remedy: "Paste the personal access token; it starts with dapi."}
	case d.secret.IsZero():
		return &connector.Error{Kind: connector.ErrInput, What: "The OAuth secret is empty.", Remedy: "Paste the secret from Service principals › your principal › Secrets."}
	case d.method == connector.OAuth && d.secret.HasPrefix("dapi"):
		return &connector.Error{Kind: connector.ErrInput, What: "This looks like a personal access token (dapi…).", Remedy: "ctrl+t signs in with a token."}
	case d.method == connector.PAT && d.secret.HasPrefix("dose"):
		return &connector.Error{Kind: connector.ErrInput, What: "This looks like an OAuth secret (dose…).", Remedy: "ctrl+t signs in with an OAuth secret."}
	}
	return nil
}

// Credentials are what the draft signs in with.
func (d *Draft) Credentials() connector.Credentials {
	id := d.clientID
	if d.method == connector.PAT {
		id = ""
	}
	return connector.Credentials{Method: d.method, ClientID: id, Secret: d.secret}
}

// Principal is who the tested values signed in.
func (d *Draft) Principal() connector.Principal { return d.principal }

// SetConnected keeps the results of a test of the present values. Only a ladder without a failure completes the step.
func (d *Draft) SetConnected(results []check.Result, who connector.Principal) {
	if check.Failure(results) == nil {
		d.connected, d.principal = results, who
	}
}

// Connected reports whether the present values passed the connection test.
func (d *Draft) Connected() bool { return d.connected != nil }

// Warehouse is the chosen SQL warehouse, zero before one is chosen.
func (d *Draft) Warehouse() connector.Warehouse { return d.warehouse }

// SetWarehouse chooses a SQL warehouse. Tables were read through the old one, so those reads no longer count.
func (d *Draft) SetWarehouse(w connector.Warehouse, from Source) (cleared []string) {
	same := w.ID == d.warehouse.ID
	d.warehouse = w
	if same {
		return nil
	}
	d.sources["warehouse"] = from
	return d.forgetReads()
}

// Schema is the chosen schema; Catalog alone may be set while the schema is still open.
func (d *Draft) Schema() connector.SchemaName { return d.schema }

// SetSchema chooses catalog and schema, the latter possibly still empty. Tables of another schema are cleared.
func (d *Draft) SetSchema(name connector.SchemaName, from Source) (cleared []string) {
	if name == d.schema {
		return nil
	}
	connector.Known().NoteFull(name.Full())
	cleared = d.forget(Access, true)
	d.schema, d.reach, d.sources["schema"] = name, false, from
	return cleared
}

// SetReach records whether USE CATALOG and USE SCHEMA were seen to hold on the chosen schema.
func (d *Draft) SetReach(holds bool) { d.reach = holds }

// Scope is what SELECT is granted on.
func (d *Draft) Scope() connector.Scope { return d.scope }

// SetScope chooses it. The chosen tables and their reads stay: what was read was read.
func (d *Draft) SetScope(s connector.Scope) { d.scope = s }

// Tables are the chosen tables in the order in which they were chosen.
func (d *Draft) Tables() []connector.TableName { return slices.Clone(d.tables) }

// ToggleTable chooses a table or takes it back, and reports whether it is now chosen.
func (d *Draft) ToggleTable(name connector.TableName, from Source) bool {
	d.held = nil
	if at := slices.Index(d.tables, name); at >= 0 {
		d.tables = slices.Delete(d.tables, at, at+1)
		return false
	}
	d.tables = append(d.tables, name)
	d.sources["tables"] = from
	return true
}

// Chosen reports whether a table is chosen.
func (d *Draft) Chosen(name connector.TableName) bool { return slices.Contains(d.tables, name) }

// TakeReads keeps what a walk that read the chosen tables has found. Only a stage that ended by itself tells anything of a table: what a
// fault of the program, or a missing answer before it, ended is no read.
func (d *Draft) TakeReads(results []check.Result, reads []check.Read, at time.Time) {
	d.held = results
	if !check.TablesTried(results) {
		return
	}
	for _, r := range reads {
		d.reads[r.Name], d.readAt = r, at
	}
}

// Read is what reading a table found, and false when it was not read yet.
func (d *Draft) Read(name connector.TableName) (check.Read, bool) {
	r, ok := d.reads[name]
	return r, ok
}

// Name is the connection's name.
func (d *Draft) Name() string { return d.name }

// SetName names the connection. The error is a *connector.Error of kind ErrInput.
func (d *Draft) SetName(text string, from Source) error {
	name, err := connector.ParseConnectionName(text)
	if err != nil {
		return err
	}
	d.name, d.sources["name"] = name, from
	return nil
}

// TypeName notes the name as it is being typed, which need not be one yet. KeepNow and saving take it where it is.
func (d *Draft) TypeName(text string) { d.nameText = text }

// takeTypedName takes the name that was typed last, where it can be one.
func (d *Draft) takeTypedName() error {
	if d.nameText == "" || d.nameText == d.name {
		return nil
	}
	return d.SetName(d.nameText, FromYou)
}

// SourceOf says where the answer with this key came from: host, client, warehouse, schema, tables, name.
func (d *Draft) SourceOf(key string) Source { return d.sources[key] }

// forget clears the answers from a step on. Everything after Connect needs a new test; the choices themselves go only when they belong
// to another workspace or schema (drop).
func (d *Draft) forget(from Index, drop bool) (cleared []string) {
	if from <= Warehouse && d.connected != nil {
		d.connected, d.principal = nil, connector.Principal{}
		cleared = append(cleared, "the connection test")
	}
	if drop && from <= Warehouse && d.warehouse.ID != "" {
		d.warehouse = connector.Warehouse{}
		cleared = append(cleared, "the SQL warehouse")
	}
	if drop && from <= Namespace && !d.schema.Catalog.IsZero() {
		d.schema = connector.SchemaName{}
		cleared = append(cleared, "the catalog and schema")
	}
	if from <= Warehouse {
		d.reach = false
	}
	if drop && from <= Access && len(d.tables) > 0 {
		d.tables = nil
		cleared = append(cleared, "the tables")
	}
	return append(cleared, d.forgetReads()...)
}
