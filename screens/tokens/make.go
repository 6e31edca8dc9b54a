package tokens

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

const makeTitle = "Make a token of your own"

// make asks what a token of one's own is for and how long it lasts, and plans it. Whoever may use tokens may make one.
func (s *Screen) make() (ui.Move, tea.Cmd) {
	comment, days := "", ""
	return ui.Open(ui.NewFormPanel(s.Theme, ui.FormContent{
		Title: makeTitle, Text: "It is " + s.seen.Me.Label() + "'s. Its value is given once.", Does: "plan it", Leave: "not now",
		Form: ui.NewForm(
			ui.FormField{Input: ui.NewHuhText(s.Theme, "Comment", "what the token is for", &comment)},
			ui.FormField{Input: ui.NewHuhText(s.Theme, "Lasts", "in days; empty for the longest allowed", &days), Problem: func() error { _, err := parseDays(days); return err }},
		),
		Done: func() (ui.Move, tea.Cmd) {
			lasts, _ := parseDays(days) // the form has judged it
			want := admin.NewToken{Comment: comment, Lifetime: time.Duration(lasts) * 24 * time.Hour}
			return ui.Close().Then(ui.Open(s.making(want))), nil
		},
	})), nil
}

// making is the panel with the plan of a token.
func (s *Screen) making(want admin.NewToken) ui.Panel {
	session, object, env := s.Session(), s.object, s.Env
	return s.Plan(panels.PlanContent[admin.Outcome]{
		Title: makeTitle, Done: s.made,
		Make: func(ctx context.Context) (admin.Plan, error) {
			j, err := env.Journal()
			if err != nil {
				return admin.Plan{}, err //nolint:wrapcheck // the panel names its cause
			}
			now, err := session.Authorization(ctx, object)
			if err != nil {
				return admin.Plan{}, err //nolint:wrapcheck // the panel names its cause
			}
			return session.PlanToken(j, now, want) //nolint:wrapcheck // it has words of its own
		},
	})
}

// made hands over the value of a token, and reads all of it anew beneath.
func (s *Screen) made(out admin.Outcome) (ui.Move, tea.Cmd) {
	s.Say("The token was made. "+s.Env.JournalSays(), false)
	return ui.Close().Then(ui.Open(newValue(s.Theme, out))), s.Look()
}

// ofTokens reports that the screen is about tokens.
func (s *Screen) ofTokens() bool { return s.object == authorization.Tokens }
