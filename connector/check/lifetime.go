package check

import (
	"context"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// ExitExpiring is the exit code of a secret or token that has ended or is about to.
const ExitExpiring = 60

// How long before its end a secret is renewed, and how long before that the days are worth a word.
const (
	renewWithin = 7 * 24 * time.Hour
	speakWithin = 30 * 24 * time.Hour
)

// lifetime looks how long the credentials will still be good. The workspace tells a connector the ends of its own tokens; the ends of its
// OAuth secrets show to admins alone, and are known only where one wrote them down.
func lifetime(ctx context.Context, s *Subject, _ func(string)) Result {
	if !s.SecretExpires.IsZero() {
		return endsAt(s.SecretExpires, s.now(), s.Workspace.Method())
	}
	if s.Workspace.Method() != connector.PAT {
		return unknown("a secret's expiry shows only to an admin")
	}
	tokens, err := s.Workspace.OwnTokens(ctx)
	if err != nil {
		result := unknown("the workspace does not show the token's expiry")
		result.Detail = said(err)
		return result
	}
	return tokenEnds(tokens, s.now())
}

// tokenEnds judges a list of tokens of which one is in use. Nothing tells which: the list has no part of the value. Where all end late, or
// all soon, that does not matter.
func tokenEnds(tokens []workspace.Token, now time.Time) Result {
	live := make([]workspace.Token, 0, len(tokens))
	for _, t := range tokens {
		if t.Expires.IsZero() || t.Expires.After(now) { // the one in use was just accepted
			live = append(live, t)
		}
	}
	if len(live) == 0 {
		return unknown("the workspace lists no token of this principal")
	}
	first, last := live[0], live[0]
	for _, t := range live[1:] {
		if sooner(t, first) {
			first = t
		}
		if sooner(last, t) {
			last = t
		}
	}
	if len(live) == 1 || !ends(first, now, renewWithin) || ends(last, now, renewWithin) {
		if first.Expires.IsZero() {
			return passed("no token of this principal ends")
		}
		result := endsAt(first.Expires, now, connector.PAT)
		if len(live) > 1 {
			result.Evidence += fmt.Sprintf(", the first of %s", words.Count(len(live), "token"))
		}
		return result
	}
	return unknown(fmt.Sprintf("one of %s ends in %s; which is in use does not show", words.Count(len(live), "token"), words.InOneUnit(first.Expires.Sub(now))))
}

func sooner(a, b workspace.Token) bool {
	return !a.Expires.IsZero() && (b.Expires.IsZero() || a.Expires.Before(b.Expires))
}

func ends(t workspace.Token, now time.Time, within time.Duration) bool {
	return !t.Expires.IsZero() && t.Expires.Sub(now) <= within
}

// endsAt judges credentials whose end is known.
func endsAt(end, now time.Time, method connector.AuthMethod) Result {
	left := end.Sub(now)
	days := words.Count(int(left.Hours()/24), "day") + " left"
	f := findingOf("expiring")
	f.Reason = fmt.Sprintf("The %s ends on %s.", method.Label(), end.UTC().Format("2 January 2006"))
	f.Remedy.Text = fmt.Sprintf("Create a new %s and save it in this connection before then.", method.Label())
	switch {
	case left <= 0:
		f.Pattern = "expired"
		f.Reason = fmt.Sprintf("The %s ended on %s.", method.Label(), end.UTC().Format("2 January 2006"))
		f.Remedy.Text = fmt.Sprintf("Create a new %s and save it in this connection.", method.Label())
		return failed(f, "ended "+words.InOneUnit(-left)+" ago")
	case left <= renewWithin:
		return failed(f, days)
	case left <= speakWithin:
		return passed(days + "; renew it soon")
	}
	return passed(days)
}
