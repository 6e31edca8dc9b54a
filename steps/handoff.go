package steps

import (
	"context"
	"fmt"
	"os"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/outfile"
	"github.com/draftt-io/draftt-databricks/ui"
)

// handoffTitle stands over each panel of a hand-off.
const handoffTitle = "Hand off to the owners"

// handoff writes a page for each owner who has to grant something, and keeps the answers so that setup --resume goes on from here. It is a
// form for the folder; a form for a passphrase where the answers could not be kept without one; and a page that says what was written.
//
// The writing hangs on the program rather than on a panel, because half of it would be worse than none.
type handoff struct {
	*ui.FormPanel
	setup  *Wizard
	keep   keeping
	owner  func() tea.Cmd // has the demo's owner run the statements
	found  setup.Comparison
	result *setup.HandedOff // of the newest try
}

func newHandoff(s *Wizard, found setup.Comparison, owner func() tea.Cmd) *handoff {
	h := &handoff{setup: s, keep: keeping{setup: s}, owner: owner, found: found}
	folder, err := os.Getwd()
	if err != nil {
		folder = ""
	}
	h.FormPanel = ui.NewFormPanel(s.theme, ui.FormContent{
		Title: handoffTitle, Text: saved.HandOffWrites,
		Form: ui.NewForm(ui.FormField{Input: ui.NewHuhText(s.theme, "Folder", "where the files go", &folder).Propose()}),
		Does: "write the files", Leave: "not now", Doing: "Writing the files and keeping your answers",
		Submit: func() func(context.Context) error { return h.write(folder, found) },
		Failed: func(err error) ui.State {
			return ui.Failed("The files could not be written.", outfile.Reason(err)+".", "Choose another folder.")
		},
		Done: h.wrote,
	})
	return h
}

// Enter looks meanwhile whether the answers can be kept without a question.
func (h *handoff) Enter(ctx context.Context) tea.Cmd {
	return tea.Batch(h.FormPanel.Enter(ctx), h.keep.probe(ctx))
}

// Update also takes in where answers can be kept.
func (h *handoff) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if h.keep.take(msg) {
		return ui.Stay(), nil
	}
	return h.FormPanel.Update(msg)
}

func (h *handoff) write(folder string, found setup.Comparison) func(context.Context) error {
	write, keep, background := h.setup.WriteHandoff(folder, found), h.setup.KeepWaiting(), h.setup.background
	out := &setup.HandedOff{}
	h.result = out
	return func(context.Context) error {
		written, err := write()
		if err != nil {
			return fmt.Errorf("hand off: %w", err)
		}
		*out, out.Kept = written, keep(background)
		return nil
	}
}

func (h *handoff) wrote() (ui.Move, tea.Cmd) {
	h.setup.HandedOff(*h.result)
	if ask, fresh := h.keep.asks(); ask && !h.result.Kept && h.setup.KeepsAnswers() {
		return ui.Close().Then(ui.Open(h.protection(fresh))), nil
	}
	return ui.Close().Then(ui.Open(h.told())), nil
}

// protection opens the vault with a passphrase, and keeps the answers there.
func (h *handoff) protection(fresh bool) ui.Panel {
	return newProtection(h.setup.theme, protectionContent{
		Title: handoffTitle, Text: "The files are written. To keep your answers sealed until the owners have run them:",
		Does: "keep them", Leave: "do not keep", Fresh: fresh, Doing: "Keeping your answers",
		Use: func(passphrase connector.Secret) func(context.Context) error {
			protector, keep, background := h.keep.protector(passphrase), h.setup.KeepWaiting(), h.setup.background
			out := *h.result
			h.result = &out
			return func(context.Context) error {
				if err := protector.Protect(background); err != nil {
					return fmt.Errorf("keep the answers: %w", err)
				}
				out.Kept = keep(background)
				return nil
			}
		},
		Done: ui.Opens(h.told),
	})
}

// told says what was written and how it goes on. In the demo the person may play the owner.
func (h *handoff) told() ui.Panel {
	actions := []ui.Action{{Key: ui.Bind("leave now", "q"), Do: func() (ui.Move, tea.Cmd) { return ui.Quit(), nil }}}
	if h.setup.OwnersTurn(h.found) != nil {
		actions = append([]ui.Action{{Key: ui.Bind(setup.BeTheOwner, "o"), Do: func() (ui.Move, tea.Cmd) { return ui.Close(), h.owner() }}}, actions...)
	}
	return ui.NewPage(h.setup.theme, ui.PageContent{
		Title: handoffTitle, Body: func(width int) string { return ui.Wrap(strings.Join(h.setup.HandoffLines(*h.result), "\n"), width) },
		Actions: actions,
		Leave:   ui.Bind("wait here", "enter", "esc"),
	})
}
