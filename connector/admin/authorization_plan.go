package admin

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/words"
)

// The purposes of plans about tokens and passwords.
const (
	purposePermissions = "permissions"
	purposeRevoke      = "revoke tokens"
	purposeToken       = "create token"
	purposeSettings    = "token settings"
)

// cannotBringBack is what is said of tokens wherever they are deleted.
const cannotBringBack = "A deleted token cannot be brought back; its owner makes a new one."

// Refusal is what somebody is told who is no workspace admin, with whom to ask.
func Refusal(s *authorization.Snapshot, act authorization.Act) error {
	return &connector.Error{Kind: ErrRefused, What: act.Refused(s.Me.Label()), Remedy: whom(s.Admins)}
}

func mustManage(s *authorization.Snapshot, act authorization.Act) error {
	if !s.Limited {
		return nil
	}
	return Refusal(s, act)
}

// PlanPermissions plans a change of the permissions on tokens or passwords. Where it takes something away, the whole list is written, with the
// group admins as it is, and the plan lists everybody who loses access and every token that is deleted; their number is the name to be typed.
// A list that is as wanted makes an empty plan. Errors are *connector.Error that are ErrRefused or authorization.ErrRefused.
func (s *Session) PlanPermissions(snapshot *authorization.Snapshot, want authorization.Want) (Plan, error) {
	if err := mustManage(snapshot, authorization.Changing(snapshot.Object)); err != nil {
		return Plan{}, err
	}
	change, err := snapshot.Plan(want)
	if err != nil {
		return Plan{}, err //nolint:wrapcheck // it has words of its own
	}
	p := s.newPlan(purposePermissions, Target{})
	p.Target.DisplayName, p.Name, p.counted, p.Authorization = "the permissions on "+change.Object.Noun(), change.Confirm(), true, &change
	p.Kept = append(p.Kept, staying(change)...)
	if change.Empty() {
		return p, nil
	}
	step := Change{
		Kind: AddPermissions, Object: "permissions on " + change.Object.Noun(), Before: short(change.Before), After: short(change.After),
		Undo: "Take Can Use away again.", Why: "They are given Can Use.",
		subject: subject{request: &Request{change.Method, snapshot.Path(), change.Body}, known: change.Before.Texts()},
	}
	if change.Replaces {
		step.Kind, step.Why = ReplacePermissions, "Nothing but writing the whole list takes a permission away."
		step.Undo = "Write the list from the rollback file."
		if change.Object == authorization.Tokens {
			step.Undo += " " + cannotBringBack
		}
	}
	for _, group := range change.Effect.Unseen {
		p.warn("The group %s has members that this workspace does not tell of. They may lose access too, and their tokens are not among those listed.", group.Label())
	}
	if change.Replaces {
		for _, group := range change.Effect.Veiled {
			p.warn("The group %s keeps access and has members that this workspace does not tell of. Whoever is in it loses nothing, and keeps their tokens, although they may be listed.", group.Label())
		}
	}
	return p, p.add(step)
}

// staying are the lines of a list that a plan leaves.
func staying(change authorization.Plan) []string { return change.After.Without(change.Given).Texts() }

// mostLines are how many lines of a list a sentence has.
const mostLines = 6

func short(list authorization.ACL) string {
	if len(list) == 0 {
		return "nobody"
	}
	return some(list.Texts())
}

// some are the first of many in a sentence.
func some(texts []string) string {
	if rest := len(texts) - mostLines; rest > 0 {
		texts = append(texts[:mostLines:mostLines], fmt.Sprintf("and %d more", rest))
	}
	return strings.Join(texts, "; ")
}

// PlanRevoke plans to delete tokens. Their number is the name to be typed. One that the session may have signed in with is refused unless insist
// is set, with an *connector.Error that is ErrOwnToken.
func (s *Session) PlanRevoke(snapshot *authorization.Snapshot, tokens []authorization.Owned, insist bool) (Plan, error) {
	p := s.newPlan(purposeRevoke, Target{DisplayName: words.Count(len(tokens), "personal access token")})
	p.Name, p.counted = strconv.Itoa(len(tokens)), true
	for _, o := range tokens {
		mine := snapshot.Mine(o)
		if mine && snapshot.ByToken && !insist {
			return Plan{}, &connector.Error{
				Kind: ErrRefused, Cause: ErrOwnToken, What: "This session may have signed in with the token " + o.ID + ", which belongs to " + snapshot.Me.Label() + ".",
				Remedy: "Sign in with another credential, or insist.",
			}
		}
		request := Request{Method: http.MethodDelete, Path: tokensPath + "/" + connector.PathSegment(o.ID)}
		if snapshot.Limited {
			if !mine {
				return Plan{}, mustManage(snapshot, authorization.RevokeAny)
			}
			var err error
			if request, err = withBody(http.MethodPost, "/api/2.0/token/delete", map[string]string{"token_id": o.ID}); err != nil {
				return Plan{}, err
			}
		}
		err := p.add(Change{
			Kind: DeleteToken, Object: "token " + o.ID + " of " + o.Principal.Label(), Before: tokenText(o), After: "deleted",
			Undo: cannotBringBack, Why: "What signs in with it no longer can.", subject: subject{request: &request},
		})
		if err != nil {
			return Plan{}, err
		}
	}
	return p, nil
}

// TokenText is a token with its owner, as a line.
func TokenText(o authorization.Owned) string { return o.Principal.Label() + ": " + tokenText(o) }

// TokenTexts are tokens as lines, those that would read the same with their IDs.
func TokenTexts(tokens []authorization.Owned) []string {
	same, out := map[string]int{}, make([]string, len(tokens))
	for i, o := range tokens {
		out[i] = TokenText(o)
		same[out[i]]++
	}
	for i, o := range tokens {
		if same[out[i]] > 1 {
			out[i] += ", token ID " + o.ID
		}
	}
	return out
}

// tokenText is a token in a sentence.
func tokenText(o authorization.Owned) string {
	text := "made " + day(o.Created) + ", never used"
	if !o.LastUsed.IsZero() {
		text = "made " + day(o.Created) + ", last used " + day(o.LastUsed)
	}
	if comment := o.Comment.String(); comment != "" {
		text = comment + ", " + text
	}
	if o.Expires.IsZero() {
		return text + ", without an end"
	}
	if o.Has(authorization.Ended) {
		return text + ", ended " + day(o.Expires)
	}
	return text + ", ends " + day(o.Expires)
}
