package home

import (
	"context"
	"fmt"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// rotatePanel gives a saved connection a new secret. It asks where that comes from; signing in, the plan and the tests open over it. Once
// the connection was switched it tells so, and what became of the old secret.
type rotatePanel struct {
	home     *Screen
	saved    connector.Connection
	ctx      context.Context
	form     ui.Panel // asks; nothing was switched yet
	session  adminSession
	rotation *setup.Rotation // once it is known that there is something to switch or to delete
	switched []string        // what was switched, in sentences; empty before
	again    bool            // it was the last rotation that switched it, and this one has only found that out
	old      oldSecret
}

// oldSecret is what becomes of the secret that was replaced.
type oldSecret struct {
	fate oldFate
	said string // in a sentence, empty where there is nothing to say
}

type oldFate int

const (
	oldGone    oldFate = iota // it was deleted, or there is none
	oldWorks                  // it can be deleted
	oldUnclear                // which it is, or whether a saved connection uses it
	oldTheirs                 // it was made in Databricks, and is deleted there
)

func newRotatePanel(h *Screen, c connector.Connection) ui.Panel {
	r := &rotatePanel{home: h, saved: c}
	r.session = adminSession{home: h, saved: c, title: r.title()}
	r.form = r.newSourceForm()
	if !setup.MadeByAdmin(c) { // a personal access token is made by its owner
		r.form = r.newSecretForm(ui.Close())
	}
	return r
}

func (r *rotatePanel) title() string { return fmt.Sprintf("Give %q a new secret", r.saved.Name) }

// newSourceForm asks where the new secret comes from.
func (r *rotatePanel) newSourceForm() ui.Panel {
	byAdmin := true
	source := ui.NewHuhSelect(r.home.theme, "New secret", &byAdmin, ui.HuhOption[bool]{Text: saved.RotationByAdmin, Value: true}, ui.HuhOption[bool]{Text: saved.RotationTyped})
	return ui.NewFormPanel(r.home.theme, ui.FormContent{
		Title: r.title(), Text: saved.RotationAsks + " " + saved.RotationSealed + " " + saved.RotationBreaks, Form: ui.NewForm(ui.FormField{Input: source}), Does: "go on",
		Done: func() (ui.Move, tea.Cmd) {
			if byAdmin {
				return r.session.whenSignedIn(r.ctx, r.newPlan), nil
			}
			return ui.Open(r.newSecretForm(ui.CloseMany(2))), nil
		},
	})
}

// newSecretForm asks for the secret, and has it tested. leave leads from the tests back to the rotation.
func (r *rotatePanel) newSecretForm(leave ui.Move) ui.Panel {
	field, form := newSecretField(r.home.theme, "New secret")
	made := words.UpperFirst("the new " + r.saved.Credentials.Method.Label() + " is made in the workspace. ")
	return &secretForm{field: field, FormPanel: ui.NewFormPanel(r.home.theme, ui.FormContent{
		Title: r.title(), Text: made + saved.RotationTests, Form: form, Does: "test it",
		Done: func() (ui.Move, tea.Cmd) {
			secret, _ := connector.ParseSecret(field.Bytes()) // the form has judged it
			field.Clear()
			return ui.Open(newSwitchPanel(r, secret, time.Time{}, leave)), nil
		},
	})}
}

// Enter remembers how long the rotation lasts, and with it the session of an admin.
func (r *rotatePanel) Enter(ctx context.Context) tea.Cmd {
	r.ctx = ctx
	return r.form.Enter(ctx)
}

func (r *rotatePanel) ended() bool { return len(r.switched) > 0 }

// Update hands everything to the form, until the connection was switched.
func (r *rotatePanel) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	press, isKey := msg.(tea.KeyPressMsg)
	switch {
	case !r.ended():
		return r.form.Update(msg)
	case !isKey:
		return ui.Stay(), nil
	}
	for _, action := range r.actions() {
		if key.Matches(press, action.Key) {
			return action.Do()
		}
	}
	return ui.Stay(), nil
}

// actions are what can still be done once the connection was switched. Draftt may still sign in with the old secret, so deleting that is never
// the first of them.
func (r *rotatePanel) actions() []ui.Action {
	actions := []ui.Action{{Key: ui.Bind("close", "enter", "esc"), Do: func() (ui.Move, tea.Cmd) { return ui.Close(), nil }}}
	switch {
	case r.old.fate == oldGone, r.old.fate == oldTheirs:
		return actions
	case r.old.fate == oldUnclear:
		return append(actions, ui.Action{Key: ui.Bind("name the old secret", "d"), Do: ui.Opens(r.newOldForm)})
	}
	actions = append(actions, ui.Action{Key: ui.Bind("delete the old secret", "d"), Do: ui.Opens(r.newRetirePlan)})
	if r.again {
		actions = append(actions, ui.Action{Key: ui.Bind("make another", "n"), Do: ui.Opens(r.newPlan)})
	}
	return actions
}

// Keys lists what works now.
func (r *rotatePanel) Keys() []key.Binding {
	if !r.ended() {
		return r.form.Keys()
	}
	var keys []key.Binding
	for _, action := range r.actions() {
		keys = append(keys, action.Key)
	}
	return keys
}

// Typing says that letters are text now.
func (r *rotatePanel) Typing() bool { return !r.ended() && r.form.Typing() }

// Escape closes nothing within but what the form has.
func (r *rotatePanel) Escape() bool { return !r.ended() && r.form.Escape() }

// View draws the form, or how it ended, with what to know of an earlier try.
func (r *rotatePanel) View(width, height int) string {
	view := ""
	if r.ended() {
		old := r.old.said
		if r.old.fate == oldWorks { // so far
			old = saved.OldSecretUnused
		}
		view = panels.Heading(r.home.theme, r.title(), "", width) + r.marked(ui.MarkPass, r.switched, width) + "\n\n" + ui.Wrap(ui.Clean(old), width)
	} else {
		view = r.form.View(width, height)
	}
	if made, there := r.home.made[r.saved.ID]; there {
		view += "\n\n" + r.marked(ui.MarkWarn, []string{saved.NotSwitched(made)}, width)
	}
	return view
}

// marked are sentences with a mark before each.
func (r *rotatePanel) marked(mark ui.Mark, sentences []string, width int) string {
	lines := make([]string, len(sentences))
	for i, sentence := range sentences {
		lines[i] = ui.Wrap(r.home.theme.Mark(mark)+" "+ui.Clean(sentence), width)
	}
	return strings.Join(lines, "\n")
}
