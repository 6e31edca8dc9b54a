package partner

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/words"
)

// State is how far a step of a move is.
type State string

// The states: a step is done, it is the one to do now, it waits for something that shows by itself, or it comes later.
const (
	Done    State = "done"
	Now     State = "now"
	Waiting State = "waiting"
	Later   State = "later"
)

// Step is one step of a move.
type Step struct {
	Title string
	State State
	Says  string // what was seen, or what to do; a sentence
}

// Move is the way of a service principal from personal access tokens to an OAuth secret, as far as the workspace shows it. There is no gap: the
// tokens stay until they fall idle, and only then is there a plan to delete them.
type Move struct {
	Principal admin.ServicePrincipal
	Steps     []Step
	Plan      admin.Plan // the deletion of the tokens that fell idle; empty before
}

// doingMove is a move, as a refusal begins with it.
const doingMove = "Moving a service principal to OAuth"

// UsualIdle is for how many days a token has to be unused before its deletion is planned: a weekly sync shows within it.
const UsualIdle = 8

// MoveToOAuth looks how far the move of a service principal is. idle is for how many days a token must not have been used; now is the time. saved
// are the connections saved here, of which one may still sign in with a token. Everything is seen in the workspace, so it can be run at any time, by
// anybody, and after any interruption. Errors are those of admin.Session.Find and of the network.
func MoveToOAuth(ctx context.Context, s *admin.Session, principal string, idle int, now time.Time, saved []connector.Connection) (Move, error) {
	p, err := s.Find(ctx, principal)
	if err != nil {
		return Move{}, fmt.Errorf("move to OAuth: %w", err)
	}
	all, err := s.Tokens(ctx)
	if err != nil {
		return Move{}, fmt.Errorf("move to OAuth: %w", s.Refused(ctx, err, doingMove))
	}
	secrets, err := s.Secrets(ctx, p.ID)
	if err != nil {
		return Move{}, fmt.Errorf("move to OAuth: %w", s.Refused(ctx, err, doingMove))
	}
	m := moving{out: Move{Principal: p}, idle: idle, now: now}
	m.tokens = slices.DeleteFunc(all, func(t authorization.Token) bool { return !p.Owns(t) })
	m.secrets = slices.DeleteFunc(secrets, func(i admin.SecretInfo) bool { return !i.Active || !i.Expires.IsZero() && i.Expires.Before(now) })
	for _, c := range saved {
		if c.Host.Same(s.Host()) && strings.EqualFold(c.Principal.Name.Raw(), string(p.ApplicationID)) {
			m.saved = append(m.saved, c)
		}
	}
	m.walk()
	if m.out.Plan, err = s.PlanReset(admin.Reset{
		Purpose: "move to OAuth", Name: p.Principal().Label(), Target: admin.Target{ID: p.ID, ApplicationID: p.ApplicationID, DisplayName: p.DisplayName.Raw()}, Tokens: m.falling,
		Kept: []string{"service principal " + p.DisplayName.String() + ", its OAuth secrets and everything that it may do"},
	}); err != nil {
		return Move{}, fmt.Errorf("move to OAuth: %w", err)
	}
	return m.out, nil
}

type moving struct {
	out     Move
	tokens  []authorization.Token
	secrets []admin.SecretInfo
	saved   []connector.Connection
	idle    int
	now     time.Time
	falling []authorization.Token // those that may go
}

func (m *moving) step(title string, state State, says string) {
	m.out.Steps = append(m.out.Steps, Step{title, state, says})
}

// The steps of a move.
const (
	stepCreate = "Create an OAuth secret"
	stepProve  = "Prove that it signs in"
	stepSwitch = "Switch to it"
	stepIdle   = "Watch the tokens fall idle"
	stepRevoke = "Revoke the tokens"
)

func (m *moving) walk() {
	if len(m.tokens) == 0 && len(m.secrets) > 0 {
		m.step(stepCreate, Done, "It has an OAuth secret.")
		m.step(stepProve, Now, "Whether anybody signed in with it is not seen from here: have the partner test its connection.")
		for _, title := range []string{stepSwitch, stepIdle, stepRevoke} {
			m.step(title, Done, "It has no personal access token.")
		}
		return
	}
	if len(m.secrets) == 0 {
		m.create()
		return
	}
	newest := m.secrets[len(m.secrets)-1]
	m.step(stepCreate, Done, "OAuth secret "+newest.ID+" was made "+day(newest.Created)+".")
	if byToken := m.byToken(); len(byToken) > 0 {
		m.step(stepProve, Now, "rotate "+words.CommandArgument(byToken[0])+" --to-oauth tests a new secret as the connector before anything is switched.")
		m.step(stepSwitch, Now, "The same command switches "+strings.Join(byToken, ", ")+" to it.")
	} else if len(m.saved) > 0 {
		m.step(stepProve, Done, "The saved connections sign in with OAuth, and were tested before they were switched.")
		m.step(stepSwitch, Done, "No connection that is saved here signs in with a token.")
	} else {
		m.step(stepProve, Now, "Have the partner test its connection. It cannot be tested from here, since nobody can read the secret.")
		m.step(stepSwitch, Now, "Enter the application ID "+m.out.Principal.ApplicationID.String()+" and the secret in the partner's settings, if that is not done.")
	}
	m.watch(newest)
}

func (m *moving) create() {
	says := "Make one in Databricks, in the page of the service principal under Secrets, and keep it for the partner's settings: it is shown once."
	if byToken := m.byToken(); len(byToken) > 0 {
		says = "rotate " + words.CommandArgument(byToken[0]) + " --to-oauth makes it, tests it and switches to it."
	}
	if m.out.Principal.EntraManaged {
		says = "Microsoft Entra ID manages this service principal: make its client secret there."
	}
	m.step(stepCreate, Now, says)
	for _, title := range []string{stepProve, stepSwitch, stepIdle, stepRevoke} {
		m.step(title, Later, "After the step before it.")
	}
}

// byToken are the names of the saved connections that sign in with a token.
func (m *moving) byToken() (names []string) {
	for _, c := range m.saved {
		if c.Credentials.Method == connector.PAT {
			names = append(names, c.Name)
		}
	}
	return names
}

// watch looks at the last day on which each token was used. A token goes when that is before the newest secret was made and long enough ago.
func (m *moving) watch(newest admin.SecretInfo) {
	var busy []string
	for _, t := range m.tokens {
		var from time.Time
		if !t.LastUsed.IsZero() {
			from = t.IdleSince(m.now)
		}
		if newest.Created.After(from) {
			from = newest.Created // before which nobody could switch, so that a token that was never used waits too
		}
		if from.IsZero() {
			from = m.now // nothing tells how long it has been idle
		}
		switch left := authorization.DaysLeft(from.AddDate(0, 0, m.idle).Sub(m.now)); {
		case left <= 0:
			m.falling = append(m.falling, t)
		default:
			busy = append(busy, "token "+tokenName(t)+", "+lastUsed(t.LastUsed)+", in "+words.Count(left, "day"))
		}
	}
	if len(m.byToken()) > 0 {
		busy, m.falling = append(busy, "a connection that is saved here signs in with a token"), nil
	}
	switch {
	case len(busy) > 0:
		m.step(stepIdle, Waiting, "Look again: "+strings.Join(busy, "; ")+".")
	default:
		m.step(stepIdle, Done, fmt.Sprintf("No token was used in the last %s.", words.Count(m.idle, "day")))
	}
	if len(m.falling) > 0 && len(busy) == 0 {
		m.step(stepRevoke, Now, words.Count(len(m.falling), "token")+" can go: run it again with --revoke.")
		return
	}
	m.falling = nil
	m.step(stepRevoke, Later, "When every token has fallen idle.")
}
