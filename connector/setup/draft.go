package setup

import (
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/trust"
)

// Source says where an answer came from, in words that stand beside it on Review.
type Source string

// The sources of an answer.
const (
	FromYou       Source = "typed by you"
	FromList      Source = "chosen by you"
	FromTrust     Source = "trusted by you"
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
	allow       connector.AllowList
	unasked     bool // nobody can be asked to type a foreign host a second time
	authorities trust.Chosen

	hostText      string
	host          connector.Host
	hostErr       error          // why hostText is no host
	foreign       connector.Host // what hostText would be once it was typed a second time
	foreignFrom   Source
	lastHost      connector.Host // the last good one, which the answers after it belong to
	confirmed     connector.Host // the one that was typed a second time, or that a secret was sent to before
	method        connector.AuthMethod
	clientID      connector.ClientID
	idText        string
	idErr         error // why idText is none
	secret        connector.Secret
	secretGiven   connector.Secret                // as it was typed, pasted or read
	secretErr     error                           // why that is none
	strays        map[lint.Field]connector.Secret // what stands in a place for something else
	secretExpires time.Time                       // zero: not known
	secretOf      connector.Host                  // the host that a saved secret was given for, zero for one that was just given

	principal connector.Principal
	connected []check.Result // the passed test of exactly these values, or nil

	warehouse connector.Warehouse
	wanted    connector.WarehouseGiven // by an answers file, before the workspace was asked
	schema    connector.SchemaName
	reach     bool
	scope     connector.Scope
	tables    []connector.TableName
	reads     map[connector.TableName]check.Read
	readAt    time.Time
	held      []check.Result        // what Access found, the read-only stage among it
	heldOf    []connector.TableName // the tables that were chosen then

	name     string
	nameText string // as it is being typed
	edits    string // the ID of the saved connection that this changes, empty for a new one
	sources  map[string]Source
}

// NewDraft starts an empty draft. allow comes from --allow-host.
func NewDraft(allow connector.AllowList) *Draft {
	d := &Draft{
		allow: allow, method: connector.OAuth, scope: connector.ScopeSchema,
		reads: map[connector.TableName]check.Read{}, sources: map[string]Source{}, strays: map[lint.Field]connector.Secret{},
	}
	_, _, d.hostErr = d.parseHost("")
	_, d.idErr = connector.ParseClientID("")
	return d
}

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

// Wanted is how an answers file names the SQL warehouse, zero in a set-up that lets a person choose.
func (d *Draft) Wanted() connector.WarehouseGiven { return d.wanted }

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
	if at := slices.Index(d.tables, name); at >= 0 {
		d.tables = slices.Delete(d.tables, at, at+1)
		return false
	}
	d.tables = append(d.tables, name)
	d.sources["tables"] = from
	return true
}

// ChooseTables chooses tables, or takes them back; those that are so already stay as they are.
func (d *Draft) ChooseTables(names []connector.TableName, on bool, from Source) {
	among := make(map[connector.TableName]bool, len(names))
	for _, name := range names {
		among[name] = true
	}
	if !on {
		d.tables = slices.DeleteFunc(d.tables, func(name connector.TableName) bool { return among[name] })
		return
	}
	for _, name := range d.tables {
		delete(among, name)
	}
	for _, name := range names {
		if among[name] {
			delete(among, name)
			d.tables = append(d.tables, name)
			d.sources["tables"] = from
		}
	}
}

// Chosen reports whether a table is chosen.
func (d *Draft) Chosen(name connector.TableName) bool { return slices.Contains(d.tables, name) }

// TakeReads keeps what a walk that read the chosen tables has found. Only a stage that ended by itself tells anything of a table: what a
// fault of the program, or a missing answer before it, ended is no read.
func (d *Draft) TakeReads(results []check.Result, reads []check.Read, at time.Time) {
	d.held, d.heldOf = results, slices.Clone(d.tables)
	if !check.TablesTried(results) {
		return
	}
	for _, r := range reads {
		d.reads[r.Name], d.readAt = r, at
	}
}

// seen is what Access found of the present choice: nothing where a table was added since, or where one that stood in the way was taken back.
func (d *Draft) seen() []check.Result {
	for _, name := range d.tables {
		if !slices.Contains(d.heldOf, name) {
			return nil
		}
	}
	if len(d.tables) == 0 || len(d.tables) < len(d.heldOf) && check.Blocking(d.held) != nil {
		return nil
	}
	return d.held
}

// Read is what reading a table found, and false when it was not read yet.
func (d *Draft) Read(name connector.TableName) (check.Read, bool) {
	r, ok := d.reads[name]
	return r, ok
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

// forgetReads drops what was read of the chosen tables.
func (d *Draft) forgetReads() (cleared []string) {
	if len(d.reads) > 0 && len(d.tables) > 0 {
		cleared = []string{"the reads of your tables"}
	}
	clear(d.reads)
	d.held = nil
	return cleared
}
