package report

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/trust"
)

// Connection is a saved connection. It names no secret, because it has none to name.
type Connection struct {
	ID        string             `json:"id"`
	Name      string             `json:"name"`
	Host      string             `json:"host"`
	Method    string             `json:"sign_in"`
	ClientID  connector.ClientID `json:"client_id,omitempty"`
	Warehouse connector.Remote   `json:"warehouse"`
	Schema    connector.Remote   `json:"schema"`
	Tables    []string           `json:"tables"`
	SavedAt   string             `json:"saved_at"`
	LastTest  *Tested            `json:"last_test"`                // null when it was never tested
	Expires   string             `json:"secret_expires,omitempty"` // left out where it is not known
}

// Tested is when a connection was last tested, and how that ended.
type Tested struct {
	At      string `json:"at"`
	Passed  bool   `json:"passed"`
	Broader bool   `json:"broader,omitempty"` // privileges beyond reading were seen
}

const jsonTime = "2006-01-02T15:04:05Z"

// OfConnection is a saved connection.
func OfConnection(s connector.Connection) Connection {
	line := Connection{
		ID: s.ID, Name: s.Name, Host: s.Host.String(), Method: string(s.Credentials.Method), ClientID: s.Credentials.ClientID,
		Warehouse: s.Warehouse.Name, Schema: connector.FromRemote(s.Schema.Full()), Tables: []string{},
		SavedAt: s.SavedAt.UTC().Format(jsonTime),
	}
	if !s.Proof.At.IsZero() {
		line.LastTest = &Tested{At: s.Proof.At.UTC().Format(jsonTime), Passed: s.Proof.Passed, Broader: s.Proof.Broader}
	}
	if !s.SecretExpires.IsZero() {
		line.Expires = s.SecretExpires.UTC().Format(jsonTime)
	}
	for _, t := range s.Tables {
		line.Tables = append(line.Tables, t.Table.Raw())
	}
	return line
}

// Details are all that is kept of a connection but its secret.
type Details struct {
	Connection
	Cloud         string           `json:"cloud"`
	Principal     connector.Remote `json:"principal"` // display name, empty where it was not seen
	WarehouseID   string           `json:"warehouse_id"`
	WarehouseType string           `json:"warehouse_type"`
	HTTPPath      string           `json:"http_path"`
	CatalogName   string           `json:"catalog_name"`
	SchemaName    string           `json:"schema_name"`
	Scope         string           `json:"scope"`
	SecretSetAt   string           `json:"secret_set_at"`
	Fingerprint   string           `json:"secret_fingerprint"`
	Trusts        []Authority      `json:"trusts,omitempty"` // beside what the machine trusts
	Verdict       string           `json:"verdict,omitempty"`
	ReadOnly      string           `json:"read_only,omitempty"`
	KeptIn        string           `json:"kept_in"`
}

// Authority is a certificate authority that a connection trusts.
type Authority struct {
	Subject     connector.Remote `json:"subject"`
	Until       string           `json:"until"`
	Fingerprint string           `json:"sha256"`
}

func authorities(pem []byte) (all []Authority) {
	for _, c := range trust.Saved(pem) {
		all = append(all, Authority{Subject: c.Subject, Until: c.Until.UTC().Format(jsonTime), Fingerprint: c.Fingerprint.String()})
	}
	return all
}

// InFull is a saved connection with all that is kept of it; where says where.
func InFull(s connector.Connection, where string) Details {
	return Details{
		Connection: OfConnection(s), Cloud: string(s.Host.Cloud()), Principal: s.Principal.DisplayName,
		WarehouseID: string(s.Warehouse.ID), WarehouseType: string(s.Warehouse.Type),
		HTTPPath: s.Warehouse.HTTPPath, CatalogName: s.Schema.Catalog.Raw(), SchemaName: s.Schema.Schema.Raw(), Scope: string(s.Scope),
		SecretSetAt: s.SecretSetAt.UTC().Format(jsonTime), Fingerprint: s.Credentials.Secret.Fingerprint(),
		Trusts: authorities(s.CACerts), Verdict: s.Proof.Summary, ReadOnly: s.Proof.Rights(), KeptIn: where,
	}
}

// Program is which program this is.
type Program struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	System  string `json:"system"` // as linux/amd64
}
