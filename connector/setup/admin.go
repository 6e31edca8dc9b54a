package setup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

// ConfirmWord is what a person types to have a plan applied.
const ConfirmWord = "apply"

// DefaultPrincipal is the display name that a new service principal is offered.
const DefaultPrincipal = "draftt-connector"

// SignInWay is a way to open an admin session.
type SignInWay struct {
	Label  string
	Method connector.AuthMethod  // asked for when there are no credentials yet
	Creds  connector.Credentials // of a profile
	Demo   bool
}

// What a person reads before an admin session is opened, and while a plan is made.
const (
	AskToSignIn       = "Sign in as an admin. It is for this set-up alone and is never saved."
	NothingChangesYet = "Nothing changes before you confirm."
)

// SignInWays are the ways to open an admin session on the workspace of this set-up.
func (s *Setup) SignInWays() []SignInWay { return s.env.SignInWays(s.draft.Host(), s.draft.allow) }

// SignInWays are the ways to open an admin session on a workspace: the profiles of the Databricks CLI for it, and credentials typed in.
func (e Environment) SignInWays(host connector.Host, allow connector.AllowList) []SignInWay {
	if e.Demo != nil {
		return []SignInWay{{Label: "the demo's admin", Demo: true}}
	}
	var ways []SignInWay
	for _, p := range profiles(allow) {
		if p.HostProblem == nil && p.Host.Same(host) && p.Unusable == "" {
			ways = append(ways, SignInWay{Label: "profile " + p.Name + " of .databrickscfg, " + p.Credentials.Method.Label(), Creds: p.Credentials})
		}
	}
	return append(ways,
		SignInWay{Label: "a personal access token, typed in", Method: connector.PAT},
		SignInWay{Label: "an OAuth secret of a service principal, typed in", Method: connector.OAuth})
}

// ProfileHost is the workspace host of a profile.
type ProfileHost struct {
	Profile string
	Host    connector.Host
}

// ProfileHosts are the workspace hosts that the Databricks CLI knows. Its file is only read when a person asks. Where there is none, the
// error is a *connector.Error of kind ErrInput.
func (s *Setup) ProfileHosts() ([]ProfileHost, error) {
	var hosts []ProfileHost
	for _, p := range profiles(s.draft.allow) {
		if p.HostProblem == nil {
			hosts = append(hosts, ProfileHost{p.Name, p.Host})
		}
	}
	if len(hosts) == 0 {
		return nil, incomplete("There is no .databrickscfg with a workspace host in your home folder.", "Type the host.")
	}
	return hosts, nil
}

// profiles are those of the Databricks CLI. A file that cannot be read offers none.
func profiles(allow connector.AllowList) []admin.Profile {
	path, err := admin.ProfileFile()
	if err != nil {
		return nil
	}
	found, err := admin.Profiles(path, allow)
	if err != nil {
		return nil
	}
	return found
}

// OpenAdmin signs in to the workspace of this set-up as an admin. The credentials are used and forgotten.
func (s *Setup) OpenAdmin(way SignInWay) func(context.Context) (*admin.Session, error) {
	return s.env.OpenAdmin(s.target(), way)
}

// OpenAdmin gives the work of signing in to a workspace as an admin. The credentials are used and forgotten, and whoever opens the session
// closes it.
func (e Environment) OpenAdmin(to WorkspaceTarget, way SignInWay) func(context.Context) (*admin.Session, error) {
	if way.Demo {
		return func(ctx context.Context) (*admin.Session, error) { return e.openDemoAdmin(ctx, to.Host) }
	}
	config := admin.Config{Host: to.Host, Credentials: way.Creds, Network: to.Network(e.Network), Version: e.Version, Now: e.Now}
	return func(ctx context.Context) (*admin.Session, error) { return admin.Open(ctx, config) }
}

// openDemoAdmin signs in as the demo's admin, who knows no other workspace.
func (e Environment) openDemoAdmin(ctx context.Context, host connector.Host) (*admin.Session, error) {
	session, err := e.Demo.Admin(ctx)
	if err == nil && !session.Host().Same(host) {
		session.Close()
		return nil, &connector.Error{
			Kind: connector.ErrInput, What: "The demo's admin works in the demo's workspace alone.",
			Remedy: "Put its host back: " + session.Host().Typed() + ".",
		}
	}
	return session, err
}

// AdminHere is the open admin session on the present workspace, or nil.
func (s *Setup) AdminHere() *admin.Session {
	if s.admin != nil && !s.admin.Host().Same(s.draft.Host()) {
		s.EndAdmin()
	}
	return s.admin
}

// ActAs takes an admin session that the person opened, in place of the one before.
func (s *Setup) ActAs(session *admin.Session) {
	s.EndAdmin()
	s.admin = session
}

// Applying notes whether a plan is being carried out, for the farewell of somebody who leaves meanwhile.
func (s *Setup) Applying(on bool) { s.applies = on }

// Applies reports whether a plan is being carried out.
func (s *Setup) Applies() bool { return s.applies }

// EndAdmin ends the admin session. Nothing of it stays.
func (s *Setup) EndAdmin() {
	if s.admin != nil {
		s.admin.Close()
		s.admin = nil
	}
}

// Planned makes a plan, under the word that confirms it here.
func (s *Setup) Planned(session *admin.Session, want admin.Provision) func(context.Context) (admin.Plan, error) {
	env, known := s.env, s.draft.Secret()
	return func(ctx context.Context) (admin.Plan, error) {
		journal, err := env.Journal()
		if err != nil {
			return admin.Plan{}, err
		}
		opens := !want.Secret || opensQuietly(ctx, env)
		if want.Secret && opens {
			if want.InUse, err = savedSecrets(ctx, env.Vault); err != nil {
				return admin.Plan{}, err
			}
		}
		if !known.IsZero() {
			want.InUse = append(want.InUse, known)
		}
		plan, err := session.PlanProvision(ctx, journal, want)
		if err != nil {
			return admin.Plan{}, err
		}
		plan.Name = ConfirmWord
		if !opens {
			keepSecrets(&plan)
		}
		return plan, nil
	}
}

// Journal is what admin sessions changed, beside the saved connections.
func (e Environment) Journal() (*admin.Journal, error) {
	return admin.OpenJournal(filepath.Join(e.Vault.Dir(), "journal"))
}

// savedSecrets are the secrets that saved connections sign in with.
func savedSecrets(ctx context.Context, v *vault.Vault) ([]connector.Secret, error) {
	saved, _, err := v.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("look at the saved connections: %w", err)
	}
	var secrets []connector.Secret
	for _, c := range saved {
		secrets = append(secrets, c.Credentials.Secret)
	}
	return secrets, nil
}

// keepSecrets takes the deletion of secrets out of a plan that was made without sight of the saved connections, which may use them.
func keepSecrets(plan *admin.Plan) {
	plan.Changes = slices.DeleteFunc(plan.Changes, func(c admin.Change) bool {
		if c.Kind != admin.DeleteSecret {
			return false
		}
		plan.Kept = append(plan.Kept, c.Object+": the saved connections are locked, and one of them may use it")
		return true
	})
}

// Applied is how the application of a plan ended.
type Applied struct {
	Outcome admin.Outcome
	Err     error
}

// Apply makes the changes of a confirmed plan while somebody looks on. What was made until a refusal comes with it.
func (s *Setup) Apply(session *admin.Session, plan admin.Confirmed) func(context.Context, admin.Watch) Applied {
	env := s.env
	return func(ctx context.Context, watch admin.Watch) Applied {
		journal, err := env.Journal()
		if err != nil {
			return Applied{Err: err}
		}
		out, err := session.ApplyWatched(ctx, plan, journal, watch)
		return Applied{out, err}
	}
}

// Made says what was changed.
func (s *Setup) Made(out admin.Outcome) string {
	if out.Done == 0 {
		return "Nothing needed to be changed."
	}
	by := ""
	if s.admin != nil {
		by = " as " + s.admin.Me().Label()
	}
	return "Made " + words.Count(out.Done, "change") + by + "."
}

// Trouble is an error of an admin session with the one thing to do.
func Trouble(err error) string {
	if known := (*connector.Error)(nil); errors.As(err, &known) {
		return connector.Sentence(err)
	}
	f := check.Explain(err)
	return strings.TrimSpace(f.Reason + " " + f.Remedy.Again())
}

// JournalSays says where it stands what an admin session has done.
func (s *Setup) JournalSays() string { return s.env.JournalSays() }

// JournalSays says where it stands what admin sessions have done here.
func (e Environment) JournalSays() string {
	if e.Demo != nil {
		return "The journal tells what was done; in the demo it goes with the demo."
	}
	return fmt.Sprintf("The journal tells what was done: %s", connector.CleanLine(filepath.Join(e.Vault.Dir(), "journal", admin.JournalName), 600))
}
