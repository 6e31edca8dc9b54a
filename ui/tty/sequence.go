package tty

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/pattern"
)

const esc = 0x1b

// form is how far an escape sequence has come.
type form int

const (
	unfinished form = iota
	aKey            // complete, and a key
	anAnswer        // complete, and an answer of the terminal
	broken          // no sequence goes on like this
)

// grammar is a kind of sequence. Both expressions are anchored: begins
// matches all beginnings of it and whole the complete one.
type grammar struct {
	is            form
	begins, whole pattern.Pattern
}

// grammars are what a terminal sends after ESC, the answers first: for a
// person nothing begins as they do. They are narrow, so that what is typed
// behind an answer that was cut off is soon told from it. The terminal
// library knows a reading for each; here it only matters where they end.
var grammars = []grammar{
	// Modes, attributes, keyboard flags, states and positions: CSI ? … $ y, c, u, n, R.
	answer(`\[\?[0-9;:]*`, `(\$y|[cunR])`, `\[|\[\?[0-9;:]*\$?`),
	// Secondary and tertiary attributes: CSI > … c, CSI > … m, CSI = … c.
	answer(`\[[>=][0-9;]*`, `[cm]`, `\[([>=][0-9;]*)?`),
	// A cursor position. Row one is a key as well: F3 with a modifier.
	answer(`\[([2-9]|[1-9][0-9]+);[0-9]+`, `R`, `\[([1-9][0-9]*(;[0-9]*)?)?`),
	// Sizes and states without a mark: CSI … t, CSI … n.
	answer(`\[[0-9;]+`, `[tn]`, `\[[0-9;]*`),
	// Colours: OSC 4, 10, 11, 12 ; rgb:hhhh/hhhh/hhhh, ended by BEL or ST.
	answer(`\](4;[0-9]{1,3}|1[0-9]);rgba?:`+colour+`(/`+colour+`){2,3}`, ended,
		`\](4(;[0-9]{0,3})?|1[0-9]?)?|\](4;[0-9]{1,3}|1[0-9]);(r(g(ba?)?)?)?|\](4;[0-9]{1,3}|1[0-9]);rgba?:[0-9a-fA-F]{0,4}(/[0-9a-fA-F]{0,4}){0,3}\x1b?`),
	// Version, terminfo and settings: DCS > |, 0 or 1 + r, 0 or 1 $ r, ! |.
	answer(`P([>!]\||[01][+$]r)[ -~]*`, ended, `P([>!01]|[01][+$])?|P([>!]\||[01][+$]r)[ -~]*\x1b?`),
	// What a graphics protocol answers: APC G.
	answer(`_G[ -~]*`, ended, `_(G[ -~]*\x1b?)?`),
	// Keys. rxvt ends some with $, the Linux console begins some with [[, and alt sets one more ESC before them.
	{aKey, anchored(`\[([0-9;:<]*|\[)`), anchored(`\[([0-9;:<]*[@-Z\\-~]|[0-9;]+\$|\[[A-Z])`)},
	{aKey, anchored(`O[0-9;]*`), anchored(`O[0-9;]*[ -/:<-~]`)},
}

const (
	colour = `[0-9a-fA-F]{1,4}`
	ended  = `(\x07|\x1b\\)`
	// longest is how much an unfinished sequence may hold.
	longest = 128
)

func answer(body, end, begins string) grammar {
	return grammar{anAnswer, anchored(begins), anchored(body + end)}
}

func anchored(expression string) pattern.Pattern {
	return pattern.New(`^(` + expression + `)$`)
}

// read tells what a sequence is. It begins with one or two ESC.
func read(seq []byte) form {
	rest := bytes.TrimLeft(seq, "\x1b")
	switch {
	case len(seq) > longest:
		return broken
	case len(rest) == 0 && len(seq) <= 2:
		return unfinished
	case len(rest) == 0:
		return broken
	case !strings.ContainsRune("[]P_O", rune(rest[0])):
		return alternative(seq)
	}
	// A key is complete as soon as it can be, unless an answer may yet come of it.
	goesOn := false
	for _, g := range grammars {
		if g.whole().Match(rest) {
			return g.is
		}
		goesOn = goesOn || g.begins().Match(rest)
	}
	if goesOn {
		return unfinished
	}
	return broken
}

// alternative is a key with alt, which is ESC and the key. ESC and a control
// character are two keys that came together.
func alternative(seq []byte) form {
	switch key := seq[1:]; {
	case key[0] < 0x20 || key[0] == esc:
		return broken
	case !utf8.FullRune(key):
		return unfinished
	}
	return aKey
}

// attributes are what the terminal answers to the question that is put behind
// all others.
var attributes = pattern.New(`^\x1b+\[\?[0-9;]*c$`)
