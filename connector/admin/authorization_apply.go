package admin

import (
	"context"
	"errors"
	"fmt"
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
	if planned == nil {
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

// compare holds the workspace against what was planned, once it was changed.
func (r *run) compare(ctx context.Context, c Change) {
	planned := r.plan.Authorization
	if planned == nil {
		return
	}
	now, err := r.session.Authorization(ctx, planned.Object)
	if err != nil {
		r.out.Differs = append(r.out.Differs, "What became of it could not be read: "+connector.Said(err, 200)+".")
		return
	}
	if !now.ACL.Same(planned.After) {
		r.out.Differs = append(r.out.Differs, "The list is not as planned: "+difference(planned.After, now.ACL)+".")
	}
	there := map[string]bool{}
	for _, t := range now.Tokens {
		there[t.ID] = true
	}
	alive := 0
	for _, o := range planned.Effect.Dying {
		if there[o.ID] {
			alive++
		}
	}
	if alive > 0 {
		r.out.Differs = append(r.out.Differs, fmt.Sprintf("%s that were to be deleted are there still.", words.Count(alive, "token")))
	}
}
