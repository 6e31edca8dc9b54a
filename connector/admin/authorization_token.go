package admin

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/words"
)

// NewToken is a token to be made.
type NewToken struct {
	For      string // a service principal, by any of its names; empty for who signed in
	Comment  string
	Lifetime time.Duration // 0: as long as the workspace allows
}

// PlanToken plans a new token. One that an interrupted run made and whose value nobody has is deleted first. The name to be typed is that of the
// owner. Errors are *connector.Error that are ErrRefused or authorization.ErrRefused.
func (s *Session) PlanToken(j *Journal, snapshot *authorization.Snapshot, want NewToken) (Plan, error) {
	past, err := j.history(s.host)
	if err != nil {
		return Plan{}, err
	}
	owner, path, err := s.ownerOf(snapshot, want)
	if err != nil {
		return Plan{}, err
	}
	p := s.newPlan(purposeToken, Target{ID: owner.ID, ApplicationID: connector.ClientID(owner.Name.Raw()), DisplayName: owner.Label()})
	p.Name = p.Target.Label()
	body := tokenBody{Comment: want.Comment, Lifetime: int64(want.Lifetime.Seconds())}
	if want.For != "" {
		body.ApplicationID = owner.Name.Raw()
	}
	var theirs []string
	var owned []authorization.Owned
	for _, o := range snapshot.Owned() {
		if o.Principal.ID == owner.ID {
			theirs, owned = append(theirs, o.ID), append(owned, o)
		}
	}
	if err := fits(snapshot.Settings, want, owner, len(theirs)); err != nil {
		return Plan{}, err
	}
	for _, id := range past.lostTokens(owner.ID, owned) {
		request := Request{Method: http.MethodDelete, Path: tokensPath + "/" + connector.PathSegment(id)}
		if snapshot.Limited {
			if request, err = withBody(http.MethodPost, "/api/2.0/token/delete", map[string]string{"token_id": id}); err != nil {
				return Plan{}, err
			}
		}
		err := p.add(Change{
			Kind: DeleteToken, Object: "token " + id + " of " + owner.Label(), Before: "made by a run that was interrupted; nobody has its value", After: "deleted",
			Undo: cannotBringBack, Why: "Nothing can sign in with it.", subject: subject{request: &request},
		})
		if err != nil {
			return Plan{}, err
		}
	}
	request, err := withBody(http.MethodPost, path, body)
	if err != nil {
		return Plan{}, err
	}
	return p, p.add(Change{
		Kind: CreateToken, Object: "token of " + owner.Label(), Before: words.Count(len(theirs), "token"), After: "one more, " + lasting(want.Lifetime, snapshot.Settings),
		Undo: "Delete the token.", Why: "Its value is given once.", subject: subject{request: &request, known: theirs},
	})
}

// maxTokens is how many tokens one principal can have, a quota of Databricks.
const maxTokens = 600

// fits refuses a token that the workspace would refuse.
func fits(set authorization.Settings, want NewToken, owner authorization.Principal, has int) error {
	longest := maxSecretLife
	if set.MaxDays > 0 {
		longest = min(longest, time.Duration(set.MaxDays)*24*time.Hour)
	}
	switch {
	case want.Lifetime > longest:
		return &connector.Error{Kind: ErrRefused, What: fmt.Sprintf("A token lasts at most %s in this workspace.", words.Count(int(longest.Hours()/24), "day")), Remedy: "Give fewer days."}
	case has >= maxTokens:
		return &connector.Error{Kind: ErrRefused, What: fmt.Sprintf("%s has %d tokens, and no more are possible.", owner.Label(), has), Remedy: "Delete one that is not used any more."}
	}
	return nil
}

func lasting(life time.Duration, set authorization.Settings) string {
	switch {
	case life > 0:
		return "which lasts " + words.Span(life)
	case set.MaxDays > 0:
		return fmt.Sprintf("which lasts %d days, the longest that the workspace allows", set.MaxDays)
	}
	return "which lasts two years, the longest there is"
}

type tokenBody struct {
	ApplicationID string `json:"application_id,omitempty"`
	Comment       string `json:"comment,omitempty"`
	Lifetime      int64  `json:"lifetime_seconds,omitempty"`
}

// ownerOf is who a new token is for, and the path of the request.
func (s *Session) ownerOf(snapshot *authorization.Snapshot, want NewToken) (owner authorization.Principal, path string, err error) {
	if snapshot.Settings.Known && !snapshot.Settings.Enabled {
		return owner, "", &connector.Error{Kind: ErrRefused, What: "Personal access tokens are switched off in this workspace.", Remedy: "Switch them on first, in Settings › Advanced or with tokens settings."}
	}
	if want.For == "" {
		owner := authorization.Principal{ID: s.me.ID, Name: s.me.Name, DisplayName: s.me.DisplayName, Active: true}
		if s.me.IsServicePrincipal() {
			owner.Kind = authorization.ServicePrincipal
		}
		return owner, "/api/2.0/token/create", nil
	}
	if err := mustManage(snapshot, authorization.CreateOnBehalf); err != nil {
		return owner, "", err
	}
	owner, err = snapshot.Directory.Find(want.For)
	if err != nil {
		return owner, "", err //nolint:wrapcheck // it has words of its own
	}
	switch {
	case owner.Kind != authorization.ServicePrincipal:
		return owner, "", &connector.Error{Kind: ErrRefused, What: "A token can be made on behalf of a service principal alone, and " + owner.Label() + " is a " + owner.Kind.Noun() + ".", Remedy: "Have them make it themselves."}
	case !snapshot.NoList && snapshot.Of(owner).Level < authorization.CanUse:
		return owner, "", &connector.Error{Kind: ErrRefused, What: owner.Label() + " has no permission to use personal access tokens.", Remedy: "Grant it Can Use first."}
	}
	return owner, "/api/2.0/token-management/on-behalf-of/tokens", nil
}

// lostTokens are the tokens of an owner that an interrupted step made, of those that there are: made when the step was, with its comment. Anything
// else is somebody's own, and in use.
func (h history) lostTokens(owner connector.SCIMID, there []authorization.Owned) (lost []string) {
	of := func(kind Kind) func(Entry) bool {
		return func(e Entry) bool { return e.Kind == kind && e.Target.ID == owner }
	}
	start, open := h.openEnd(of(CreateToken), func(e Entry) bool { return of(CreateToken)(e) || of(DeleteToken)(e) })
	if !open {
		return nil
	}
	var asked tokenBody
	if json.Unmarshal(start.Request.Body, &asked) != nil {
		return nil
	}
	for _, o := range there {
		if !slices.Contains(start.Known, o.ID) && o.Comment.Raw() == asked.Comment && o.Created.Sub(start.At).Abs() < sameTime {
			lost = append(lost, o.ID)
		}
	}
	if len(lost) != 1 { // somebody else made one meanwhile, so none is told apart
		return nil
	}
	return lost
}
