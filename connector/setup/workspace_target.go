package setup

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// WorkspaceTarget is a workspace to go to: its host, and the certificate authorities, as PEM, that are trusted for it beside those of the system.
type WorkspaceTarget struct {
	Host    connector.Host
	CACerts []byte
}

// TargetOf is the workspace of a saved connection.
func TargetOf(c connector.Connection) WorkspaceTarget { return WorkspaceTarget{c.Host, c.CACerts} }

// Network is a network on which the authorities of the target are trusted as well.
func (t WorkspaceTarget) Network(through workspace.Network) workspace.Network {
	through.ExtraCAs = t.CACerts
	return through
}
