package ui

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
