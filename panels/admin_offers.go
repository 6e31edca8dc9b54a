package panels

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// OffersContent is what an admin chooses from before a plan is made.
type OffersContent struct {
	Title string
	Text  string // below the title, such as who the admin is
	// Ask gets the offers when the panel opens; Doing says what is waited for meanwhile.
	Ask   func(context.Context) ([]setup.Offer, error)
	Doing string
	// Chosen says where it goes on with an offer. name is the display name of one that is Named, and otherwise empty.
	Chosen func(offer setup.Offer, name string) (ui.Move, tea.Cmd)
	// Actions are keys of the list that type nothing.
	Actions []ui.Action
}

// Offers is a panel with a list to choose from. A name is asked for in a form over it.
type Offers struct {
	OffersContent
	theme  *ui.Theme
	ctx    context.Context
	picker *ui.Picker
	offers []setup.Offer
	asking ui.Task[[]setup.Offer]
	pulse  *ui.Pulse
	err    error
}

// NewOffers makes a panel to be opened.
func NewOffers(theme *ui.Theme, content OffersContent) *Offers {
	o := &Offers{OffersContent: content, theme: theme, picker: ui.NewPicker(theme), pulse: ui.NewPulse(theme)}
	o.picker.Describe(func(i int) ui.PickerRow { return ui.PickerRow{Name: o.offers[i].Name, Cells: o.offers[i].Cells} })
	return o
}

// Enter asks for the offers.
func (o *Offers) Enter(ctx context.Context) tea.Cmd {
	o.ctx = ctx
	return o.ask()
}

func (o *Offers) ask() tea.Cmd {
	o.err = nil
	return tea.Batch(o.asking.Start(o.ctx, o.Ask), o.pulse.Beat(nil, true))
}

// Update hands keys to the list and takes in the offers.
func (o *Offers) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return o.press(msg)
	case tea.PasteMsg:
		if o.Typing() {
			o.picker.Paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if offers, err, ok := o.asking.Take(msg); ok {
		o.take(offers, err)
	}
	return ui.Stay(), o.pulse.Beat(msg, o.asking.Running())
}

func (o *Offers) take(offers []setup.Offer, err error) {
	o.offers, o.err = offers, err
	names := make([]string, len(offers))
	for i, offer := range offers {
		names[i] = offer.Name
	}
	o.picker.Reset()
	o.picker.AppendNames(names)
}

func (o *Offers) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	if move, cmd, used := act(o.Actions, msg); used {
		return move, cmd
	}
	name := msg.String()
	switch {
	case o.asking.Running():
	case o.err != nil && (name == "r" || name == "enter"):
		return ui.Stay(), o.ask()
	case o.err != nil:
	case name == "enter":
		if i, ok := o.picker.Selected(); ok {
			return o.choose(o.offers[i])
		}
	default:
		o.picker.Key(msg)
	}
	return ui.Stay(), nil
}

func (o *Offers) choose(offer setup.Offer) (ui.Move, tea.Cmd) {
	if !offer.Named {
		return o.Chosen(offer, "")
	}
	name := setup.DefaultPrincipal
	form := ui.NewForm(ui.FormField{
		Input:   ui.NewHuhText(o.theme, "Display name", setup.DefaultPrincipal, &name),
		Problem: func() error { _, err := connector.ParseConnectionName(name); return err },
	})
	form.Say = connector.Sentence
	return ui.Open(ui.NewFormPanel(o.theme, ui.FormContent{
		Title: o.Title, Text: o.Text, Form: form, Does: "plan it", Leave: "not now",
		Done: func() (ui.Move, tea.Cmd) {
			parsed, _ := connector.ParseConnectionName(name) // the form has judged it
			return o.Chosen(offer, parsed)
		},
	})), nil
}

// Keys lists what works now.
func (o *Offers) Keys() []key.Binding {
	keys := []key.Binding{ui.Bind("not now", "esc")}
	switch {
	case o.asking.Running():
	case o.err != nil:
		keys = append([]key.Binding{ui.Bind("try again", "r", "enter")}, keys...)
	default:
		keys = o.picker.WithChoice(ui.Bind("choose", "enter"), keys...)
	}
	return append(keys, bindings(o.Actions)...)
}

// Typing is true while letters filter the list.
func (o *Offers) Typing() bool { return !o.asking.Running() && o.err == nil }

// Escape has nothing to close within.
func (o *Offers) Escape() bool { return false }

// View draws the list, or why there is none.
func (o *Offers) View(width, height int) string {
	head := Heading(o.theme, o.Title, o.Text, width)
	switch {
	case o.asking.Running():
		return head + ui.Working(o.Doing, o.asking.Since()).View(o.theme, width)
	case o.err != nil:
		return head + Trouble(o.err).View(o.theme, width)
	}
	return head + o.picker.View(width, max(3, min(height-strings.Count(head, "\n"), o.picker.Len()+1)))
}
