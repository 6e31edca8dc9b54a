package prompt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/ui"
)

// Prompt asks questions line by line, for screen readers and simple
// terminals: nothing is redrawn, and colour is not used. Every question
// returns an error that has Ended when the input ends, never an answer nobody
// gave.
type Prompt struct {
	// In is read by every question. Use one reader for the whole life of the
	// program: a second one would lose what the first had read ahead.
	In  *bufio.Reader
	Out io.Writer
	// ReadSecret asks the question and reads a line without echo and without
	// its line break. When nil, secrets are read from In.
	ReadSecret func(question string) ([]byte, error)
	// Width is how many cells a line of the terminal has. Longer lines are
	// broken between words, since many screen readers read a window line by
	// line. When nil, lines stay as they are.
	Width func() int
	// Ready waits until a line can be read from In at once, and is false when
	// ctx ended first. When nil, nobody is heard while something is waited for.
	Ready func(ctx context.Context) bool
	// Terminal is where In comes from. When nil, In is no terminal, or one that
	// shows by itself what is typed.
	Terminal *Terminal
	// Meant gives the option that an answer to a choice stands for, where that
	// is more than a part of a name. An error is said, and the question asked
	// again. When nil, answers are taken as they are.
	Meant func(answer string, options []string) (string, error)
	// Exposed is what to say about an answer that is a secret where none was
	// asked for, nothing where it is none. When nil, all are taken as they are.
	Exposed func(answer string) string
	// Clock measures what is waited for. When nil, it is the machine's.
	Clock Clock

	kept *memory // of what was said; one for a prompt and its copies
}

// memory is what a person may still have before them.
type memory struct {
	lines []string
	aside bool // what is said now is help
}

// inSight is how many lines that is.
const inSight = 40

func (p *Prompt) memory() *memory {
	if p.kept == nil {
		p.kept = &memory{}
	}
	return p.kept
}

// Heard are the last lines that were said, without help.
func (p *Prompt) Heard() []string { return p.memory().lines }

// hear keeps what was said.
func (p *Prompt) hear(text string) {
	if m := p.memory(); !m.aside {
		m.lines = append(m.lines, strings.Split(text, "\n")...)
		m.lines = m.lines[max(0, len(m.lines)-inSight):]
	}
}

// Answer is what was answered to a question: a text, or a shortcut.
type Answer struct {
	Text   string // cleaned as in a ui.Field; what the question offers where nothing was typed
	Letter string // of the shortcut that was used
	Quoted bool   // the text is one character that was typed behind an equals sign
}

// lineLimit is the longest answer in bytes; a longer line is an error.
const lineLimit = 64 * 1024

var errLongLine = errors.New("the line is too long")

// Say writes one line.
func (p *Prompt) Say(format string, args ...any) {
	// A terminal that is gone also ends the input, which every question
	// reports, so an error here needs no second report.
	text := p.broken(fmt.Sprintf(format, args...))
	p.hear(text)
	_, _ = fmt.Fprintln(p.Out, text)
}

// Line asks for a line of text, cleaned as in a ui.Field. An empty answer gives
// def.
func (p *Prompt) Line(label, def string) (string, error) {
	answer, err := p.Ask(label, def)
	return answer.Text, err
}

// Ask is Line with shortcuts, which are named behind the label. A text that
// is one of their letters can be typed behind an equals sign: "=b" is the
// text "b".
func (p *Prompt) Ask(label, def string, shortcuts ...Shortcut) (Answer, error) {
	if err := p.ask(withShortcuts(label, shortcuts), def); err != nil {
		return Answer{}, err
	}
	line, err := p.read()
	if err != nil {
		return Answer{}, err
	}
	text := ui.CleanPaste(line)
	if text == "" {
		return Answer{Text: def}, nil
	}
	if len(shortcuts) == 0 {
		return Answer{Text: text}, nil
	}
	if letter := letterOf(text, shortcuts); letter != "" {
		return Answer{Letter: letter}, nil
	}
	text, quoted := unquote(text)
	return Answer{Text: text, Quoted: quoted}, nil
}

// unquote takes the equals sign away that makes a single character a text.
// Longer texts need none, so theirs are kept.
func unquote(text string) (string, bool) {
	if utf8.RuneCountInString(strings.TrimLeft(text, "=")) != 1 {
		return text, false
	}
	return strings.CutPrefix(text, "=")
}

func withShortcuts(label string, shortcuts []Shortcut) string {
	var ways []string
	if label != "" {
		ways = append(ways, label)
	}
	for _, shortcut := range shortcuts {
		ways = append(ways, shortcut.Letter+" "+shortcut.Does)
	}
	return strings.Join(ways, ", ")
}

var confirmWords = map[string]bool{"y": true, "yes": true, "n": false, "no": false}

// Confirm asks a question that is answered by yes or no; an empty answer
// gives def. Anything else is asked again.
func (p *Prompt) Confirm(question string, def bool) (bool, error) {
	return p.confirm(p.Line, question, def)
}

func (p *Prompt) confirm(ask func(label, def string) (string, error), question string, def bool) (bool, error) {
	word := "no"
	if def {
		word = "yes"
	}
	for {
		answer, err := ask(question+" Yes or no", word)
		if err != nil {
			return false, err
		}
		if yes, ok := confirmWords[strings.ToLower(answer)]; ok {
			return yes, nil
		}
		p.unfit(answer, "Type yes or no.")
	}
}

// unfit says why an answer cannot be taken. A secret that was typed where it is seen is more than a slip.
func (p *Prompt) unfit(answer, why string) {
	p.Say("%s", why)
	if p.Exposed == nil {
		return
	}
	if exposed := p.Exposed(answer); exposed != "" {
		p.Say("%s", exposed)
	}
}

// ask writes a question without a line break: "Name [def]: ".
func (p *Prompt) ask(label, def string) error {
	if def != "" {
		label += " [" + ui.Clean(def) + "]"
	}
	question := p.broken(label + ":")
	p.hear(question)
	if p.Terminal != nil {
		if err := p.Terminal.open(seen, question+" "); err != nil {
			return err
		}
	}
	if _, err := io.WriteString(p.Out, question+" "); err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	return nil
}

// broken is a text as it is shown, with lines that fit between words.
func (p *Prompt) broken(text string) string {
	text = ui.Shown(text)
	if p.Width == nil {
		return text
	}
	return ui.BreakWords(text, p.Width())
}

// read gives the next line without its break. The last line of an input may
// lack the break; only an input that ends before any text has Ended.
func (p *Prompt) read() (string, error) {
	if p.Terminal != nil {
		defer p.Terminal.close()
		if ownEcho {
			return p.Terminal.readSeen(p.Out)
		}
	}
	var line []byte
	for {
		part, err := p.In.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > lineLimit:
			return "", errLongLine
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(line) > 0, err == nil:
			return strings.TrimRight(string(line), "\r\n"), nil
		case errors.Is(err, io.EOF):
			return "", errEnded
		}
		return "", fmt.Errorf("read an answer: %w", err)
	}
}
