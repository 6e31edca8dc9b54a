package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// The tests order coffee: a wizard of two steps that uses every widget.

const hostile = "evil\x1b[2J\x1b]0;owned\a\u202Egnp.exe\u200B\r\nrow\xff\x9b31m"

// orderStep asks who orders what and tests the machine.
type orderStep struct {
	theme   *Theme
	ctx     context.Context
	name    *Field
	code    *SecretField
	cup     string
	form    *Form
	confirm *Confirm
	machine Stream[CheckRow]
	rows    []CheckRow
	verdict error
	pulse   *Pulse
	steam   func(context.Context, func(CheckRow)) error
	sugar   *sugarPanel
	sweet   string // what the barista said
}

func newOrderStep(theme *Theme) *orderStep {
	step := &orderStep{
		theme:   theme,
		name:    NewField(theme, "Name on the cup", "for example Ada"),
		code:    NewSecretField(theme, "Loyalty code", "paste it here"),
		cup:     "small",
		confirm: NewConfirm(theme),
		pulse:   NewPulse(theme),
		steam:   warmUp,
	}
	size := NewHuhSelect(theme, "Size", &step.cup, HuhOption[string]{"small", "small"}, HuhOption[string]{"medium", "medium"}, HuhOption[string]{"large", "large"})
	step.form = NewForm(FormField{Input: step.name}, FormField{Input: step.code}, FormField{Input: size})
	step.sugar = newSugarPanel(theme, func(answer string) { step.sweet = answer })
	return step
}

var errNoBeans = errors.New("no beans")

func warmUp(_ context.Context, emit func(CheckRow)) error {
	emit(CheckRow{MarkPass, "Water", "2 litres, fresh", 12 * time.Millisecond})
	emit(CheckRow{MarkPass, "Pressure", "9 bar", 2100 * time.Millisecond})
	emit(CheckRow{MarkFail, "Grinder", "the hopper is empty, and has been since the morning shift went home", 88 * time.Millisecond})
	return errNoBeans
}

func (s *orderStep) Title() string { return "Order" }

func (s *orderStep) Enter(ctx context.Context) tea.Cmd {
	s.ctx = ctx
	return nil
}

func (s *orderStep) Escape() bool {
	if s.confirm.Close() {
		return true
	}
	wasTesting := s.machine.Running()
	s.machine.Cancel()
	return wasTesting
}

func (s *orderStep) Typing() bool { return s.form.Typing() && !s.confirm.Open() }

func (s *orderStep) Keys() []key.Binding {
	if s.confirm.Open() {
		return s.confirm.Keys()
	}
	return []key.Binding{Bind("test", "enter"), Bind("next field", "tab"), Bind("take it to go", "ctrl+t")}
}

func (s *orderStep) Update(msg tea.Msg) (Move, tea.Cmd) {
	move, cmd := s.update(msg)
	return move, tea.Batch(cmd, s.pulse.Beat(msg, s.machine.Running()))
}

func (s *orderStep) update(msg tea.Msg) (Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case tea.PasteMsg:
		s.form.Paste(msg.Content)
	}
	row, state, next, err := s.machine.Take(msg)
	switch state {
	case StreamItem:
		s.rows = append(s.rows, row)
		return Stay(), next
	case StreamEnd:
		s.verdict = err
	}
	return Stay(), nil
}

func (s *orderStep) press(msg tea.KeyPressMsg) (Move, tea.Cmd) {
	if accepted, used := s.confirm.Key(msg); used {
		if accepted {
			return Next(), nil
		}
		return Stay(), nil
	}
	if s.form.Key(msg) {
		return Stay(), nil
	}
	switch msg.String() {
	case "ctrl+t":
		s.confirm.Ask("To go costs a paper cup. Take one?", "take it", "drink here")
	case "enter":
		s.rows, s.verdict = nil, nil
		return Stay(), s.machine.Start(s.ctx, s.steam)
	case "ctrl+g":
		return Next(), nil
	case "ctrl+o":
		return Open(s.sugar), nil
	}
	return Stay(), nil
}

func (s *orderStep) View(width, _ int) string {
	parts := []string{
		s.theme.Title.Render("Order a coffee"),
		"The machine makes what you ask for and nothing else.",
		"",
		s.form.View(width),
		"",
	}
	switch {
	case s.confirm.Open():
		parts = append(parts, s.confirm.View(width))
	case s.machine.Running() && len(s.rows) == 0:
		parts = append(parts, Working("Warming up", s.machine.Since()).View(s.theme, width))
	case s.rows != nil:
		parts = append(parts, Checklist(s.theme, s.rows, width))
	}
	if s.verdict != nil {
		parts = append(parts, "", Failed("No beans", "The hopper is empty.", "fill it and press enter.").View(s.theme, width))
	}
	return strings.Join(parts, "\n")
}

// beansStep chooses beans and shows the recipe.
type beansStep struct {
	theme  *Theme
	beans  *Picker
	recipe *Snippet
}

var beanNames = []string{"Harrar longberry", "house blend", "Sidamo", "decaf house", "Yirgacheffe"}

func newBeansStep(theme *Theme) *beansStep {
	step := &beansStep{theme: theme, beans: NewPicker(theme)}
	step.beans.AppendNames(beanNames)
	step.beans.Describe(func(index int) PickerRow {
		row := PickerRow{Cells: []string{"Arabica", "medium roast", "in stock"}, Mark: MarkPass}
		if index == 3 {
			row = PickerRow{Cells: []string{"mixed", "dark roast", "sold out"}, Mark: MarkFail, Disabled: true}
		}
		return row
	})
	step.recipe = NewSnippet(theme, "-- recipe\nGRIND 18 g OF `house blend` FOR `the person whose name stands on the cup` AND BREW FOR 28 s;\n", "recipe.sql")
	return step
}

func (s *beansStep) Title() string                 { return "Beans" }
func (s *beansStep) Enter(context.Context) tea.Cmd { return nil }
func (s *beansStep) Escape() bool                  { return s.recipe.Escape() }
func (s *beansStep) Typing() bool                  { return true }
func (s *beansStep) Keys() []key.Binding           { return []key.Binding{Bind("choose", "enter")} }

func (s *beansStep) Update(msg tea.Msg) (Move, tea.Cmd) {
	pressed, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		if paste, isPaste := msg.(tea.PasteMsg); isPaste {
			s.beans.Paste(paste.Content)
		}
		s.recipe.Take(msg)
	case pressed.String() == "ctrl+o":
		return Open(newSugarPanel(s.theme, func(string) {})), nil
	case pressed.String() == "ctrl+v":
		s.recipe.Key(tea.KeyPressMsg{Code: 'v', Text: "v"})
	case s.beans.Key(pressed):
	case pressed.String() == "enter":
		if _, chosen := s.beans.Selected(); chosen {
			return Next(), nil
		}
	}
	return Stay(), nil
}

func (s *beansStep) View(width, height int) string {
	if s.recipe.Plain() {
		return s.recipe.View(width, height)
	}
	head := s.theme.Title.Render("Choose the beans") + "\n" + "They decide the taste.\n\n"
	return head + s.beans.View(width, height-8) + "\n\n" + s.recipe.View(width, 4)
}
