package setup

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/trust"
)

// keptVersion counts the formats of kept answers.
const keptVersion = 1

// kept is the answers of a draft as they lie in a sealed draft. It has no place for the secret, and only what was understood: half a host
// or a client ID that is none could be a secret in the wrong field.
type kept struct {
	Version   int                `json:"version"`
	Allow     []string           `json:"allow,omitempty"`
	CA        []byte             `json:"ca,omitempty"`
	CAPath    string             `json:"ca_path,omitempty"`
	Trusted   []byte             `json:"trusted,omitempty"` // for the host alone
	Host      string             `json:"host,omitempty"`
	Confirmed bool               `json:"confirmed,omitempty"` // the host was typed twice, or a secret was sent to it before
	Method    string             `json:"method"`
	ClientID  connector.ClientID `json:"client_id,omitempty"`
	Warehouse keptWarehouse      `json:"warehouse"`
	Catalog   string             `json:"catalog,omitempty"`
	Schema    string             `json:"schema,omitempty"`
	Reach     bool               `json:"reach,omitempty"`
	Scope     string             `json:"scope"`
	Tables    []string           `json:"tables,omitempty"`
	Name      string             `json:"name,omitempty"`
	Sources   map[string]Source  `json:"sources,omitempty"`
	Edits     string             `json:"edits,omitempty"` // the ID of the saved connection that is being changed
}

type keptWarehouse struct {
	ID       connector.WarehouseID `json:"id,omitempty"`
	Name     string                `json:"name,omitempty"`
	Type     string                `json:"type,omitempty"`
	HTTPPath string                `json:"http_path,omitempty"`
}

// Keep is the answers of the draft as bytes for vault.Draft.Answers, from which RestoreDraft makes the draft again. Everything that a
// person answered is in it but the secret; what was proven is not, because it is proven anew.
func (d *Draft) Keep() ([]byte, error) {
	content, err := json.Marshal(d.kept())
	if err != nil {
		return nil, fmt.Errorf("encode the answers: %w", err)
	}
	return content, nil
}

// choices are what was chosen, as text to compare: not where it came from, nor how much of it is proven.
func (d *Draft) choices() string {
	k := d.kept()
	k.Sources, k.Reach, k.Confirmed = nil, false, false
	content, err := json.Marshal(k)
	if err != nil {
		return ""
	}
	return string(content)
}

func (d *Draft) kept() kept {
	k := kept{
		Version: keptVersion, Allow: d.allow, CA: d.authorities.Given.PEM(), CAPath: d.authorities.Path, Trusted: d.authorities.Here().PEM(), Confirmed: d.Connected() || d.Confirmed(),
		Method: string(d.method), ClientID: d.clientID,
		Warehouse: keptWarehouse{ID: d.warehouse.ID, Name: d.warehouse.Name.Raw(), Type: string(d.warehouse.Type), HTTPPath: d.warehouse.HTTPPath},
		Catalog:   d.schema.Catalog.Raw(), Schema: d.schema.Schema.Raw(), Reach: d.reach,
		Scope: string(d.scope), Name: d.name, Sources: maps.Clone(d.sources), Edits: d.edits,
	}
	if !d.host.IsZero() {
		k.Host = d.host.Addr()
		if id := d.host.WorkspaceID(); id != "" {
			k.Host += "?o=" + string(id)
		}
	}
	for _, t := range d.tables {
		k.Tables = append(k.Tables, t.Table.Raw())
	}
	return k
}

// RestoreDraft makes a draft of what Keep wrote. The secret is missing, and nothing is proven yet. It returns a *connector.Error of kind ErrInput for
// answers of a newer release or such as Keep does not write.
func RestoreDraft(content []byte) (*Draft, error) {
	var k kept
	if err := json.Unmarshal(content, &k); err != nil || k.Version < 1 {
		return nil, &connector.Error{Kind: connector.ErrInput, What: "The kept answers cannot be read.", Remedy: "Start anew with draftt-databricks setup --fresh."}
	}
	if k.Version > keptVersion {
		return nil, &connector.Error{Kind: connector.ErrInput, What: "The answers were kept by a newer release.", Remedy: "Update draftt-databricks to go on with them."}
	}
	d := NewDraft(k.Allow)
	d.authorities.Given, d.authorities.Path, d.edits = trust.NewSet(k.CA), k.CAPath, k.Edits
	if err := d.restoreConnect(k); err != nil {
		return nil, err
	}
	if err := d.restoreChoices(k); err != nil {
		return nil, err
	}
	maps.Copy(d.sources, k.Sources)
	return d, nil
}

func (d *Draft) restoreConnect(k kept) error {
	if k.Host != "" {
		if _, _, err := d.SetHost(k.Host, FromYou); err != nil {
			return err
		}
		d.hostText = d.host.Typed()
		if k.Confirmed {
			d.confirmed = d.host
		}
		if d.authorities.For(d.host, k.Trusted); len(k.Trusted) > 0 {
			d.sources[sourceHere] = FromTrust // an older release kept one source for both
		}
	}
	if k.Method == string(connector.PAT) {
		d.SetMethod(connector.PAT)
	}
	if k.ClientID == "" {
		return nil
	}
	_, err := d.SetClientID(string(k.ClientID), FromYou)
	return err
}

// restoreChoices takes the answers of the steps after the first. Names are taken as the catalog gave them.
func (d *Draft) restoreChoices(k kept) error {
	if w := k.Warehouse; w.ID != "" {
		d.SetWarehouse(connector.Warehouse{ID: w.ID, Name: connector.Known().Remote(connector.KindWarehouse, w.Name), Type: connector.WarehouseType(w.Type), HTTPPath: w.HTTPPath}, FromYou)
	}
	if k.Scope == string(connector.ScopeTables) {
		d.SetScope(connector.ScopeTables)
	}
	if k.Name != "" {
		if err := d.SetName(k.Name, FromYou); err != nil {
			return err
		}
	}
	if k.Catalog == "" {
		return nil
	}
	var schema connector.SchemaName
	var err error
	if schema.Catalog, err = connector.RemoteIdent(connector.Known().Remote(connector.KindCatalog, k.Catalog)); err != nil {
		return err
	}
	if k.Schema != "" {
		if schema.Schema, err = connector.RemoteIdent(connector.Known().Remote(connector.KindSchema, k.Schema)); err != nil {
			return err
		}
	}
	d.SetSchema(schema, FromYou)
	d.SetReach(k.Reach)
	for _, name := range k.Tables {
		table, err := connector.RemoteIdent(connector.Known().Remote(connector.KindTable, name))
		if err != nil {
			return err
		}
		if t := schema.Table(table); !slices.Contains(d.tables, t) {
			d.ToggleTable(t, FromYou)
		}
	}
	return nil
}

// Connection is the draft as it is saved. It returns the first thing that is missing.
func (d *Draft) Connection(now time.Time) (connector.Connection, error) {
	if err := d.Check(Review); err != nil {
		return connector.Connection{}, err
	}
	return connector.Connection{
		Name: d.name, Host: d.host, Credentials: d.Credentials(), Principal: d.principal, CACerts: d.authorities.PEM(),
		Warehouse: d.warehouse.Ref(),
		Schema:    d.schema, Scope: d.scope, Tables: d.Tables(), SecretSetAt: now, SecretExpires: d.secretExpires,
		Proof: d.Proof(),
	}, nil
}

// DraftOf opens a saved connection for a change. Its secret goes along, and is dropped when the workspace host changes: it must not be
// sent to another one than it was given for.
func DraftOf(c connector.Connection) (*Draft, error) {
	d := NewDraft(c.Host.AllowList())
	d.authorities.For(c.Host, c.CACerts)
	d.sources[sourceHere] = FromSaved
	d.takeHost(c.Host, FromSaved)
	d.hostText = d.host.Typed()
	d.SetMethod(c.Credentials.Method)
	if c.Credentials.ClientID != "" {
		if _, err := d.SetClientID(string(c.Credentials.ClientID), FromSaved); err != nil {
			return nil, err
		}
	}
	d.SetSecret(c.Credentials.Secret)
	d.secretOf, d.confirmed, d.edits = d.host, d.host, c.ID
	w := c.Warehouse
	d.SetWarehouse(connector.Warehouse{ID: w.ID, Name: w.Name, Type: w.Type, HTTPPath: w.HTTPPath}, FromSaved)
	d.SetSchema(c.Schema, FromSaved)
	d.SetReach(true) // reading the tables proves it again
	d.SetScope(c.Scope)
	for _, t := range c.Tables {
		d.ToggleTable(t, FromSaved)
	}
	return d, d.SetName(c.Name, FromSaved)
}
