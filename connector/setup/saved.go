package setup

import (
	"context"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/contract"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// certifyDeadline bounds the look at everything that the principal may do. Saving does not wait for it.
const certifyDeadline = 45 * time.Second

// Open signs in as a saved connection does.
func (e Environment) Open(c connector.Connection) (*workspace.Workspace, error) {
	network := TargetOf(c).Network(e.Network)
	return workspace.Open(workspace.Config{Host: c.Host, Credentials: c.Credentials, Network: network, Version: e.Version})
}

func (e Environment) now() time.Time {
	if e.Now == nil {
		return time.Now()
	}
	return e.Now()
}

// Test is a walk of the ladder as a saved connection. Close it when done.
type Test struct {
	*Attempt
	Saved     connector.Connection
	workspace *workspace.Workspace
	env       Environment
	proof     connector.Proof
}

// Test prepares the walk of the whole ladder. start has a stopped warehouse started and waited for, which a person agreed to. No request is
// made before it is climbed.
func (e Environment) Test(c connector.Connection, start bool) (*Test, error) {
	ws, err := e.Open(c)
	if err != nil {
		return nil, err
	}
	t := &Test{Saved: c, workspace: ws, env: e}
	t.Attempt = &Attempt{
		Stages: check.All(),
		subject: &check.Subject{
			Workspace: ws, Warehouse: c.Warehouse, Start: start, Principal: c.Principal, SecretExpires: c.SecretExpires, Now: e.Now,
			Schema: c.Schema, Scope: c.Scope, Tables: c.Tables, Rows: 1,
		},
		conclude: func(results []check.Result) {
			t.proof = breadth.Remember(ProofOf(results, len(c.Tables), t.env.now()), c.Proof)
		},
	}
	return t, nil
}

// Only has the walk end after a stage, and gives whether there is one of that ID.
func (t *Test) Only(upTo check.ID) bool {
	at := slices.IndexFunc(t.Stages, func(stage check.Stage) bool { return stage.ID == upTo })
	if at >= 0 {
		t.Stages = t.Stages[:at+1]
	}
	return at >= 0
}

// Proof is the verdict, once the test was concluded.
func (t *Test) Proof() connector.Proof { return t.proof }

// Keep writes the verdict beside the saved connection, and gives that as it is kept now. A test that was cut short by Only proves too
// little, so nothing is written. Errors are those of Vault.Verified.
func (t *Test) Keep(ctx context.Context) (connector.Connection, error) {
	if len(t.Stages) < len(check.All()) {
		return t.Saved, nil
	}
	return t.env.Vault.Verified(ctx, t.Saved, t.proof)
}

// Principal is who signed in, as far as the walk came.
func (t *Test) Principal() connector.Principal { return t.subject.Principal }

// Host is the workspace that was tested.
func (t *Test) Host() connector.Host { return t.Saved.Host }

// Standing gathers what a contract speaks of, once the test was climbed. It may ask the workspace when the tokens end.
func (t *Test) Standing(ctx context.Context, results []check.Result) contract.Standing {
	now := contract.Standing{Held: t.subject.Held, Now: t.env.now()}
	beyond, _ := check.ReadOnlyResult(results)
	now.Seen = beyond.State == check.Passed || beyond.State == check.Failed
	if !t.Saved.SecretExpires.IsZero() {
		now.Ends = []time.Time{t.Saved.SecretExpires}
		return now
	}
	if t.Saved.Credentials.Method != connector.PAT || check.Failure(results) != nil {
		return now
	}
	tokens, err := t.workspace.OwnTokens(ctx)
	if err != nil {
		return now // not known
	}
	for _, token := range tokens {
		if token.Expires.IsZero() || token.Expires.After(now.Now) { // the one in use was just accepted
			now.Ends = append(now.Ends, token.Expires)
		}
	}
	return now
}

// Close drops the connections of the test.
func (t *Test) Close() { t.workspace.Close() }

// Certify collects what an admin sees of the principal of a saved connection or, without a session, what it sees of itself. It gives the
// connection too, as it is kept now.
func (e Environment) Certify(ctx context.Context, c connector.Connection, session *admin.Session) (audit.Certificate, connector.Connection, error) {
	if session == nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, certifyDeadline)
		defer cancel()
	}
	own, err := e.Open(c)
	if err != nil {
		return audit.Certificate{}, c, err
	}
	defer own.Close()
	chosen := audit.Chosen{Needs: admin.Needs(c), Warehouse: c.Warehouse.ID}
	var facts audit.Facts
	if session == nil {
		facts, err = audit.Own(ctx, own, chosen)
	} else {
		facts, err = session.Facts(ctx, PrincipalOf(c), own, chosen)
	}
	if err != nil {
		return audit.Certificate{}, c, err
	}
	found := audit.Certify(facts, e.now(), e.Version)
	found.Connection = c.Name
	return found, e.certified(ctx, c, found), nil
}

// certified keeps beside a saved connection what a certificate found, and gives that as it is kept now. A certificate that could not see
// everything takes nothing back. One that cannot be kept is shown all the same.
func (e Environment) certified(ctx context.Context, c connector.Connection, found audit.Certificate) connector.Connection {
	proof, news := breadth.Of(nil, &found, check.Chosen(c.Schema, c.Tables)).Over(c.Proof)
	if !news {
		return c
	}
	kept, err := e.Vault.Verified(ctx, c, proof)
	if err != nil {
		return c
	}
	return kept
}

// PrincipalOf is the name that GRANT knows the principal of a connection by.
func PrincipalOf(c connector.Connection) string {
	if name := c.Principal.Name.Raw(); name != "" {
		return name
	}
	return string(c.Credentials.ClientID)
}

// SignInWaysOf are the ways to open an admin session on the workspace of a saved connection.
func (e Environment) SignInWaysOf(c connector.Connection) []SignInWay {
	var allow connector.AllowList
	if c.Host.ByAllowList() {
		allow, _ = allow.Allow(c.Host.String()) // it was let in as it stands
	}
	return e.SignInWays(c.Host, allow)
}

// OpenAdminOf gives the work of signing in to the workspace of a saved connection as an admin; see OpenAdmin. A session that opens when
// nobody waits for it any more is closed.
func (e Environment) OpenAdminOf(c connector.Connection, way SignInWay) func(context.Context) (*admin.Session, error) {
	open := e.OpenAdmin(TargetOf(c), way)
	return func(ctx context.Context) (*admin.Session, error) {
		session, err := open(ctx)
		if err == nil && ctx.Err() != nil {
			session.Close()
			return nil, ctx.Err()
		}
		return session, err
	}
}
