package panels

import (
	"errors"
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui"
)

// SavedWith is what the field for a passphrase wants where there is one already.
const SavedWith = "the one they were saved with"

// Heading is a title with a faint line below it and a blank one after both, within width cells. An empty text is left out.
func Heading(theme *ui.Theme, title, text string, width int) string {
	head := theme.Title.Render(ui.Wrap(title, width)) + "\n"
	if text != "" {
		head += theme.Faint.Render(ui.Wrap(text, width)) + "\n"
	}
	return head + "\n"
}

// Trouble is an error as a screen shows it: what happened, and the one thing to do.
func Trouble(err error) ui.State {
	if known := (*connector.Error)(nil); errors.As(err, &known) {
		return ui.Failed(known.What, "", known.Remedy)
	}
	f := check.Explain(err)
	return ui.Failed(f.Headline(), f.Reason, f.Remedy.Again())
}

// InALine is an error as a sentence among others, as Trouble names it.
func InALine(err error) string {
	if known := (*connector.Error)(nil); errors.As(err, &known) {
		return connector.Sentence(err)
	}
	return Told(check.Explain(err))
}

// Told is a finding in a line, where no stage is named: what is wrong, why, and the one thing to do next.
func Told(f check.Finding) string {
	return fmt.Sprintf("%s. %s Next: %s", f.Headline(), f.Reason, f.Remedy.Text)
}

// act does what a key stands for among actions, and reports whether it stands for one.
func act(actions []ui.Action, msg tea.KeyPressMsg) (move ui.Move, cmd tea.Cmd, used bool) {
	for _, action := range actions {
		if key.Matches(msg, action.Key) {
			move, cmd = action.Do()
			return move, cmd, true
		}
	}
	return ui.Stay(), nil, false
}

// bindings are the keys of actions, for the footer.
func bindings(actions []ui.Action) []key.Binding {
	keys := make([]key.Binding, len(actions))
	for i, action := range actions {
		keys[i] = action.Key
	}
	return keys
}
