package cmd

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/words"
)

// change tests a secret in every connection that has the old one, and only then puts it in its place.
func (r *rotation) change(ctx context.Context, secret connector.Secret, expires time.Time) error {
	tests, err := r.Given(secret, expires)
	if err != nil {
		return err
	}
	defer func() {
		for _, t := range tests {
			t.Close()
		}
	}()
	for _, t := range tests {
		_, _ = fmt.Fprintln(r.app.out, saved.TestingNew(t.Saved))
		if err := r.try(ctx, t); err != nil {
			return err
		}
	}
	return r.Switch(ctx, func(c connector.Connection) {
		_, _ = fmt.Fprintln(r.app.out, saved.Switched(c))
	})
}

// try walks the ladder with the new secret, and says why it cannot be taken.
func (r *rotation) try(ctx context.Context, t *setup.Test) error {
	results, err := r.app.climb(ctx, t.Attempt, false)
	if err != nil {
		return err
	}
	if err := r.app.conclude(t.Saved.Name, t, results, nil, false); err != nil {
		return err
	}
	err = r.Judge(t, results)
	if errors.Is(err, setup.ErrNotSwitched) {
		_, _ = fmt.Fprintln(r.app.err, connector.Sentence(err))
		return cmp.Or(verdict(results), error(&exitError{code: check.ExitAuth, quiet: true}))
	}
	return err
}

// retire deletes the old secret after a second confirmation.
func (r *rotation) retire(ctx context.Context) error {
	old, err := r.PlanRetire(ctx)
	switch {
	case err != nil:
		return err
	case old.Kept != "":
		_, err := fmt.Fprintf(r.app.out, "\n%s Once it is clear that nobody uses it, delete it with --old ID.\n", old.Kept)
		return err
	case old.Plan.Empty():
		return nil
	}
	plan := old.Plan
	_, _ = fmt.Fprintln(r.app.out)
	r.app.desk().Plan(plan)
	typed, err := r.second(plan)
	if err != nil || typed == "" {
		return err
	}
	confirmed, err := plan.Confirmed(typed)
	if err != nil {
		return err
	}
	if _, err := r.Make(ctx, confirmed, admin.Watch{}); err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.app.out, saved.OldSecretDeleted)
	return err
}

// second is the confirmation to delete the old secret, empty to keep it.
func (r *rotation) second(plan admin.Plan) (string, error) {
	kept := fmt.Sprintf("%s Delete it:  draftt-databricks rotate %s --delete-old", saved.OldSecretKept, words.CommandArgument(r.saved.Name))
	if r.flags.yes != "" && r.flags.deleteOld {
		return r.flags.yes, nil
	}
	if r.flags.yes != "" || !r.app.asks() {
		_, err := fmt.Fprintln(r.app.out, kept)
		return "", err
	}
	typed, err := r.app.questions(saved.OldSecretUnused).Line(fmt.Sprintf("Delete the old secret? Type %s, or nothing to keep it", plan.Name), "")
	if err == nil && typed == "" {
		_, err = fmt.Fprintln(r.app.out, kept)
	}
	return typed, left(err)
}

// oauth is saved.ToOAuth, for where a connection is called saved.
var oauth = saved.ToOAuth

func (r *rotation) tokenStays() error { return r.app.say("%s", saved.TokenStays(r.saved)) }
