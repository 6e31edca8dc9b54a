package setup

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/trust"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// WorkspaceTarget is a workspace to go to: its host, and the certificate authorities, as PEM, that are trusted for it beside those of the system.
type WorkspaceTarget struct {
	Host    connector.Host
	CACerts []byte
}

// TargetOf is the workspace of a saved connection.
func TargetOf(c connector.Connection) WorkspaceTarget { return WorkspaceTarget{c.Host, c.CACerts} }

// target is the workspace of this set-up.
func (s *Setup) target() WorkspaceTarget {
	return WorkspaceTarget{s.draft.Host(), s.draft.authorities.PEM()}
}

// Network is a network on which the authorities of the target are trusted as well.
func (t WorkspaceTarget) Network(through workspace.Network) workspace.Network {
	through.ExtraCAs = t.CACerts
	return through
}

// Reachability is a walk of the stages on the way to a workspace that need no credentials. Close it when done.
type Reachability struct {
	*Attempt
	workspace *workspace.Workspace
}

// Reach prepares the walk to a workspace. No credentials can be sent on it.
func (e Environment) Reach(to WorkspaceTarget) (*Reachability, error) {
	ws, err := workspace.OpenAnonymous(to.Host, to.Network(e.Network), e.Version)
	if err != nil {
		return nil, err
	}
	a := NewAttempt(check.Reach(), &check.Subject{Workspace: ws}, func([]check.Result) {})
	return &Reachability{Attempt: a, workspace: ws}, nil
}

// Unreached are the results of a walk that does not begin, because err is why what was given is no host.
func Unreached(err error) []check.Result { return check.Refused(check.Reach(), err) }

// Seen are the certificates that were shown on the way, none where no handshake was. Whoever replaces certificates shows its own among them.
func (r *Reachability) Seen() trust.Seen { return trust.NewSeen(r.workspace.Host(), r.subject.Shown) }

// Close drops the connections of the walk.
func (r *Reachability) Close() { r.workspace.Close() }
