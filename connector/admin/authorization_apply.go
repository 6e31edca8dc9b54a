package admin

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/outfile"
	"github.com/draftt-io/draftt-databricks/words"
)

// tokenAnswer is what is used of the answer to a new token.
type tokenAnswer struct {
	Value string `json:"token_value"`
	Token struct {
		ID      string `json:"token_id"`
		Expires int64  `json:"expiry_time"`
	} `json:"token_info"`
}

// guard looks before a list of permissions is written whether everything is as it was planned. It reports whether the list is as planned
// already, as after an interruption. Anything else than before and after is somebody else's change, which is not overwritten: the error is an
// *connector.Error that is ErrChanged.
func (r *run) guard(ctx context.Context, c Change) (already bool, err error) {
	planned := r.plan.Authorization
	switch {
	case r.plan.settings != nil:
		return r.guardSettings(ctx)
	case planned == nil:
		return false, nil
	}
	now, err := r.session.Authorization(ctx, planned.Object)
	if err != nil {
		return false, err
	}
	if now.ACL.Same(planned.After) {
		return true, nil
	}
	if !now.ACL.Same(planned.Before) {
		return false, changed("The list of permissions is not as it was when this was planned: " + difference(planned.Before, now.ACL) + ".")
	}
	again, err := now.Plan(planned.Want())
	if err != nil || !again.After.Same(planned.After) || !again.Effect.Same(planned.Effect) {
		return false, changed("Who loses access, or which tokens are deleted, is not as it was when this was planned.")
	}
	r.before = now
	if c.Kind == ReplacePermissions {
		r.out.Rollback, err = r.keepList()
	}
	return false, err
}

// keepList writes the list as it is into a file beside the journal, once for each plan.
func (r *run) keepList() (string, error) {
	path := filepath.Join(filepath.Dir(r.journal.path), "rollback-"+r.plan.ID+".json")
	text, err := r.plan.Authorization.Rollback(r.plan.Host.String(), r.journal.now())
	if err != nil {
		return "", err //nolint:wrapcheck // it says what it is
	}
	if err := outfile.Create(path, text); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", &connector.Error{Kind: ErrRefused, Cause: err, What: "The list as it is could not be kept: " + outfile.Reason(err) + ". Nothing was changed.", Remedy: "Make room beside the journal, then plan again."}
	}
	return path, nil
}

func changed(what string) error {
	return &connector.Error{Kind: ErrRefused, Cause: ErrChanged, What: what + " Nothing was changed.", Remedy: "Plan again and look at it anew."}
}

// difference is how one list differs from another, in words.
func difference(was, is authorization.ACL) string {
	more, less := is.Sorted().Without(was), was.Sorted().Without(is)
	switch {
	case len(less) == 0:
		return "there is also " + short(more)
	case len(more) == 0:
		return "there is no longer " + short(less)
	}
	return "there is also " + short(more) + ", and no longer " + short(less)
}

// compare holds the workspace against what was planned, once it was changed, and writes down how it differs: the list, everybody's access, and the
// tokens that went or stayed. A token that was made between the last look and the request, and went with it, was never seen.
func (r *run) compare(ctx context.Context, i int) error {
	planned := r.plan.Authorization
	if planned == nil || r.before == nil {
		return nil
	}
	now, err := r.session.Authorization(ctx, planned.Object)
	if err != nil {
		r.out.Differs = append(r.out.Differs, "What became of it could not be read: "+connector.Said(err, 200)+".")
	} else {
		r.out.Differs = append(r.out.Differs, surprises(planned, r.before, now)...)
	}
	if len(r.out.Differs) == 0 {
		return nil
	}
	e := r.entry(i, Differs)
	e.Differs = r.out.Differs
	return r.journal.append(e)
}

// surprises says how a workspace differs after a plan from what the plan made of that before it.
func surprises(planned *authorization.Plan, before, now *authorization.Snapshot) (out []string) {
	if !now.ACL.Same(planned.After) {
		out = append(out, "The list is not as planned: "+difference(planned.After, now.ACL)+".")
	}
	there, doomed := map[string]bool{}, map[string]bool{}
	for _, t := range now.Tokens {
		there[t.ID] = true
	}
	alive := 0
	for _, o := range planned.Effect.Dying {
		doomed[o.ID] = true
		if there[o.ID] {
			alive++
		}
	}
	if alive > 0 {
		out = append(out, words.Plural(alive, "token that was to be deleted is there still", "tokens that were to be deleted are there still")+".")
	}
	var gone []string
	for _, o := range before.Owned() {
		if !there[o.ID] && !doomed[o.ID] {
			gone = append(gone, o.ID+" of "+o.Principal.Label())
		}
	}
	if len(gone) > 0 {
		out = append(out, words.Plural(len(gone), "token is gone that was not to be deleted", "tokens are gone that were not to be deleted")+": "+some(gone)+".")
	}
	return append(out, otherLevels(planned, before, now)...)
}

// otherLevels says who has another level than the list that was planned would have given them a moment before.
func otherLevels(planned *authorization.Plan, before, now *authorization.Snapshot) (out []string) {
	type name struct {
		kind authorization.Kind
		name string
	}
	meant := *before
	meant.ACL = planned.After
	want := map[name]authorization.Level{}
	for _, e := range meant.Levels() {
		want[name{e.Principal.Kind, e.Principal.Name.Raw()}] = e.Level
	}
	var others []string
	for _, e := range now.Levels() {
		if level, known := want[name{e.Principal.Kind, e.Principal.Name.Raw()}]; known && level != e.Level {
			others = append(others, e.Principal.Label()+" has "+e.Level.String()+" in place of "+level.String())
		}
	}
	if len(others) > 0 {
		out = append(out, "Access is not as planned: "+some(others)+".")
	}
	return out
}
