package authorization

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// rollback is a list that can be written again.
type rollback struct {
	Note   string    `json:"note"`
	Object Object    `json:"object"`
	Host   string    `json:"host"`
	At     time.Time `json:"at"`
	body
}

// rollbackNote is what a rollback file says of itself.
const rollbackNote = "The permissions as they were before they were replaced. Writing them again gives the permissions back. It does not bring back a token: deleted tokens are gone, and their owners make new ones."

// Rollback is the list before a plan as a file from which it can be written again.
func (p Plan) Rollback(host string, at time.Time) ([]byte, error) {
	text, err := json.MarshalIndent(rollback{rollbackNote, p.Object, host, at.UTC(), p.Before.sent().body()}, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode a rollback file: %w", err)
	}
	return append(connector.EscapeJSON(text), '\n'), nil
}
