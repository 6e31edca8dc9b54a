package home

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// forget deletes the answers of a set-up that was left, at the second press of the same key.
func (h *Screen) forget(left setup.Interrupted, again aim) tea.Cmd {
	this := aim{left: left.ID()}
	if again != this {
		h.forgetting = this
		h.say("x once more forgets it: its answers are deleted. Any other key keeps it.", true)
		return nil
	}
	return h.dropping.Start(context.WithoutCancel(h.ctx), func(ctx context.Context) (aim, error) {
		return this, left.Forget(ctx)
	})
}

// dropped takes off the list what was forgotten.
func (h *Screen) dropped(msg tea.Msg) bool {
	this, err, ok := h.dropping.Take(msg)
	switch {
	case !ok:
		return false
	case err != nil:
		h.say("It was not forgotten: "+connector.Sentence(err), true)
	default:
		h.list.drop(this)
		h.say("Forgotten.", false)
	}
	return true
}

func (l *entries) drop(a aim) {
	at := slices.IndexFunc(l.entries, func(e entry) bool { return e.aim() == a })
	if at >= 0 {
		l.entries = slices.Delete(l.entries, at, at+1)
		l.show(at)
	}
}
