package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// ErrNotSwitched is the kind of an error of a rotation after which every connection still has the secret that it had.
var ErrNotSwitched = errors.New("the new secret was not taken")

// Rotation gives a saved connection a new secret, and with it those that share the old one: they are switched together, because the old one
// may be deleted afterwards. A secret is made or given, tested as the connector, put in the place of the old one, and only then is the old
// one deleted. At every moment the connection has one that works, and a rotation that was interrupted is finished by the next.
type Rotation struct {
	Lifetime time.Duration // of a secret that an admin makes; zero is as long as there is
	Old      string        // the id of the old secret, where it is not clear which that is
	Anew     bool          // make another secret although the old one of the last rotation is still there
	Start    bool          // start the warehouse for the tests, which a person agreed to

	env     Environment
	saved   connector.Connection
	sharing []connector.Connection // those with the same secret, the one in question first
	others  []connector.Connection // those of the same principal with another secret
	session *admin.Session
	journal *admin.Journal
	oldID   string                 // of the secret that is replaced, empty where it was not made here
	next    []connector.Connection // tested with the new secret, not saved yet
}

// Rotate prepares a rotation. The vault must be open.
func (e Environment) Rotate(ctx context.Context, c connector.Connection) (*Rotation, error) {
	all, _, err := e.Vault.List(ctx)
	if err != nil {
		return nil, err
	}
	r := &Rotation{env: e, saved: c, sharing: []connector.Connection{c}}
	for _, other := range all {
		same := other.ID != c.ID && other.Host.Same(c.Host) && PrincipalOf(other) == PrincipalOf(c)
		switch {
		case same && other.Credentials.Secret.Equal(c.Credentials.Secret):
			r.sharing = append(r.sharing, other)
		case same:
			r.others = append(r.others, other)
		}
	}
	return r, nil
}

// Saved is the connection, with its new secret once it was switched.
func (r *Rotation) Saved() connector.Connection { return r.saved }

// Switched are the names of the connections that are switched together, the one in question first.
func (r *Rotation) Switched() []string {
	names := make([]string, len(r.sharing))
	for i, c := range r.sharing {
		names[i] = c.Name
	}
	return names
}

// ByAdmin reports whether an admin can make the new secret. A personal access token is made by its owner.
func (r *Rotation) ByAdmin() bool { return MadeByAdmin(r.saved) }

// MadeByAdmin is ByAdmin before a rotation is prepared.
func MadeByAdmin(c connector.Connection) bool { return c.Credentials.Method == connector.OAuth }

// As has an admin session make and delete secrets. The caller closes it.
func (r *Rotation) As(session *admin.Session) (err error) {
	r.session = session
	if r.journal, err = r.env.Journal(); err == nil {
		r.oldID = r.idOf(r.saved.Credentials.Secret)
	}
	return err
}

// Plan plans the new secret. It may take a look at the workspace first.
func (r *Rotation) Plan(ctx context.Context) (admin.Plan, error) {
	return r.session.PlanRotate(ctx, r.journal, admin.Rotate{Principal: PrincipalOf(r.saved), InUse: r.inUse(), Lifetime: r.Lifetime})
}

// Make carries the plan of Plan out. The secret in the outcome goes into Given and nowhere else.
func (r *Rotation) Make(ctx context.Context, plan admin.Confirmed, watch admin.Watch) (admin.Outcome, error) {
	return r.session.ApplyWatched(ctx, plan, r.journal, watch)
}

// Given takes the new secret, and gives a test of each connection that is to have it. Climb, conclude and judge each; none is switched
// before all were judged to be good.
func (r *Rotation) Given(secret connector.Secret, expires time.Time) ([]*Test, error) {
	if secret.Equal(r.saved.Credentials.Secret) {
		return nil, &connector.Error{Kind: connector.ErrInput, What: "This is the secret that is saved already.", Remedy: "Make a new one in the workspace first."}
	}
	r.next = nil
	tests := make([]*Test, len(r.sharing))
	for i, c := range r.sharing {
		c.Credentials, c.SecretExpires = r.saved.Credentials.With(secret), expires // a saved token may have become OAuth
		var err error
		if tests[i], err = r.env.Test(c, r.Start); err != nil {
			for _, t := range tests[:i] {
				t.Close()
			}
			return nil, err
		}
	}
	return tests, nil
}

// Judge takes the results of a test that was concluded. It fails unless the secret signs in as the same principal. What fails after that is
// not the secret's doing, since the old one has no other rights; it is kept as the proof. The error is a *connector.Error of kind
// ErrNotSwitched or, for the secret of another principal, ErrInput.
func (r *Rotation) Judge(t *Test, results []check.Result) error {
	if !check.AllPassed(results, check.StageIdentity) {
		return &connector.Error{Kind: ErrNotSwitched, What: "The new secret does not sign in, so nothing was switched.", Remedy: "The saved one stays."}
	}
	if now := t.Principal(); now.Name.Raw() != "" && PrincipalOf(r.saved) != "" && !strings.EqualFold(now.Name.Raw(), PrincipalOf(r.saved)) {
		return &connector.Error{
			Kind: connector.ErrInput, What: fmt.Sprintf("The new secret belongs to another principal, %s, so nothing was switched.", now.Label()),
			Remedy: "Make one for " + r.saved.Principal.Label() + ".",
		}
	}
	c := t.Saved
	c.Proof = t.Proof()
	r.next = append(r.next, c)
	return nil
}

// Switch puts the new secret in the place of the old one, in every connection that has it, and tells of each. A context that ends meanwhile
// does not end it half way.
func (r *Rotation) Switch(ctx context.Context, tell func(connector.Connection)) error {
	if len(r.next) != len(r.sharing) {
		return &connector.Error{Kind: ErrNotSwitched, What: "The new secret was not tested, so nothing was switched.", Remedy: "Start again."}
	}
	ctx = context.WithoutCancel(ctx)
	for i, c := range r.next {
		saved, err := r.env.Vault.Save(ctx, c)
		if err != nil {
			return err
		}
		r.sharing[i] = saved
		tell(saved)
	}
	r.saved, r.next = r.sharing[0], nil
	return nil
}

// Unfinished reports whether the last rotation switched to its new secret and left the old one: then deleting that is all there is to do.
func (r *Rotation) Unfinished(ctx context.Context) (bool, error) {
	if r.Anew || !r.switchedLast() {
		return false, nil
	}
	r.oldID = ""
	plan, err := r.planRetire(ctx)
	switch {
	case errors.Is(err, admin.ErrInUse), err == nil && plan.Empty():
		r.oldID = r.idOf(r.saved.Credentials.Secret)
		return false, nil
	case err != nil && !errors.Is(err, admin.ErrAmbiguous):
		return false, err
	}
	return true, nil
}

// switchedLast reports whether the saved secret was made by a rotation after which no old one was deleted.
func (r *Rotation) switchedLast() bool {
	entries, err := r.journal.Entries()
	if err != nil {
		return false
	}
	for _, e := range slices.Backward(entries) {
		switch {
		case !concerns(e, r.saved) || e.Event != admin.Done && e.Event != admin.Already:
		case e.Purpose == "retire secret":
			return false
		case e.Purpose == "rotate" && e.Kind == admin.CreateSecret:
			return e.Result.Fingerprint == r.saved.Credentials.Secret.Fingerprint()
		}
	}
	return false
}

// Retirement is what is to become of the old secret after a switch: its deletion where Plan has one, and otherwise it stays, for the reason
// that Kept gives. Both are empty where there is none any more.
type Retirement struct {
	Plan admin.Plan
	Kept string // a sentence
}

// PlanRetire plans the deletion of the old secret. Nothing is planned where it is not clear which secret that is, or where a saved
// connection may sign in with it whose secret nobody knows the id of.
func (r *Rotation) PlanRetire(ctx context.Context) (Retirement, error) {
	plan, err := r.planRetire(ctx)
	switch {
	case errors.Is(err, admin.ErrAmbiguous):
		return Retirement{Kept: ambiguousOld(err)}, nil
	case err != nil:
		return Retirement{}, err
	}
	if r.oldID == "" && r.Old == "" {
		if names := r.handMade(); len(names) > 0 {
			return Retirement{Kept: maybeUsedOld(names)}, nil
		}
	}
	return Retirement{Plan: plan}, nil
}

func (r *Rotation) planRetire(ctx context.Context) (admin.Plan, error) {
	old := r.oldID
	if r.Old != "" {
		old = r.Old
	}
	return r.session.PlanRetire(ctx, r.journal, admin.Retire{Principal: PrincipalOf(r.saved), SecretID: old, InUse: r.inUse()})
}

// inUse are the secrets of all saved connections of the principal.
func (r *Rotation) inUse() []connector.Secret {
	var out []connector.Secret
	for _, c := range slices.Concat(r.sharing, r.others) {
		out = append(out, c.Credentials.Secret)
	}
	return out
}

// handMade are the other connections of the principal whose secret was not made here.
func (r *Rotation) handMade() (names []string) {
	for _, c := range r.others {
		if r.idOf(c.Credentials.Secret) == "" {
			names = append(names, c.Name)
		}
	}
	return names
}

// idOf is the id of a secret that was made here, empty for any other.
func (r *Rotation) idOf(secret connector.Secret) string { return madeHere(r.journal, r.saved, secret) }

// madeHere is the id of a secret that an admin session made for the principal of a connection, empty for one that was made elsewhere.
func madeHere(j *admin.Journal, c connector.Connection, secret connector.Secret) string {
	entries, err := j.Entries()
	if err != nil {
		return ""
	}
	for _, e := range slices.Backward(entries) {
		if e.Kind == admin.CreateSecret && e.Event == admin.Done && concerns(e, c) && e.Result.Fingerprint == secret.Fingerprint() {
			return e.Result.SecretID
		}
	}
	return ""
}

// concerns reports whether a journal entry is about the principal of a connection.
func concerns(e admin.Entry, c connector.Connection) bool {
	return e.Host == c.Host.String() && strings.EqualFold(string(e.Target.ApplicationID), PrincipalOf(c))
}
