package steps

import (
	"context"
	"os"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/outfile"
	"github.com/draftt-io/draftt-databricks/ui"
)

// handoffPart is how far a hand-off has come.
type handoffPart int

const (
	handoffClosed  handoffPart = iota
	handoffFolder              // where the files go
	handoffWrites              // files and answers are being written
	handoffProtect             // a passphrase is needed to keep the answers
	handoffDone
)

// handoff writes a page for each owner who has to grant something, and keeps the answers so that setup --resume goes on from here.
type handoff struct {
	setup   *Wizard
	part    handoffPart
	found   setup.Comparison
	folder  *ui.Field
	guard   *protection
	writing ui.Task[setup.HandedOff]
	opening ui.Task[bool]
	pulse   *ui.Pulse
	result  setup.HandedOff
	problem string
	leaving bool
}

func newHandoff(s *Wizard) *handoff {
	return &handoff{setup: s, folder: ui.NewField(s.theme, "Folder", "where the files go"), guard: newProtection(s), pulse: ui.NewPulse(s.theme)}
}

func (h *handoff) open() bool { return h.part != handoffClosed }

func (h *handoff) typing() bool { return h.part == handoffFolder || h.part == handoffProtect }

func (h *handoff) close() {
	h.writing.Cancel()
	h.opening.Cancel()
	h.folder.Blur()
	h.guard.escape()
	h.part, h.problem = handoffClosed, ""
}

// escape closes the hand-off. What was written stays.
func (h *handoff) escape() bool {
	was := h.open()
	h.close()
	return was
}

// ask opens the question for the folder.
func (h *handoff) ask(found setup.Comparison) tea.Cmd {
	h.close()
	h.found, h.part = found, handoffFolder
	if here, err := os.Getwd(); err == nil {
		h.folder.SetValue(here)
	}
	h.folder.Focus()
	return h.guard.probe(h.setup.background)
}

func (h *handoff) press(msg tea.KeyPressMsg) tea.Cmd {
	enter := msg.String() == "enter"
	switch {
	case h.part == handoffFolder && enter:
		return h.write()
	case h.part == handoffFolder:
		h.problem = ""
		h.folder.Key(msg)
	case h.part == handoffProtect && h.guard.press(msg):
		return h.protect()
	case h.part == handoffDone && enter:
		h.leaving = true
	}
	return nil
}

func (h *handoff) paste(text string) {
	switch h.part {
	case handoffFolder:
		h.folder.Paste(text)
	case handoffProtect:
		h.guard.paste(text)
	}
}

// write hangs on the program rather than on the step, because half of it would be worse than none.
func (h *handoff) write() tea.Cmd {
	h.part = handoffWrites
	write := h.setup.WriteHandoff(h.folder.Value(), h.found)
	keep := h.setup.KeepWaiting()
	return tea.Batch(h.pulse.Beat(nil, true), h.writing.Start(h.setup.background, func(ctx context.Context) (setup.HandedOff, error) {
		result, err := write()
		if err == nil {
			result.Kept = keep(ctx)
		}
		return result, err
	}))
}

// protect opens the vault with the passphrase that was given, and keeps the answers there.
func (h *handoff) protect() tea.Cmd {
	h.part = handoffWrites
	protector, keep := h.guard.used(), h.setup.KeepWaiting()
	return tea.Batch(h.pulse.Beat(nil, true), h.opening.Start(h.setup.background, func(ctx context.Context) (bool, error) {
		if err := protector.Protect(ctx); err != nil {
			return false, err
		}
		return keep(ctx), nil
	}))
}

func (h *handoff) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	if result, err, ok := h.writing.Take(msg); ok {
		h.wrote(result, err)
		return nil, true
	}
	if kept, err, ok := h.opening.Take(msg); ok {
		h.result.Kept, h.part = kept, handoffDone
		if err != nil {
			h.part = handoffProtect
			h.guard.ask()
			h.guard.problem = connector.Sentence(err)
		}
		return nil, true
	}
	if h.guard.take(msg) {
		return nil, true
	}
	return h.pulse.Beat(msg, h.part == handoffWrites), false
}

func (h *handoff) wrote(result setup.HandedOff, err error) {
	if err != nil {
		h.part, h.problem = handoffFolder, "The files could not be written: "+outfile.Reason(err)+". Choose another folder."
		return
	}
	h.result, h.part = result, handoffDone
	h.setup.HandedOff(result)
	if !result.Kept && h.setup.KeepsAnswers() && h.guard.mustAsk() {
		h.part = handoffProtect
		h.guard.ask()
	}
}

func (h *handoff) keys() []key.Binding {
	switch h.part {
	case handoffFolder:
		return []key.Binding{ui.Bind("write the files", "enter"), ui.Bind("not now", "esc")}
	case handoffProtect:
		return append(h.guard.keys(), ui.Bind("do not keep", "esc"))
	case handoffDone:
		return []key.Binding{ui.Bind("leave now", "enter"), ui.Bind("wait here", "esc")}
	}
	return nil
}

func (h *handoff) view(width, _ int) string {
	t := h.setup.theme
	head := t.Title.Render("Hand off to the owners") + "\n"
	switch h.part {
	case handoffProtect:
		return head + ui.Wrap("The files are written. To keep your answers sealed until the owners have run them:", width) + "\n\n" + h.guard.view(width)
	case handoffWrites:
		return head + "\n" + ui.Working("Writing the files and keeping your answers", h.writing.Since()).View(t, width)
	case handoffDone:
		return head + "\n" + ui.Wrap(strings.Join(h.setup.HandoffLines(h.result), "\n"), width)
	}
	body := head + t.Faint.Render(ui.Wrap("One page for each owner, with the statements, why, and how to check and take them back. No secret is in it.", width)) + "\n\n" + h.folder.View(width)
	if h.problem != "" {
		body += "\n\n" + ui.Wrap(t.Mark(ui.MarkWarn)+" "+h.problem, width)
	}
	return body
}
