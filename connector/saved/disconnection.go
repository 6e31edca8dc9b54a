package saved

import (
	"context"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/words"
)

// Disconnection ends a saved connection: in Databricks as far as asked, and at the very end on this machine, so that an interrupted one can
// be repeated by its name. What is gone already is no failure.
type Disconnection struct {
	env     setup.Environment
	saved   connector.Connection
	session *admin.Session // nil: nothing changes in Databricks
	journal *admin.Journal
}

// Disconnect prepares the end of a connection. session may be nil, for the level admin.LocalOnly alone; the caller closes it.
func Disconnect(e setup.Environment, c connector.Connection, session *admin.Session) (*Disconnection, error) {
	journal, err := e.Journal()
	return &Disconnection{env: e, saved: c, session: session, journal: journal}, err
}

// Plan says what is deleted in Databricks, what is kept, and what else depends on it. secretID names the secret where that is not clear.
func (d *Disconnection) Plan(ctx context.Context, level admin.Level, secretID string) (admin.Plan, error) {
	if level == admin.LocalOnly {
		return admin.Plan{
			Purpose: "disconnect", Name: d.saved.Name, Host: d.saved.Host,
			Target: admin.Target{ApplicationID: connector.ClientID(setup.PrincipalOf(d.saved)), DisplayName: d.saved.Principal.DisplayName.Raw()},
			Kept:   []string{"everything in the workspace: the service principal, its secrets and its grants"},
		}, nil
	}
	others, _, err := d.env.Vault.List(ctx)
	if err != nil {
		return admin.Plan{}, err
	}
	others = slices.DeleteFunc(others, func(o connector.Connection) bool { return o.ID == d.saved.ID })
	return d.session.PlanDisconnect(ctx, d.journal, admin.Disconnect{Level: level, Connection: d.saved, SecretID: secretID, Others: others})
}

// Deleted are the things that carrying out a plan deletes, the saved connection last.
func (d *Disconnection) Deleted(plan admin.Plan) []string {
	return append(plan.Deleted(), fmt.Sprintf("saved connection %s on this machine, with its secret", d.saved.Name))
}

// Apply carries a plan out and deletes the saved connection. It gives what was done, as a sentence. What was not confirmed as the end of
// this connection is a *connector.Error that is admin.ErrNotConfirmed.
func (d *Disconnection) Apply(ctx context.Context, plan admin.Confirmed, watch admin.Watch) (told string, err error) {
	if plan.Plan().Name != d.saved.Name {
		return "", &connector.Error{Kind: admin.ErrRefused, What: "The end of this connection was not confirmed.", Remedy: "Type its name to confirm it.", Cause: admin.ErrNotConfirmed}
	}
	if d.session != nil {
		if _, err := d.session.ApplyWatched(ctx, plan, d.journal, watch); err != nil {
			return "", err
		}
	}
	if err := d.env.Vault.Delete(ctx, d.saved.ID); err != nil {
		return "", err
	}
	where := "In Databricks nothing changed."
	if n := len(plan.Plan().Changes); n > 0 {
		where = fmt.Sprintf("In Databricks %s made.", words.Plural(n, "change was", "changes were"))
	}
	told = fmt.Sprintf("Disconnected %q. %s", d.saved.Name, where)
	if left := plan.Plan().Secrets; len(left) > 0 {
		told += " " + secretsLeft(plan.Plan().Target.Label(), left)
	}
	return told, nil
}
