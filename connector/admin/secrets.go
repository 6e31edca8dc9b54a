package admin

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

func (b *builder) secret(ctx context.Context, want Provision) error {
	if !want.Secret {
		return nil
	}
	if b.principal.EntraManaged {
		return &connector.Error{
			Kind:   ErrRefused,
			What:   "This service principal is managed by Microsoft Entra ID.",
			Remedy: "Make its client secret in Microsoft Entra ID, or let a service principal managed by Databricks be made.",
		}
	}
	var secrets []SecretInfo
	if b.there {
		var err error
		if secrets, err = b.session.Secrets(ctx, b.principal.ID); err != nil {
			return err
		}
	}
	return b.newSecret(secrets, want.InUse, want.Lifetime, false)
}

// newSecret plans a new secret, after the deletion of those that were lost. Without force a saved connection that has one of these is
// left with it.
func (b *builder) newSecret(secrets []SecretInfo, inUse []connector.Secret, life time.Duration, force bool) error {
	lost := b.past.lost(b.principal.ID, secrets, inUse)
	for _, l := range lost {
		if err := b.plan.add(b.deletion(l, "It was made by an earlier run, and its value is in no saved connection.")); err != nil {
			return err
		}
	}
	if using := b.past.using(b.principal.ID, secrets, inUse); len(using) > 0 && !force {
		b.keep("OAuth secret %s, which a saved connection uses", using[0])
		return nil
	}
	if life == 0 {
		life = maxSecretLife
	}
	if life < time.Second || life > maxSecretLife {
		return &connector.Error{Kind: ErrRefused, What: "A secret cannot last that long.", Remedy: "Choose between one second and 730 days."}
	}
	if len(secrets)-len(lost) >= MaxSecrets {
		return b.full(secrets, inUse)
	}
	var known []string
	for _, s := range secrets {
		known = append(known, s.ID)
	}
	b.plan.Warnings = append(b.plan.Warnings, secretStaysHere)
	return b.plan.add(Change{
		Kind: CreateSecret, Object: "OAuth secret of " + b.plan.Target.Label(), Before: fmt.Sprintf("%d of %d secrets", len(secrets), MaxSecrets),
		After: fmt.Sprintf("one more, for %d days", int(life.Hours()/24)), Undo: "Delete the secret by its id.",
		Why: "The connection here signs in with it. The value is given once and goes straight into it.", subject: subject{lifetime: life, known: known},
	})
}

func (b *builder) deletion(s SecretInfo, why string) Change {
	return Change{
		Kind: DeleteSecret, Object: "OAuth secret " + s.ID, Before: "made " + day(s.Created) + ", expires " + day(s.Expires), After: "deleted",
		Undo: "None: a deleted secret cannot be brought back, but a new one can be made.", Why: why, subject: subject{secretID: s.ID},
	}
}

// full is the refusal of a sixth secret. It names the oldest one that no saved connection is known to use, an expired one first.
func (b *builder) full(secrets []SecretInfo, inUse []connector.Secret) error {
	using := b.past.using(b.principal.ID, secrets, inUse)
	var oldest SecretInfo
	for _, s := range secrets { // the oldest is first
		if !slices.Contains(using, s.ID) && (oldest.ID == "" || oldest.Active && !s.Active) {
			oldest = s
		}
	}
	return &connector.Error{
		Kind: ErrRefused,
		What: fmt.Sprintf("The service principal has %d OAuth secrets, as many as it can have.", len(secrets)), Cause: ErrTooManySecrets,
		Remedy: fmt.Sprintf("Delete one first. The oldest that no saved connection here is known to use is %s, made %s.", oldest.ID, day(oldest.Created)),
	}
}

func day(t time.Time) string {
	if t.IsZero() {
		return "on a day the workspace does not say"
	}
	return t.UTC().Format(time.DateOnly)
}
