package tokens

import (
	"context"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/outfile"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/clip"
)

// valueFile is what the file with the value of a token is called.
const valueFile = "token.txt"

// value is the value of a token that was just made, to be taken along while the panel is open. It is not drawn: like every secret it would be masked,
// and whoever looks on would see it.
type value struct {
	theme  *ui.Theme
	secret connector.Secret
	of     string // whose token it is
	ends   time.Time
	copier *clip.Copier
	folder string // that it is saved in; empty is the current one
	task   ui.Task[string]
	taken  bool // copied or saved
	warned bool
	note   string
	mark   ui.Mark
}

func newValue(theme *ui.Theme, out admin.Outcome) *value {
	return &value{theme: theme, secret: out.Secret, of: out.Target.Label(), ends: out.Expires, copier: clip.NewCopier()}
}

// Enter has nothing to begin.
func (v *value) Enter(context.Context) tea.Cmd { return nil }

// Update copies and saves, and says how that went.
func (v *value) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch press.String() {
		case "y":
			return ui.Stay(), v.copy()
		case "s":
			return ui.Stay(), v.save()
		}
		return ui.Stay(), nil
	}
	if note, err, ok := v.task.Take(msg); ok {
		v.note, v.mark = note, ui.MarkPass
		if err != nil {
			v.note, v.mark = connector.Sentence(err), ui.MarkFail
		}
		v.taken = v.taken || err == nil
	}
	return ui.Stay(), nil
}

// Copying and saving are short and worth finishing, so they do not hang on the panel.
func (v *value) copy() tea.Cmd {
	copier, text := v.copier, string(v.secret.Reveal())
	return tea.Batch(copier.Terminal(text), v.task.Start(context.Background(), func(ctx context.Context) (string, error) {
		sentence, sent := copier.Send(ctx, text)
		if !sent {
			return "", &connector.Error{Kind: connector.ErrInput, What: sentence, Remedy: "s saves it to a file."}
		}
		return sentence + " If it is not there: s saves it to a file.", nil
	}))
}

func (v *value) save() tea.Cmd {
	folder, text := v.folder, string(v.secret.Reveal())+"\n"
	return v.task.Start(context.Background(), func(context.Context) (string, error) {
		path, err := outfile.Save(folder, valueFile, text)
		if err != nil {
			return "", &connector.Error{Kind: connector.ErrInput, What: "The file could not be written: " + outfile.Reason(err) + ".", Remedy: "y copies the value.", Cause: err}
		}
		return "Saved to " + connector.CleanLine(path, 300) + ", for you alone to read.", nil
	})
}

// Keys lists what works now.
func (v *value) Keys() []key.Binding {
	return []key.Binding{ui.Bind("copy", "y"), ui.Bind("save as file", "s"), ui.Bind("close", "esc")}
}

// Typing is false: all letters are keys.
func (v *value) Typing() bool { return false }

// Escape says once that nobody has the value yet.
func (v *value) Escape() bool {
	if v.taken || v.warned {
		v.secret = connector.Secret{}
		return false
	}
	v.warned, v.mark = true, ui.MarkWarn
	v.note = "Nobody has the value yet, and it is not given again. y copies it and s saves it; esc closes all the same."
	return true
}

// View draws what can be done with the value, and how that went.
func (v *value) View(width, _ int) string {
	facts := []panels.Fact{{Label: "Value", Text: "given once, and not shown here"}}
	if !v.ends.IsZero() {
		facts = append(facts, panels.Fact{Label: "Ends", Text: v.ends.UTC().Format(time.DateOnly)})
	}
	view := panels.Heading(v.theme, "The new token of "+v.of, "Copy its value or save it before you close this.", width) + panels.Facts(v.theme, facts, width)
	if v.note != "" {
		view += "\n\n" + ui.Wrap(v.theme.Mark(v.mark)+" "+ui.Clean(v.note), width)
	}
	return view
}
