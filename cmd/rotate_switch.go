package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// change tests a secret in every connection that has the old one, and only then puts it in its place.
func (r *rotation) change(ctx context.Context, secret connector.Secret, expires time.Time) error {
	next := make([]connector.Connection, len(r.sharing))
	for i, c := range r.sharing {
		c.Credentials.Secret, c.SecretExpires = secret, expires
		_, _ = fmt.Fprintf(r.out, "Testing %q with the new secret\n", c.Name)
		results, err := r.try(ctx, c)
		if err != nil {
			return err
		}
		c.Proof = proofOf(results, time.Now())
		next[i] = c
	}
	// A signal that arrives from here on waits: every connection is switched in one step, one after the other.
	ctx = context.WithoutCancel(ctx)
	for i, c := range next {
		saved, err := r.vault.Save(ctx, c)
		if err != nil {
			return err
		}
		r.sharing[i] = saved
		_, _ = fmt.Fprintf(r.out, "Switched %q to the new secret.\n", saved.Name)
	}
	r.saved = r.sharing[0]
	return nil
}

// try walks the ladder and fails unless the secret signs in as the same principal. What fails after that is not the secret's doing, since
// the old one has no other rights; it is said and kept as the proof.
func (r *rotation) try(ctx context.Context, c connector.Connection) ([]check.Result, error) {
	subject, err := r.subjectOf(c, r.flags.start)
	if err != nil {
		return nil, err
	}
	defer subject.Workspace.Close()
	results, err := r.walk(ctx, subject, check.All(), false)
	if err != nil {
		return nil, err
	}
	if err := r.conclude(c.Name, subject, results, nil, false); err != nil {
		return nil, err
	}
	signedIn := slices.ContainsFunc(results, func(res check.Result) bool { return res.Stage == "S07" && res.State == check.Passed })
	if !signedIn {
		_, _ = fmt.Fprintln(r.err, "The new secret does not sign in, so nothing was switched. The saved one stays.")
		if err := verdict(results); err != nil {
			return nil, err
		}
		return nil, &exitError{code: check.ExitAuth, quiet: true}
	}
	if now := subject.Principal.Name.Raw(); now != "" && !strings.EqualFold(now, principalOf(r.saved)) && principalOf(r.saved) != "" {
		return nil, usage(fmt.Sprintf("The new secret belongs to another principal, %s, so nothing was switched.", subject.Principal.Label()), "Make one for "+r.saved.Principal.Label()+".")
	}
	return results, nil
}

// finish goes on with the last rotation when its new secret is in place and its old one was not dealt with. It reports whether that was
// all there is to do.
func (r *rotation) finish(ctx context.Context) (bool, error) {
	if r.flags.anew || !r.unfinished() {
		return false, nil
	}
	plan, err := r.planRetire(ctx, "")
	switch {
	case errors.Is(err, admin.ErrInUse), err == nil && plan.Empty():
		return false, nil
	case err != nil && !errors.Is(err, admin.ErrAmbiguous):
		return false, err
	}
	_, _ = fmt.Fprintln(r.out, "The last rotation switched to the new secret, and the old one is still there. --new makes another one all the same.")
	return true, r.retire(ctx, "")
}

// unfinished reports whether the saved secret was made by a rotation after which no old one was deleted.
func (r *rotation) unfinished() bool {
	entries, err := r.journal.Entries()
	if err != nil {
		return false
	}
	for _, e := range slices.Backward(entries) {
		switch {
		case !r.concerns(e) || e.Event != admin.Done && e.Event != admin.Already:
		case e.Purpose == "retire secret":
			return false
		case e.Purpose == "rotate" && e.Kind == admin.CreateSecret:
			return e.Result.Fingerprint == r.saved.Credentials.Secret.Fingerprint()
		}
	}
	return false
}

func (r *rotation) planRetire(ctx context.Context, old string) (admin.Plan, error) {
	if r.flags.old != "" {
		old = r.flags.old
	}
	return r.session.PlanRetire(ctx, r.journal, admin.Retire{Principal: principalOf(r.saved), SecretID: old, InUse: r.inUse()})
}

// retire deletes the old secret after a second confirmation. Nothing is deleted that a saved connection may sign in with.
func (r *rotation) retire(ctx context.Context, old string) error {
	plan, err := r.planRetire(ctx, old)
	if errors.Is(err, admin.ErrAmbiguous) {
		what, remedy := connector.Words(err)
		_, err := fmt.Fprintf(r.out, "\nThe old secret still works in Databricks. %s %s Delete it with --old ID.\n", what, remedy)
		return err
	}
	if err != nil {
		return err
	}
	if unknown := r.handMade(); len(unknown) > 0 && old == "" && r.flags.old == "" {
		_, err := fmt.Fprintf(r.out, "\nThe old secret was kept: %s may sign in with it. Delete it with --old ID when it does not.\n", strings.Join(unknown, ", "))
		return err
	}
	if plan.Empty() {
		return nil
	}
	_, _ = fmt.Fprintln(r.out)
	r.sayPlan(plan)
	typed, err := r.second(plan)
	if err != nil || typed == "" {
		return err
	}
	confirmed, err := plan.Confirmed(typed)
	if err != nil {
		return err
	}
	if _, err := r.session.Apply(ctx, confirmed, r.journal); err != nil {
		return err
	}
	_, err = fmt.Fprintln(r.out, "Deleted the old secret. Access tokens that were made with it end within the hour.")
	return err
}

// handMade are the other connections of the principal whose secret was not made here, so that nobody knows its id.
func (r *rotation) handMade() []string {
	var out []string
	for _, c := range r.others {
		if r.idOf(c.Credentials.Secret) == "" {
			out = append(out, fmt.Sprintf("%q", c.Name))
		}
	}
	return out
}

// second is the confirmation to delete the old secret, empty to keep it.
func (r *rotation) second(plan admin.Plan) (string, error) {
	kept := fmt.Sprintf("The old secret was kept and still works. Delete it:  draftt-databricks rotate %q --delete-old", r.saved.Name)
	if r.flags.yes != "" {
		if r.flags.deleteOld {
			return r.flags.yes, nil
		}
		_, err := fmt.Fprintln(r.out, kept)
		return "", err
	}
	if !term.IsTerminal(r.in.Fd()) {
		_, err := fmt.Fprintln(r.out, kept)
		return "", err
	}
	typed, err := r.questions("Nothing here uses the old secret any more. Whatever else does stops working when it is deleted; kept, it still works.").Line(fmt.Sprintf("Delete the old secret? Type %s, or nothing to keep it", plan.Name), "")
	if err == nil && typed == "" {
		_, err = fmt.Fprintln(r.out, kept)
	}
	return typed, left(err)
}
