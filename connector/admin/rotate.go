package admin

import (
	"context"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Rotate is a new secret for a service principal.
type Rotate struct {
	Principal string             // any of its three names
	InUse     []connector.Secret // of the saved connections to it
	Lifetime  time.Duration      // 0: as long as there is
}

// The purposes of plans about secrets.
const (
	purposeRotate = "rotate"
	purposeRetire = "retire secret"
)

// PlanRotate plans a new OAuth secret beside those there are, so that the old one goes on working until the caller has tested the new one
// and switched. A secret that an interrupted rotation left behind is deleted first. It returns an *connector.Error that is ErrTooManySecrets, and
// names the oldest unused secret, when there is no room. The old secret is not part of this plan; PlanRetire is.
func (s *Session) PlanRotate(ctx context.Context, j *Journal, want Rotate) (Plan, error) {
	b, secrets, err := s.forSecrets(ctx, j, want.Principal, purposeRotate)
	if err != nil {
		return Plan{}, err
	}
	if b.principal.EntraManaged {
		return Plan{}, b.secret(ctx, Provision{Secret: true})
	}
	lost := b.past.lost(b.principal.ID, secrets, want.InUse)
	for _, info := range secrets {
		if !slices.Contains(lost, info) {
			b.keep("OAuth secret %s, made %s, expires %s", info.ID, day(info.Created), day(info.Expires))
		}
	}
	if err := b.newSecret(secrets, want.InUse, want.Lifetime, true); err != nil {
		return Plan{}, err
	}
	return b.plan, nil
}

func (s *Session) forSecrets(ctx context.Context, j *Journal, principal, purpose string) (builder, []SecretInfo, error) {
	past, err := j.history(s.host)
	if err != nil {
		return builder{}, nil, err
	}
	p, err := s.Find(ctx, principal)
	if err != nil {
		return builder{}, nil, err
	}
	b := builder{session: s, past: past, principal: p, there: true, plan: s.newPlan(purpose, p.target())}
	b.plan.Name = b.plan.Target.Label()
	secrets, err := s.Secrets(ctx, p.ID)
	return b, secrets, s.Refused(ctx, err, map[string]string{purposeRotate: "Making an OAuth secret", purposeRetire: "Deleting an OAuth secret"}[purpose])
}

// Retire is the end of a secret, usually the old one after a rotation.
type Retire struct {
	Principal string             // any of its three names
	SecretID  string             // empty: the one there is besides those in use, when that is clear
	InUse     []connector.Secret // of the saved connections, the switched one included
}

// PlanRetire plans the deletion of one OAuth secret. A secret that is gone already makes an empty plan. It returns an *connector.Error that is
// ErrInUse for a secret that a saved connection signs in with, or that is the last one while a saved connection needs one; and one that
// lists the secrets when SecretID is empty and more than one could be meant.
func (s *Session) PlanRetire(ctx context.Context, j *Journal, want Retire) (Plan, error) {
	b, secrets, err := s.forSecrets(ctx, j, want.Principal, purposeRetire)
	if err != nil {
		return Plan{}, err
	}
	using := b.past.using(b.principal.ID, secrets, want.InUse)
	id := want.SecretID
	if id == "" {
		if id, err = theOther(secrets, using); err != nil {
			return Plan{}, err
		}
	}
	i := slices.IndexFunc(secrets, func(s SecretInfo) bool { return s.ID == id })
	switch {
	case id == "":
		b.keep("there is no OAuth secret besides those in use")
		return b.plan, nil
	case i < 0:
		b.keep("OAuth secret %s is gone already", connector.CleanLine(id, 64))
		return b.plan, nil
	case slices.Contains(using, id), len(want.InUse) > 0 && len(secrets) == 1:
		return Plan{}, &connector.Error{Kind: ErrRefused, What: "A saved connection signs in with this secret.", Remedy: "Rotate the connection first.", Cause: ErrInUse}
	case len(want.InUse) > 0 && len(using) == 0:
		b.plan.warn("Which secret the saved connection signs in with is not known here. Test the connection afterwards.")
	}
	for _, other := range secrets {
		if other.ID != id {
			b.keep("OAuth secret %s, made %s, expires %s", other.ID, day(other.Created), day(other.Expires))
		}
	}
	err = b.plan.add(b.deletion(secrets[i], "Nothing here signs in with it any more. Access tokens that were made with it end within the hour."))
	return b.plan, err
}

// theOther is the one secret that is not in use.
func theOther(secrets []SecretInfo, using []string) (string, error) {
	var others []string
	for _, s := range secrets {
		if !slices.Contains(using, s.ID) {
			others = append(others, s.ID)
		}
	}
	switch {
	case len(others) == 0:
		return "", nil
	case len(others) == 1 && len(using) > 0:
		return others[0], nil
	}
	text := "Choose one of "
	for i, id := range others {
		if i > 0 {
			text += ", "
		}
		text += id
	}
	return "", &connector.Error{Kind: ErrRefused, What: "It is not clear which secret is meant.", Remedy: text + ".", Cause: ErrAmbiguous}
}
