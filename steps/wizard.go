package steps

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/prerequisites"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Wizard is a set-up as five screens, and one that comes after Save.
type Wizard struct {
	*setup.Setup
	theme      *ui.Theme
	tell       func(event string) // nil: nobody keeps a record
	background context.Context    // the program's own, for work that outlives a step
	watch      warehouseWatch
	on         *recorded // the step that is on, where a record is kept
	onwards    Onward
	connect    *connect
}

// NewWizard makes the screens of a set-up. tell hears every event in words: steps entered, what was chosen, what was asked for, results.
// Nothing that is typed is told before it was taken as an answer, and a secret never. It may be nil.
func NewWizard(s *setup.Setup, theme *ui.Theme, tell func(event string)) *Wizard {
	return &Wizard{Setup: s, theme: theme, tell: tell}
}

// Onward is where the person went on to, once the shell has finished.
func (s *Wizard) Onward() Onward { return s.onwards }

// Shell is the program over the five steps.
func (s *Wizard) Shell(ctx context.Context) *ui.Shell {
	s.background = ui.WithClock(ctx, s.Now)
	s.connect = newConnect(s)
	steps := []ui.Step{s.connect, newWarehouse(s), newNamespace(s), newAccess(s), newReview(s), newFinish(s)}
	return ui.NewShell(ctx, s.record(steps), ui.Options{
		Product: setup.Product, Rail: int(setup.Review) + 1,
		Subject: s.subject,
		Stays:   s.Stays(),
		Status:  s.status,
		Watch:   func(msg tea.Msg) tea.Cmd { return tea.Batch(s.watch.take(ctx, msg, s), s.keepBehind(ctx)) },
		Heard:   s.heard,
		Done:    func(i int) bool { return s.Draft().Check(setup.Index(i)) == nil },
		Card:    ui.Card{Key: "f2", Title: prerequisites.Title(), View: s.card, Opens: s.FirstStart()},
		Coach:   panels.Coach(s.Environment()),
		Explain: panels.Explain(s.theme),
		Links:   panels.Links(s.Environment(), s.At),
		Theme:   s.theme,
		Now:     s.Environment().Now,
	})
}

// subject is the host, and before it what is done to a saved connection.
func (s *Wizard) subject() string {
	host := s.Draft().Host().String()
	if s.Stays() == "" {
		return host
	}
	return strings.TrimSpace(s.HeadlineOf(setup.Connect).Title + "  " + host)
}

// status are the chips of the header; the badge comes last because the shell never drops it.
func (s *Wizard) status() []ui.Chip {
	badge := ""
	if s.Environment().Demo != nil {
		badge = setup.DemoBadge
	}
	if s.AdminHere() != nil {
		badge = strings.TrimSpace(badge + " ADMIN")
	}
	return []ui.Chip{s.watch.chip(s), {Text: badge}}
}

// onward is where a person goes after signing in: to the step where an interrupted set-up was, or to the first before it that is open.
func (s *Wizard) onward() ui.Move { return ui.GoTo(int(s.Next(setup.Connect))) }

// keepBehind keeps new answers in the background.
func (s *Wizard) keepBehind(ctx context.Context) tea.Cmd {
	keep := s.KeepNew()
	if keep == nil {
		return nil
	}
	return func() tea.Msg {
		keep(ctx)
		return nil
	}
}
