package steps

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// writes names everything that lets the principal write, each with how it is taken away, before the connection is saved.
func (r *review) writes() ui.Panel {
	b := r.setup.Breadth()
	content := ui.PageContent{
		Title: breadth.Title, Text: b.Script(), Leave: ui.Bind("not now", "esc"),
		Body: func(width int) string {
			return ui.Wrap(breadth.NotNeeded, width) + "\n\n" + ui.Wrap(strings.Join(b.Lines(), "\n"), width)
		},
		Actions: []ui.Action{{Key: ui.Bind("save it", "enter"), Do: ui.Opens(r.acceptance)}},
	}
	if content.Text != "" {
		content.Filename = "revoke.sql"
	}
	if len(b.Takes()) > 0 {
		act := ui.Action{Key: ui.Bind("act as admin", "a"), Do: ui.Opens(func() ui.Panel {
			return adminWork{r.setup, r.setup.TakeAwayTask(), r.taken}.open()
		})}
		content.Actions = append(content.Actions, act)
	}
	return ui.NewPage(r.setup.theme, content)
}

// taken closes the page and looks anew once an admin took something away.
func (r *review) taken(admin.Outcome, setup.AdminTask) (ui.Move, tea.Cmd) {
	return ui.Close(), tea.Batch(r.pulse.Beat(nil, true), r.certify.again(r.ctx))
}

// acceptance has a word typed to save it although it can write.
func (r *review) acceptance() ui.Panel {
	word := ""
	form := ui.NewForm(ui.FormField{
		Input:   ui.NewHuhText(r.setup.theme, "Type "+breadth.AcceptWord, "anything else leaves it", &word),
		Problem: func() error { return r.setup.Accept(word) },
	})
	form.Say = connector.Sentence
	return ui.NewFormPanel(r.setup.theme, ui.FormContent{
		Title: breadth.Title, Text: agreed(r.setup.Breadth()), Form: form, Does: "save", Leave: "not now",
		Done: func() (ui.Move, tea.Cmd) {
			move, cmd := r.submit()
			return ui.CloseMany(2).Then(move), cmd
		},
	})
}

// agreed is what the word is typed for.
func agreed(b breadth.Breadth) string {
	return "The principal " + b.Sentence() + ". " + breadth.SavedAnyway
}
