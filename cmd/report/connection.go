package report

import "github.com/draftt-io/draftt-databricks/connector"

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
