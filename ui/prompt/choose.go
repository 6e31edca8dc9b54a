package prompt

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/sift"
	"github.com/draftt-io/draftt-databricks/words"
)

// pageSize is how many options are read out at a time.
const pageSize = 20

// ErrNoOptions says that there was nothing to choose from.
var ErrNoOptions = errors.New("nothing to choose from")

// Shortcut is an answer besides the text or the options that are asked for:
// one letter and what it does, "r" and "to refresh".
type Shortcut struct{ Letter, Does string }

// Choose asks for one of options by number or by part of its name, and gives
// its index. def is the index an empty answer gives; with a negative one an
// empty answer is asked again. Twenty options are shown at a time.
func (p *Prompt) Choose(title string, options []string, def int) (int, error) {
	if len(options) == 0 {
		return 0, ErrNoOptions
	}
	index, _, err := p.ChooseOr(title, options, def)
	return index, err
}

// ChooseOr is Choose with shortcuts. When one was used its letter is returned
// and the index is -1. A part of a name never chooses by itself: when only
// one option has it, that one becomes what an empty answer gives.
func (p *Prompt) ChooseOr(title string, options []string, def int, shortcuts ...Shortcut) (index int, letter string, err error) {
	if def >= len(options) {
		def = -1
	}
	p.Say("%s", title)
	list := listing{options: options, shown: everything(options), def: def}
	list.page(p)
	for {
		answer, err := p.Ask(list.question(), list.defaultAnswer(), slices.Concat(list.shortcuts(), shortcuts)...)
		switch {
		case err != nil:
			return -1, "", err
		case answer.Letter != "" && !list.has(answer.Letter):
			return -1, answer.Letter, nil
		}
		if answer.Text, err = p.meant(answer.Text, options); err != nil {
			p.Say("%s", err)
			continue
		}
		if chosen, ok := list.answer(p, answer); ok {
			return chosen, "", nil
		}
	}
}

func (p *Prompt) meant(answer string, options []string) (string, error) {
	if p.Meant == nil || answer == "" {
		return answer, nil
	}
	return p.Meant(answer, options)
}

// listing is the part of the options that is being read out.
type listing struct {
	options []string
	shown   []int // the options that have the part searched for
	read    int   // how many of shown were read out
	def     int
}

func everything(options []string) []int {
	all := make([]int, len(options))
	for i := range all {
		all[i] = i
	}
	return all
}

// answer handles one answer; ok is false when it did not choose.
func (l *listing) answer(p *Prompt, answer Answer) (index int, ok bool) {
	number, err := strconv.Atoi(answer.Text)
	switch {
	case answer.Letter != "":
		l.page(p)
	case answer.Text == "":
		p.Say("Type a number or part of a name.")
	case !answer.Quoted && err == nil && number >= 1 && number <= len(l.options):
		return number - 1, true
	default:
		return l.search(p, answer.Text)
	}
	return -1, false
}

// search narrows the list to the names that have every piece of text. A whole
// name, which ends at a comma where an option says more, chooses, unless
// several options are called that.
func (l *listing) search(p *Prompt, text string) (index int, ok bool) {
	var found, whole []int
	for i, option := range l.options {
		if name, _, _ := strings.Cut(option, ", "); strings.EqualFold(option, text) || strings.EqualFold(name, text) {
			whole = append(whole, i)
		}
		if sift.HasPieces(option, text) {
			found = append(found, i)
		}
	}
	if len(whole) == 1 {
		return whole[0], true
	}
	if len(found) == 0 {
		p.unfit(text, fmt.Sprintf("Nothing has %q in its name.", text))
		return -1, false
	}
	l.shown, l.read, l.def = found, 0, -1
	if len(found) == 1 {
		l.def = found[0]
	}
	l.page(p)
	return -1, false
}

// page reads out the next twenty. Numbers are those of the whole list, so
// they stay the same while searching.
func (l *listing) page(p *Prompt) {
	until := min(l.read+pageSize, len(l.shown))
	for _, i := range l.shown[l.read:until] {
		p.Say("%d. %s", i+1, ui.Clean(l.options[i]))
	}
	l.read = until
	if l.more() {
		p.Say("%s of %s shown.", words.Thousands(l.read), words.Thousands(len(l.shown)))
	}
}

func (l *listing) more() bool { return l.read < len(l.shown) }

func (l *listing) defaultAnswer() string {
	if l.def < 0 {
		return ""
	}
	return strconv.Itoa(l.def + 1)
}

func (l *listing) question() string {
	if len(l.options) == 0 {
		return ""
	}
	return "Number, part of a name"
}

// shortcuts are the letters of the list itself.
func (l *listing) shortcuts() []Shortcut {
	if !l.more() {
		return nil
	}
	return []Shortcut{{"m", "for more"}}
}

func (l *listing) has(letter string) bool {
	return slices.ContainsFunc(l.shortcuts(), func(s Shortcut) bool { return s.Letter == letter })
}
