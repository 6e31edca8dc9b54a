package home

import (
	"cmp"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
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

// host is the workspace of an entry.
func (e entry) host() connector.Host {
	if e.left != nil {
		return e.left.Draft.Host()
	}
	return e.saved.Host
}

// row is an entry as the picker shows it: its workspace, unless that stands beside the list, and how it was when last tested.
func (e entry) row(h *Screen) ui.PickerRow {
	now := h.env.Now()
	row := ui.PickerRow{Name: e.name()}
	if !h.theme.Wide() {
		row.Cells = []string{e.host().String()}
	}
	if e.left != nil {
		row.Mark = ui.MarkRunning
		row.Cells = append(row.Cells, fmt.Sprintf("%s at step %d, %s", e.leftWord(), int(e.left.Step)+1, words.Ago(now.Sub(e.left.LeftAt))))
		return row
	}
	p := e.saved.Proof
	state := setup.LastTest(p, words.Ago(now.Sub(p.At)))
	row.Mark = proofMark(p)
	if _, warns := connector.Expiry(e.saved, now); warns {
		state += ", rotate"
		if row.Mark == ui.MarkPass {
			row.Mark = ui.MarkWarn
		}
	}
	row.Cells = append(row.Cells, state)
	return row
}

// proofMark is how the last test ended.
func proofMark(p connector.Proof) ui.Mark {
	switch {
	case p.At.IsZero():
		return ui.MarkWaiting
	case p.Passed && p.Broader:
		return ui.MarkWarn
	case p.Passed:
		return ui.MarkPass
	}
	return ui.MarkFail
}

// fact is one line about the entry under the cursor.
type fact struct {
	label, text string
	mark        ui.Mark // how good that is, where it says so
}

// facts are what is known about an entry.
func (e entry) facts(h *Screen) []fact {
	if e.left != nil {
		until := "for seven days, until " + e.left.ExpiresAt.Local().Format("2 January")
		if e.left.Session {
			until = "until you log out"
		}
		what := fact{label: "Set-up", text: fmt.Sprintf("left at step %d, %s", int(e.left.Step)+1, e.left.Step)}
		if e.left.Edits() == "" {
			return []fact{what, {label: "Kept", text: until + "; " + setup.SecretAskedAgain}}
		}
		what.label = "Edit"
		return []fact{what, {label: "Kept", text: until + "; the saved connection is as it was"}}
	}
	c, now := e.saved, h.env.Now()
	test := "never; enter tests it, to a real read of its tables"
	if !c.Proof.At.IsZero() {
		test = c.Proof.At.Local().Format("2 January 2006, 15:04") + ". " + setup.VerdictLine(c.Proof)
	}
	facts := []fact{{label: "Reads", text: c.Schema.String() + ": " + connector.TableList(c.Tables)}, {"Last test", test, proofMark(c.Proof)}}
	if c.Proof.ReadOnly != "" {
		facts = append(facts, fact{"Rights", c.Proof.Rights(), rightsMark(c.Proof)})
	}
	mark := ui.MarkNone
	if _, warns := connector.Expiry(c, now); warns {
		mark = ui.MarkWarn
	}
	facts = append(facts, fact{"Secret", h.secretLine(c, now), mark})
	if last := h.syncs.last[c.ID]; last != "" {
		facts = append(facts, fact{label: "Last sync", text: last, mark: ui.MarkPass})
	}
	if last := h.syncs.inventory[c.ID]; last != "" {
		facts = append(facts, fact{label: "Inventory", text: last})
	}
	return facts
}

// rightsMark has what the connector saw of itself open: only somebody who sees everything can say that there is nothing else.
func rightsMark(p connector.Proof) ui.Mark {
	switch {
	case p.Broader:
		return ui.MarkWarn
	case !p.SeenAt.IsZero():
		return ui.MarkPass
	}
	return ui.MarkUnknown
}

// all are the facts with what else is known, where there is room for it.
func (e entry) all(h *Screen) []fact {
	facts := e.facts(h)
	if e.left != nil {
		return facts
	}
	c := e.saved
	more := []fact{
		{label: "Signs in", text: saved.SignIn(c)},
		{label: "Warehouse", text: fmt.Sprintf("%s, %s", c.Warehouse.Name, c.Warehouse.Type)},
		facts[0],
		{label: "Scope", text: saved.Scope(c)},
		facts[1],
	}
	if seen := saved.Stages(h.walked[c.ID]); seen != "" {
		more = append(more, fact{label: "Stages", text: seen})
	}
	return append(more, facts[2:]...)
}

// secretLine says when a secret ends, or how old it is where its end is not known.
func (h *Screen) secretLine(c connector.Connection, now time.Time) string {
	if text, _ := connector.Expiry(c, now); text != "" {
		return text
	}
	return "set " + words.Ago(now.Sub(c.SecretSetAt)) + "; " + setup.SecretLife(c, now)
}
