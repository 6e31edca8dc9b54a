package admin

import (
	"context"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Admin reports whether whoever is signed in is a workspace admin. Others have a view that only reads.
func (s *Session) Admin() bool {
	_, is, _ := grants.Self(s.me).Admin()
	return is
}

// Refusal is what whoever is signed in is told where an act takes a workspace admin and they are none, with whom to ask. doing is the act, as a sentence
// begins with it.
func (s *Session) Refusal(ctx context.Context, doing string) error { return s.refusal(ctx, doing, nil) }

func (s *Session) refusal(ctx context.Context, doing string, cause error) error {
	return &connector.Error{Kind: ErrRefused, Cause: cause, What: doing + " takes a workspace admin, and " + s.me.Label() + " is none. Nothing was changed.", Remedy: s.Whom(ctx)}
}

// Whom says whom to ask where something takes a workspace admin.
func (s *Session) Whom(ctx context.Context) string { return whom(s.admins(ctx)) }

// Refused has words for an answer that refuses an act to who is no workspace admin: what it takes, and who could do it. Every other error passes.
func (s *Session) Refused(ctx context.Context, err error, doing string) error {
	if !withheld(err) || s.Admin() {
		return err
	}
	return s.refusal(ctx, doing, err)
}

// admins are the workspace admins, as far as the group is shown.
func (s *Session) admins(ctx context.Context) (names []string) {
	for r, err := range s.resources(ctx, groupsPath, `displayName eq "`+authorization.Admins+`"`) {
		if err != nil {
			break // whoever is not shown the group asks any workspace admin
		}
		if strings.EqualFold(r.DisplayName, authorization.Admins) {
			for _, m := range r.Members {
				names = append(names, connector.Known().Remote(connector.KindUser, m.Display).String())
			}
		}
	}
	return names
}

// mostWhom are how many admins are named.
const mostWhom = 3

// whom says whom to ask, of these.
func whom(admins []string) string {
	if len(admins) == 0 {
		return "Ask a workspace admin, somebody of the group admins."
	}
	return "Somebody of the group admins can: " + strings.Join(admins[:min(mostWhom, len(admins))], ", ") + "."
}
