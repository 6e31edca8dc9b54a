package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Input is one control of a form: a Field, a SecretField, or one of huh.
type Input interface {
	// Focus and Blur give the input the keys and take them away.
	Focus()
	Blur()
	Focused() bool
	// Typing says that letters are text while the input has the keys.
	Typing() bool
	// Key reports whether the input used a key, Paste takes pasted text; both
	// do nothing without the focus.
	Key(msg tea.KeyPressMsg) bool
	Paste(text string)
	// SetNote puts a line below the input; an empty text takes it away.
	SetNote(mark Mark, text string)
	// Fault is what the input itself refuses, nil where nothing.
	Fault() error
	View(width int) string
}

// keeper is an input that holds what is chosen back until it is meant.
type keeper interface{ keep() }

func keep(input Input) {
	if holds, ok := input.(keeper); ok {
		holds.keep()
	}
}

// FormField is an input and what the form has to know of it.
type FormField struct {
	Input Input
	// Visible says whether the field belongs to the form now; nil is always.
	Visible func() bool
	// Problem says why what the field holds will not do, nil where it will.
	// It must be quick: it runs on the goroutine of Update.
	Problem func() error
	// Awaits says that nothing was given yet, so that enter on a field before
	// it goes on to this one without a complaint; nil is never.
	Awaits func() bool
}

func (f FormField) visible() bool { return f.Visible == nil || f.Visible() }

func (f FormField) problem() error {
	if fault := f.Input.Fault(); fault != nil || f.Problem == nil {
		return fault
	}
	return f.Problem()
}

// Form is a group of fields of which one has the focus: the ring they stand
// in, what is wrong with them, and going to the first that is.
type Form struct {
	// Say puts a problem into words; nil is its Error.
	Say func(error) string

	fields []FormField
	focus  int
}

// NewForm makes a form with the focus on the first field that is visible.
func NewForm(fields ...FormField) *Form {
	f := &Form{fields: fields, focus: -1}
	f.settle()
	return f
}

// Focused is the index of the field that has the focus, -1 when none is
// visible.
func (f *Form) Focused() int { return f.focus }

// Focus gives the focus to the field at index, where that is visible.
func (f *Form) Focus(index int) {
	if index < 0 || index >= len(f.fields) || !f.fields[index].visible() {
		return
	}
	if f.focus >= 0 && f.focus != index {
		f.fields[f.focus].Input.Blur()
	}
	f.focus = index
	f.fields[index].Input.Focus()
}

// turn moves the focus round the visible fields. It takes over what the field
// holds first: that may decide which field comes next.
func (f *Form) turn(by int) {
	count := len(f.fields)
	if f.focus >= 0 {
		keep(f.fields[f.focus].Input)
	}
	for i := range count {
		if at := ((f.focus+by*(i+1))%count + count) % count; f.fields[at].visible() {
			f.Focus(at)
			return
		}
	}
}

// settle moves the focus off a field that is no longer visible.
func (f *Form) settle() {
	if f.focus >= 0 && f.fields[f.focus].visible() {
		return
	}
	if f.focus >= 0 {
		f.fields[f.focus].Input.Blur()
	}
	f.turn(1)
	if f.focus >= 0 && !f.fields[f.focus].visible() {
		f.focus = -1
	}
}

// turns are the keys that lead to another field, and which way.
var turns = map[string]int{"tab": 1, "down": 1, "shift+tab": -1, "up": -1}

// Key handles a key press and reports whether the form used it: what the
// focused field uses, and tab, shift+tab, up and down, which move the focus.
// Enter is left to whoever has the form, to call Submit.
func (f *Form) Key(msg tea.KeyPressMsg) bool {
	f.settle()
	if f.focus < 0 {
		return false
	}
	if input := f.fields[f.focus].Input; input.Key(msg) {
		input.SetNote(MarkNone, "")
		f.settle()
		return true
	}
	way := turns[keyName(msg)]
	if way != 0 {
		f.turn(way)
	}
	return way != 0
}

// Paste hands pasted text to the focused field. It never submits anything.
func (f *Form) Paste(text string) {
	f.settle()
	if f.focus < 0 {
		return
	}
	input := f.fields[f.focus].Input
	input.SetNote(MarkNone, "")
	input.Paste(text)
	f.settle()
}

// Problem is the first visible field at fault and why, -1 and nil when all
// are right.
func (f *Form) Problem() (index int, problem error) {
	for i, field := range f.fields {
		if !field.visible() {
			continue
		}
		if problem := field.problem(); problem != nil {
			return i, problem
		}
	}
	return -1, nil
}

// Submit reports whether every visible field is right. Otherwise it goes to
// the first that is not and says why below it, unless that one still awaits
// something.
func (f *Form) Submit() bool {
	for _, field := range f.fields {
		if field.visible() {
			keep(field.Input)
		}
		field.Input.SetNote(MarkNone, "")
	}
	index, problem := f.Problem()
	if problem == nil {
		return true
	}
	awaits := f.fields[index].Awaits
	quiet := index > f.focus && awaits != nil && awaits()
	if f.Focus(index); quiet {
		return false
	}
	text := problem.Error()
	if f.Say != nil {
		text = f.Say(problem)
	}
	f.fields[index].Input.SetNote(MarkFail, text)
	return false
}

// Keep takes over what the fields hold while the form goes on, for whoever
// has to know it before Submit.
func (f *Form) Keep() {
	for _, field := range f.fields {
		keep(field.Input)
	}
}

// Typing says that letters are text now.
func (f *Form) Typing() bool { return f.focus >= 0 && f.fields[f.focus].Input.Typing() }

// Keys are those of the form, without enter.
func (f *Form) Keys() []key.Binding {
	visible := 0
	for _, field := range f.fields {
		if field.visible() {
			visible++
		}
	}
	if visible < 2 {
		return nil
	}
	return []key.Binding{Bind("next field", "tab")}
}

// View draws the visible fields one below the other within width cells.
func (f *Form) View(width int) string {
	drawn := ""
	for _, field := range f.fields {
		if !field.visible() {
			continue
		}
		if drawn != "" {
			drawn += "\n"
		}
		drawn += field.Input.View(width)
	}
	return drawn
}
