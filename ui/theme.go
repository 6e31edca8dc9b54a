package ui

import (
	"os"
	"time"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"
)

// Theme is how everything looks: the terminal's own foreground for text, one
// accent, three state colours, grey for help only. All widgets of a program
// share one *Theme, so that a change of background reaches them all.
//
// Colours are numbers of the 256-colour table chosen so that they keep their
// meaning when a terminal has 16 colours, and every style that matters is
// also bold or comes with a mark for terminals with none.
type Theme struct {
	Title    lipgloss.Style // the headline of a step or message
	Faint    lipgloss.Style // help, placeholders, what cannot be chosen
	Accent   lipgloss.Style // the current place
	Good     lipgloss.Style
	Bad      lipgloss.Style
	Warn     lipgloss.Style
	Selected lipgloss.Style // the row under the cursor
	Label    lipgloss.Style // the name in front of a field
	Badge    lipgloss.Style // the last chip of the header

	// ReducedMotion stops animation: redraws at most once a second and a
	// still mark instead of a spinner.
	ReducedMotion bool
	Links         bool // the terminal shows links
	Fixed         bool // the background was chosen, so what the terminal says of it is not asked for

	// Frame is how long a frame takes to come to the screen. Letters that come
	// sooner after a text lost the focus to keys were meant for the text: they
	// are dropped rather than done. Zero drops nothing.
	Frame time.Duration

	// Notice stands in place of the footer until the first key is pressed.
	Notice string

	huh   *huh.Styles // of this theme, nil until they are needed
	clock func() time.Time
	// window is the width of the whole window. The shell keeps it here
	// because full-width lines reach beyond the body a step is told about.
	window int
}

// FrameRate is how many frames a terminal is given in a second, at most. The first one waits for its turn as well.
const FrameRate = 120

// FrameTime is how long a frame takes to be seen: a terminal shows no more than 60 in a second.
const FrameTime = time.Second / 60

// NewTheme makes a theme for a dark or light background. Motion is reduced
// when the environment variable REDUCED_MOTION is set to anything.
func NewTheme(dark bool) Theme {
	theme := Theme{ReducedMotion: os.Getenv("REDUCED_MOTION") != ""}
	theme.setDark(dark)
	return theme
}

// palette is one accent, three states and the grey, each in the 256-colour
// table.
type palette struct{ accent, good, bad, warn, grey string }

var (
	darkPalette  = palette{accent: "80", good: "78", bad: "203", warn: "185", grey: "248"}
	lightPalette = palette{accent: "25", good: "28", bad: "124", warn: "94", grey: "240"}
)

// setDark chooses the colours for a dark or a light background. Nothing else
// changes.
func (t *Theme) setDark(dark bool) {
	colours := lightPalette
	if dark {
		colours = darkPalette
	}
	coloured := func(number string) lipgloss.Style {
		return lipgloss.NewStyle().Foreground(lipgloss.Color(number))
	}
	t.Title = lipgloss.NewStyle().Bold(true)
	t.Label = lipgloss.NewStyle()
	t.Faint = coloured(colours.grey)
	t.Accent = coloured(colours.accent)
	t.Good = coloured(colours.good)
	t.Bad = coloured(colours.bad)
	t.Warn = coloured(colours.warn)
	t.Selected = coloured(colours.accent).Bold(true)
	t.Badge = coloured(colours.accent).Bold(true)
	t.huh = nil
}

// Mark draws a mark in its colour, one cell wide.
func (t *Theme) Mark(mark Mark) string {
	glyph := mark.String()
	switch mark {
	case MarkPass:
		return t.Good.Render(glyph)
	case MarkFail:
		return t.Bad.Render(glyph)
	case MarkWarn, MarkUnknown:
		return t.Warn.Render(glyph)
	case MarkCursor, MarkRunning:
		return t.Accent.Render(glyph)
	case MarkWaiting:
		return t.Faint.Render(glyph)
	}
	return glyph
}

// Now is the clock of the program, which tests may replace through
// Options.Now.
func (t *Theme) Now() time.Time {
	if t.clock == nil {
		return time.Now()
	}
	return t.clock()
}

var spinnerFrames = [...]string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}

const (
	// frameTime makes eight frames a second: enough to look alive and cheap
	// in terminals that redraw slowly.
	frameTime = 125 * time.Millisecond
	// spinnerAfter spares the eye a flash when an answer comes at once.
	spinnerAfter = 200 * time.Millisecond
	// secondsAfter is when the person starts to wonder how long it has been.
	secondsAfter = 3 * time.Second
)

// Spinner is the running mark after the given time: blank for the first fifth
// of a second, then a frame of the animation, or the still mark when motion is
// reduced. It is one cell wide.
func (t *Theme) Spinner(elapsed time.Duration) string {
	switch {
	case t.ReducedMotion:
		return t.Mark(MarkRunning)
	case elapsed < spinnerAfter:
		return " "
	}
	frame := int(elapsed/frameTime) % len(spinnerFrames)
	return t.Accent.Render(spinnerFrames[frame])
}

// Mark is a state drawn as one cell, so that no state is told by colour
// alone.
type Mark int

// The marks and what they say.
const (
	MarkNone    Mark = iota // nothing, drawn as a blank
	MarkWaiting             // "·" not begun
	MarkRunning             // "…" at work; a spinner where motion is welcome
	MarkPass                // "✓" as it should be
	MarkFail                // "✗" not as it should be
	MarkWarn                // "!" works, with a but
	MarkCursor              // "›" the place where the person is
	MarkUnknown             // "?" could not be found out
)

var markGlyphs = [...]string{
	MarkNone:    " ",
	MarkWaiting: "·",
	MarkRunning: "…",
	MarkPass:    "✓",
	MarkFail:    "✗",
	MarkWarn:    "!",
	MarkCursor:  "›",
	MarkUnknown: "?",
}

// String is the mark without colour, always one cell wide.
func (m Mark) String() string {
	if m < 0 || int(m) >= len(markGlyphs) {
		return markGlyphs[MarkNone]
	}
	return markGlyphs[m]
}
