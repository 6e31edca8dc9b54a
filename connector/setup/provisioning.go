package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// Provision is what a connection is to have in a workspace.
type Provision struct {
	At          WorkspaceTarget
	Principal   string // any of the names of one that is there; empty: one called DisplayName is made
	DisplayName string
	Another     bool          // make one although others have the display name
	Warehouse   string        // the ID or the name of the SQL warehouse to read through, empty to leave warehouses alone
	Reads       Selection     // zero to leave grants alone
	SaveAs      string        // the name to save the connection under, with an OAuth secret made for it; empty: neither
	Lifetime    time.Duration // of that secret; zero is as long as there is
}

// Provisioning makes in Databricks, as an admin, what a connection needs, and saves the connection. It can be run again at any time: what is
// there is kept, and the rest is made. Take As, Plan, Apply, and then Saved, which Test proves.
type Provisioning struct {
	want    Provision
	env     Environment
	journal *admin.Journal
	session *admin.Session
	through connector.Warehouse
	here    []connector.Connection // those that are saved to the workspace
	saved   connector.Connection   // under the name, by an earlier run or by this one; zero while there is none
}

// Provision prepares a provisioning. saved are the saved connections, none where the vault was never used. The error is a *connector.Error of
// kind ErrInput where something else has the name.
func (e Environment) Provision(ctx context.Context, want Provision, saved []connector.Connection) (p *Provisioning, err error) {
	p = &Provisioning{want: want, env: e}
	if want.SaveAs != "" && !e.Vault.Locked() {
		p.here = slices.DeleteFunc(slices.Clone(saved), func(c connector.Connection) bool { return !c.Host.Same(want.At.Host) })
		if p.saved, err = p.earlier(ctx); err != nil {
			return nil, err
		}
	}
	p.journal, err = e.Journal()
	return p, err
}

// earlier is the connection that an earlier run saved under the name, zero where none did.
func (p *Provisioning) earlier(ctx context.Context) (connector.Connection, error) {
	c, err := p.env.Vault.Load(ctx, p.want.SaveAs)
	switch {
	case errors.Is(err, vault.ErrNotFound):
		return connector.Connection{}, nil
	case err == nil && (!c.Host.Same(p.want.At.Host) || c.Schema != p.want.Reads.Schema):
		return c, taken(fmt.Sprintf("There is already a connection named %q, and it reads something else.", c.Name), "Choose another name.")
	}
	return c, err
}

// As has an admin session look and make changes, and finds the SQL warehouse. The caller closes the session. The error is a *connector.Error
// of kind ErrInput where no warehouse, or more than one, is the wanted one.
func (p *Provisioning) As(ctx context.Context, session *admin.Session) error {
	p.session = session
	if p.want.Warehouse == "" {
		return nil
	}
	wanted, err := connector.ParseWarehouse(p.want.Warehouse)
	if err != nil {
		return err
	}
	search, err := searchWarehouse(ctx, session.View(), wanted)
	if err != nil {
		return err
	}
	if len(search.found) != 1 {
		return search.refusal()
	}
	p.through = search.found[0]
	return nil
}

// Plan looks what is there and plans the rest. It refuses, with a *connector.Error of kind ErrInput, where the connection would be saved
// with the secret of another one, or with none.
func (p *Provisioning) Plan(ctx context.Context) (admin.Plan, error) {
	want := admin.Provision{
		Principal: p.want.Principal, DisplayName: p.want.DisplayName, Another: p.want.Another, Warehouse: p.through.ID,
		Secret: p.want.SaveAs != "", Lifetime: p.want.Lifetime,
	}
	for _, c := range p.here {
		want.InUse = append(want.InUse, c.Credentials.Secret)
	}
	if !p.want.Reads.Schema.IsZero() {
		want.Needs = p.want.Reads.Needs(ctx, p.session.View())
	}
	plan, err := p.session.PlanProvision(ctx, p.journal, want)
	if err != nil {
		return plan, err
	}
	return plan, p.fits(plan)
}

// fits holds the plan against what is saved.
func (p *Provisioning) fits(plan admin.Plan) error {
	makes := slices.ContainsFunc(plan.Changes, func(c admin.Change) bool { return c.Kind == admin.CreateSecret })
	switch there := p.saved.ID != ""; {
	case there && PrincipalOf(p.saved) != string(plan.Target.ApplicationID):
		return taken(fmt.Sprintf("There is already a connection named %q, and it signs in as another service principal.", p.saved.Name), "Choose another name.")
	case p.want.SaveAs != "" && !there && !makes:
		return incomplete("Another saved connection has the secret of this service principal already.", "See it with draftt-databricks list, or use a service principal of its own.")
	case there && makes:
		return incomplete(fmt.Sprintf("The connection %q is saved, and which secret it signs in with is not known here.", p.saved.Name), "Test it, and rotate it if need be; provision without --save-as makes the rest.")
	}
	return nil
}

// Apply carries the plan of Plan out. A new secret is sealed before anything else happens, and told of: whatever interrupts the run before
// that makes the next one delete it, since nobody would have its value. Where a connection is to be saved, the vault must be open.
func (p *Provisioning) Apply(ctx context.Context, plan admin.Confirmed, watch admin.Watch, sealed func(connector.Connection)) (admin.Outcome, error) {
	out, err := p.session.ApplyWatched(ctx, plan, p.journal, watch)
	if out.Secret.IsZero() {
		return out, err
	}
	// Leaving now would lose the secret, so a signal waits for the seal.
	saved, saveErr := p.env.Vault.Save(context.WithoutCancel(ctx), p.connection(out))
	if saveErr != nil {
		return out, fmt.Errorf("save the connection: %w", saveErr)
	}
	p.saved = saved
	sealed(saved)
	return out, err
}

func (p *Provisioning) connection(out admin.Outcome) connector.Connection {
	made := out.Target
	return connector.Connection{
		Name: p.want.SaveAs, Host: p.want.At.Host, CACerts: p.want.At.CACerts,
		Credentials:   connector.Credentials{Method: connector.OAuth, ClientID: made.ApplicationID, Secret: out.Secret},
		Principal:     connector.Principal{ID: made.ID, Name: made.ApplicationID.Name(), DisplayName: connector.FromRemote(made.DisplayName), Active: true},
		Warehouse:     p.through.Ref(),
		Schema:        p.want.Reads.Schema,
		Scope:         p.want.Reads.Scope,
		Tables:        p.want.Reads.Tables,
		SecretExpires: out.Expires,
	}
}

// JournalPath is where every change is written down.
func (p *Provisioning) JournalPath() string { return p.journal.Path() }

// Saved is the connection, zero where none was to be saved.
func (p *Provisioning) Saved() connector.Connection { return p.saved }

// Certify collects what the admin sees of the connection.
func (p *Provisioning) Certify(ctx context.Context) (audit.Certificate, error) {
	found, _, err := p.env.Certify(ctx, p.saved, p.session)
	return found, err
}

// slowToCount are the kinds of failure that may go away by themselves a while after something was granted.
var slowToCount = []int{check.ExitIdentity, check.ExitWarehouse, check.ExitPermissions}

// MaySettle reports whether what failed may be no more than that a grant or an entitlement of a moment ago does not count yet.
func MaySettle(results []check.Result) bool {
	f := check.Failure(results)
	return f != nil && slices.Contains(slowToCount, f.Finding.Exit)
}
