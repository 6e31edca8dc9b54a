package vault

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
)

// recordVersion counts the formats of the sealed JSON. Any new field is a new version, because an older release would drop it on saving.
// Version 2 has the end of the secret, version 3 what the principal can change elsewhere, version 4 when everything was looked at, and by whom.
const recordVersion = 4

// record is the JSON inside the seal. It carries its own ID, so that a file put in another's place is recognised. It holds a secret in
// the clear: it lives only between sealing and a Connection, and is never kept or formatted.
type record struct {
	Version     int             `json:"version"`
	ID          string          `json:"id"`
	Name        string          `json:"name"`
	Host        hostRecord      `json:"host"`
	Credentials credentials     `json:"credentials"`
	Principal   principalRecord `json:"principal"`
	CACerts     []byte          `json:"ca_certs,omitempty"`
	Warehouse   warehouseRecord `json:"warehouse"`
	Schema      schemaRecord    `json:"schema"`
	Scope       string          `json:"scope"`
	Tables      []tableRecord   `json:"tables"`
	CreatedAt   time.Time       `json:"created_at"`
	SavedAt     time.Time       `json:"saved_at"`
	SecretSetAt time.Time       `json:"secret_set_at"`
	Expires     time.Time       `json:"secret_expires,omitzero"`
	Proof       proofRecord     `json:"proof"`
}

type hostRecord struct {
	Address     string                `json:"address"` // host:port
	WorkspaceID connector.WorkspaceID `json:"workspace_id"`
	Allowed     bool                  `json:"allowed"` // vouched for by name
}

type credentials struct {
	Method   string             `json:"method"`
	ClientID connector.ClientID `json:"client_id"`
	Secret   string             `json:"secret"`
}

type principalRecord struct {
	ID           connector.SCIMID `json:"id"`
	Name         string           `json:"name"`
	DisplayName  string           `json:"display_name"`
	Active       bool             `json:"active"`
	Entitlements []string         `json:"entitlements"`
	Groups       []string         `json:"groups"`
}

type warehouseRecord struct {
	ID       connector.WarehouseID `json:"id"`
	Name     string                `json:"name"`
	Type     string                `json:"type"`
	HTTPPath string                `json:"http_path"`
}

type schemaRecord struct {
	Catalog string `json:"catalog"`
	Schema  string `json:"schema"`
}

type tableRecord struct {
	schemaRecord
	Table string `json:"table"`
}

type proofRecord struct {
	At        time.Time `json:"at"`
	Passed    bool      `json:"passed"`
	Broader   bool      `json:"broader,omitempty"`
	Summary   string    `json:"summary"`
	ReadOnly  string    `json:"read_only"`
	Elsewhere string    `json:"elsewhere,omitempty"`
	SeenAt    time.Time `json:"seen_at,omitzero"`
	SeenBy    string    `json:"seen_by,omitempty"`
}

// encodeRecord writes a connection as JSON. It returns a *connector.Error of kind ErrInput for a secret that JSON cannot hold exactly.
func encodeRecord(c connector.Connection) ([]byte, error) {
	secret := c.Credentials.Secret.Reveal()
	if !utf8.Valid(secret) {
		return nil, &connector.Error{Kind: connector.ErrInput, What: "The secret has characters that no Databricks secret has.", Remedy: "Paste it again."}
	}
	content, err := json.MarshalIndent(record{
		Version:     recordVersion,
		ID:          c.ID,
		Name:        c.Name,
		Host:        hostRecord{Address: c.Host.Addr(), WorkspaceID: c.Host.WorkspaceID(), Allowed: c.Host.ByAllowList()},
		Credentials: credentials{Method: string(c.Credentials.Method), ClientID: c.Credentials.ClientID, Secret: string(secret)},
		Principal: principalRecord{
			ID: c.Principal.ID, Name: raw(c.Principal.Name), DisplayName: raw(c.Principal.DisplayName), Active: c.Principal.Active,
			Entitlements: c.Principal.Entitlements, Groups: each(c.Principal.Groups, raw),
		},
		CACerts:     c.CACerts,
		Warehouse:   warehouseRecord{ID: c.Warehouse.ID, Name: raw(c.Warehouse.Name), Type: string(c.Warehouse.Type), HTTPPath: c.Warehouse.HTTPPath},
		Schema:      schemaToRecord(c.Schema),
		Scope:       string(c.Scope),
		Tables:      each(c.Tables, tableToRecord),
		CreatedAt:   c.CreatedAt,
		SavedAt:     c.SavedAt,
		SecretSetAt: c.SecretSetAt,
		Expires:     c.SecretExpires.UTC(),
		Proof:       proofToRecord(c.Proof),
	}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode the connection: %w", err)
	}
	return content, nil
}

// decodeRecord reads the JSON from the seal of the file that belongs to id.
func decodeRecord(content []byte, file, id string) (connector.Connection, error) {
	r, err := decodeSealed[record](content, file, recordVersion, "connection")
	if err != nil {
		return connector.Connection{}, err
	}
	if r.ID != id {
		return connector.Connection{}, damaged(file, "it holds another connection than its name says")
	}
	c, err := r.connection()
	if err != nil {
		connector.Known().NoteQuoted(err.Error())
		return connector.Connection{}, damaged(file, connector.Said(err, 300))
	}
	connector.Known().NoteConnection(c)
	return c, nil
}

func (r record) connection() (connector.Connection, error) {
	host, err := r.Host.host()
	if err != nil {
		return connector.Connection{}, err
	}
	name, err := connector.ParseConnectionName(r.Name)
	if err != nil {
		return connector.Connection{}, err
	}
	schema, err := r.Schema.name()
	if err != nil {
		return connector.Connection{}, err
	}
	var tables []connector.TableName
	for _, t := range r.Tables {
		table, err := t.name()
		if err != nil {
			return connector.Connection{}, err
		}
		tables = append(tables, table)
	}
	return connector.Connection{
		ID: r.ID, Name: name, Host: host,
		Credentials: connector.Credentials{Method: connector.AuthMethod(r.Credentials.Method), ClientID: r.Credentials.ClientID, Secret: connector.NewSecret([]byte(r.Credentials.Secret))},
		Principal: connector.Principal{
			ID: r.Principal.ID, Name: connector.FromRemote(r.Principal.Name), DisplayName: connector.FromRemote(r.Principal.DisplayName),
			Active: r.Principal.Active, Entitlements: r.Principal.Entitlements, Groups: each(r.Principal.Groups, connector.FromRemote),
		},
		CACerts: r.CACerts,
		Warehouse: connector.WarehouseRef{
			ID: r.Warehouse.ID, Name: connector.FromRemote(r.Warehouse.Name), Type: connector.WarehouseType(r.Warehouse.Type), HTTPPath: r.Warehouse.HTTPPath,
		},
		Schema: schema, Scope: connector.Scope(r.Scope), Tables: tables,
		CreatedAt: r.CreatedAt, SavedAt: r.SavedAt, SecretSetAt: r.SecretSetAt, SecretExpires: r.Expires,
		Proof: connector.Proof(r.Proof),
	}, nil
}

// host passes the allow-list again: a sealed host that was vouched for by name needs the same word, and no other host gets it.
func (h hostRecord) host() (connector.Host, error) {
	var allow connector.AllowList
	if h.Allowed {
		var err error
		if allow, err = allow.Allow(h.Address); err != nil {
			return connector.Host{}, err
		}
	}
	host, _, err := connector.ParseHost(h.Address+"?o="+string(h.WorkspaceID), allow)
	if err != nil {
		return connector.Host{}, err
	}
	return host, nil
}

func (s schemaRecord) name() (connector.SchemaName, error) {
	catalog, err := ident(s.Catalog)
	if err != nil {
		return connector.SchemaName{}, err
	}
	schema, err := ident(s.Schema)
	if err != nil {
		return connector.SchemaName{}, err
	}
	return connector.SchemaName{Catalog: catalog, Schema: schema}, nil
}

func (t tableRecord) name() (connector.TableName, error) {
	schema, err := t.schemaRecord.name()
	if err != nil {
		return connector.TableName{}, err
	}
	table, err := ident(t.Table)
	if err != nil {
		return connector.TableName{}, err
	}
	return schema.Table(table), nil
}

// ident keeps an empty name empty; a connection may lack a part that was never chosen.
func ident(text string) (connector.Ident, error) {
	if text == "" {
		return connector.Ident{}, nil
	}
	return connector.RemoteIdent(connector.Known().Remote(connector.KindName, text)) // one that is refused is quoted in an error
}

func schemaToRecord(n connector.SchemaName) schemaRecord {
	return schemaRecord{Catalog: n.Catalog.Raw(), Schema: n.Schema.Raw()}
}

func tableToRecord(n connector.TableName) tableRecord {
	return tableRecord{schemaRecord: schemaToRecord(n.SchemaName), Table: n.Table.Raw()}
}

func proofToRecord(p connector.Proof) proofRecord {
	p.At, p.SeenAt = p.At.UTC(), p.SeenAt.UTC()
	return proofRecord(p)
}

// raw is a remote text as JSON can hold it.
func raw(r connector.Remote) string { return strings.ToValidUTF8(r.Raw(), "�") }

// each maps a slice and keeps nil as nil.
func each[From, To any](list []From, convert func(From) To) []To {
	if list == nil {
		return nil
	}
	out := make([]To, len(list))
	for i, item := range list {
		out[i] = convert(item)
	}
	return out
}
