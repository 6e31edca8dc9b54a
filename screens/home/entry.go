package home

import (
	"cmp"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// name is what an entry is called in the list.
func (e entry) name() string {
	if e.left == nil {
		return e.saved.Name
	}
	return cmp.Or(e.left.Draft.Name(), "Set-up that was left")
}

// leftWord says what was left: a set-up, or the change of a saved connection.
func (e entry) leftWord() string {
	if e.left.Edits() != "" {
		return "edit left"
	}
	return "left"
}

// row is an entry as the picker shows it: its workspace, and how it was when last tested.
func (e entry) row(h *Screen) ui.PickerRow {
	now := h.env.Now()
	if e.left != nil {
		return ui.PickerRow{
			Name: e.name(), Mark: ui.MarkRunning,
			Cells: []string{e.left.Draft.Host().String(), fmt.Sprintf("%s at step %d, %s", e.leftWord(), int(e.left.Step)+1, words.Ago(now.Sub(e.left.LeftAt)))},
		}
	}
	p := e.saved.Proof
	row := ui.PickerRow{Name: e.name(), Cells: []string{e.saved.Host.String(), setup.LastTest(p, words.Ago(now.Sub(p.At)))}, Mark: ui.MarkFail}
	switch {
	case p.At.IsZero():
		row.Mark = ui.MarkWaiting
	case p.Passed && p.Broader:
		row.Mark = ui.MarkWarn
	case p.Passed:
		row.Mark = ui.MarkPass
	}
	if _, warns := connector.Expiry(e.saved, now); warns {
		row.Cells[1] += ", rotate"
		if row.Mark == ui.MarkPass {
			row.Mark = ui.MarkWarn
		}
	}
	return row
}

// fact is one line about the entry under the cursor.
type fact struct{ label, text string }

// facts are what is known about an entry.
func (e entry) facts(h *Screen) []fact {
	if e.left != nil {
		until := "for seven days, until " + e.left.ExpiresAt.Local().Format("2 January")
		if e.left.Session {
			until = "until you log out"
		}
		what := fact{"Set-up", fmt.Sprintf("left at step %d, %s", int(e.left.Step)+1, e.left.Step)}
		if e.left.Edits() == "" {
			return []fact{what, {"Kept", until + "; " + setup.SecretAskedAgain}}
		}
		what.label, until = "Edit", until+"; the saved connection is as it was"
		return []fact{what, {"Kept", until}}
	}
	c, now := e.saved, h.env.Now()
	test := "never; enter tests it, to a real read of its tables"
	if !c.Proof.At.IsZero() {
		test = c.Proof.At.Local().Format("2 January 2006, 15:04") + ". " + setup.VerdictLine(c.Proof)
	}
	facts := []fact{{"Reads", c.Schema.String() + ": " + setup.TableList(c.Tables)}, {"Last test", test}}
	if c.Proof.ReadOnly != "" {
		facts = append(facts, fact{"Rights", c.Proof.ReadOnly})
	}
	return append(facts, fact{"Secret", h.secretLine(c, now)})
}

// secretLine says when a secret ends, or how old it is where its end is not known.
func (h *Screen) secretLine(c connector.Connection, now time.Time) string {
	if text, _ := connector.Expiry(c, now); text != "" {
		return text
	}
	return "set " + words.Ago(now.Sub(c.SecretSetAt)) + "; " + setup.SecretLife(c, now)
}
