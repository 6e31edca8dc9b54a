package keys

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
)

// place is where a person is: what stands on the screen, and how it looks.
type place struct {
	standing []ui.Panel
	step     int
	frame    string
	typing   bool
	names    []string // of the keys
}

// passing is what changes by itself in a frame.
var passing = regexp.MustCompile(`[ (]+\d+(\.\d)? m?s\b\)?|[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]`)

func (p *person) now() place {
	return place{p.Standing(), p.Current(), p.drawn, p.top().Typing(), p.names()}
}

// same reports that nobody sees a difference.
func (a place) same(b place) bool {
	return a.frame == b.frame || plain(a.frame) == plain(b.frame)
}

func plain(frame string) string { return passing.ReplaceAllString(screentest.PlainText(frame), "") }

// here reports that the same stands on the screen.
func (a place) here(b place) bool { return a.step == b.step && slices.Equal(a.standing, b.standing) }

// judge holds one row against the rules.
type judge struct {
	*person
	t    testing.TB
	what string         // row and state
	busy bool           // answers are awaited, and none is taken
	anew func() *person // another person in the same place
	next []string       // keys that open the next rows, which are judged there
}

func (j *judge) wrong(format string, args ...any) {
	j.t.Helper()
	j.t.Errorf("%s: %s\n%s", j.what, fmt.Sprintf(format, args...), j.Screen())
}

// rest takes what is awaited, unless the row is judged while it works.
func (j *judge) rest() {
	if !j.busy && !j.over() {
		j.calm()
	}
}

// try presses a key, and tells what came of it.
func (j *judge) try(name string) (acted bool, before, after place) {
	before = j.now()
	pending := j.Pending
	j.PressKey(keyOf(j.t, name))
	after = j.now()
	return j.over() || !before.here(after) || !before.same(after) || j.Pending > pending, before, after
}

func keyOf(t testing.TB, name string) tea.KeyPressMsg {
	if name == "shift+tab" {
		return tea.KeyPressMsg{Code: tea.KeyTab, Mod: tea.ModShift}
	}
	return screentest.PressOf(t, name)
}

// all are the rules, those that leave nothing behind first. Pressing what is named comes last and takes longest: every third row has to do.
func (j *judge) all(pressing bool) {
	rules := []func(){j.named, j.unbound, j.help, j.words, j.sizes, j.leaving, j.moves, j.text}
	if pressing {
		rules = append(rules, j.bound)
	}
	for _, rule := range rules {
		if rule(); j.over() {
			j.person = j.anew()
		}
	}
}

// atWork holds a row against the rules before any answer is taken. Esc leads away from it, and the same keys to it again.
func (j *judge) atWork(r row) {
	what := j.what
	j.what, j.busy, j.next = what+" at work", true, nil
	for _, rule := range []func(){j.named, j.unbound, j.help, j.sizes, j.leaving, j.text, j.bound} {
		rule()
	}
	if before := j.now(); len(before.standing) > 1 && r.does == nil {
		j.Press("esc")
		if after := j.now(); !slices.Equal(after.standing, before.standing[:len(before.standing)-1]) && !before.here(after) {
			j.wrong("esc leads elsewhere")
		}
		j.what, j.busy = what, false
		j.calm()
		if len(j.Standing()) < len(before.standing) {
			r.play(j.person)
		}
	}
	j.what, j.busy = what, false
}

// down presses Esc as often as it takes to come so many levels down, each of them exactly one.
func (j *judge) down(levels int) {
	for range levels {
		before := j.now()
		j.Press("esc")
		after, depth := j.now(), len(before.standing)-1
		if !(before.step == after.step && (before.here(after) && !before.same(after) || slices.Equal(after.standing, before.standing[:depth]))) {
			j.wrong("esc does not lead one level down")
		}
		j.calm()
	}
}

// movement is what moves, and therefore is not named on every screen.
var movement = []string{"up", "down", "left", "right", "pgup", "pgdown", "home", "end", "tab", "shift+tab"}

// ofTheShell are keys that work everywhere.
var ofTheShell = []string{"esc", "f1", "f2", "ctrl+c", "ctrl+z", "ctrl+s", "ctrl+u", "?", "f5"}

// mentioned finds keys in what a screen says.
var mentioned = regexp.MustCompile(`\b(ctrl\+[a-z]|f\d)\b|(?:^|[ ,.:(])([b-z]) (?:shows|saves|looks|tries|uses|opens|clears|copies|starts)\b`)

// named: what the screen itself says of keys is true, and no key is named twice.
func (j *judge) named() {
	names := append(j.names(), ofTheShell...)
	if j.helpIsOpen() {
		return
	}
	for _, found := range mentioned.FindAllStringSubmatch(j.Screen(), -1) {
		if name := found[1] + found[2]; !slices.Contains(names, name) {
			j.wrong("it speaks of %q, which is no key here", name)
		}
	}
	seen := map[string]bool{}
	for _, binding := range j.keys() {
		if seen[binding.Help().Key] {
			j.wrong("%q is named twice", binding.Help().Key)
		}
		seen[binding.Help().Key] = true
		if is := binding.Help(); is.Key == "y" && !strings.Contains(is.Desc, "copy") {
			j.wrong("y is %q and not to copy", is.Desc)
		}
		for _, name := range binding.Keys() {
			if len([]rune(name)) == 1 && j.top().Typing() {
				j.wrong("%q is named while letters are text", name)
			}
		}
	}
	if !strings.Contains(j.footer(), "esc ") && !j.card() {
		j.wrong("the footer does not name the way back")
	}
}

// card reports that the page is open which whoever types closes, with what they typed in the field below it.
func (j *judge) card() bool { return kindOf(j.top()) == "ui.Page" && j.Shows("enter go on") }

// helpIsOpen reports that the page of all keys is on top, which has no help of its own.
func (j *judge) helpIsOpen() bool {
	return kindOf(j.top()) == "ui.Page" && j.Shows("Keys") && !strings.Contains(j.footer(), "help") && !j.card()
}

// letters are what can be pressed by mistake.
const letters = "abcdefghijklmnopqrstuvwxyzN1/"

// edits are keys that edit a text, and those that a terminal sends for others.
const edits = "abdefhijkmnptuvw"

// unbound: a key that is not named does nothing, and that is not even seen.
func (j *judge) unbound() {
	names, typing := append(j.names(), ofTheShell...), j.top().Typing() || j.card()
	candidates := []string{"f3", "f4"}
	for i, letter := range letters {
		if (j.busy || !*full) && i%4 > 0 {
			continue
		}
		if !typing {
			candidates = append(candidates, string(letter))
		}
		if letter >= 'a' && letter <= 'z' && !strings.ContainsRune(edits, letter) {
			candidates = append(candidates, "ctrl+"+string(letter))
		}
	}
	j.Press("f6") // takes away what was said of the key before
	for _, name := range append(candidates, "enter", "space") {
		if slices.Contains(names, name) || name == "space" && typing {
			continue
		}
		if acted, before, after := j.try(name); acted && !(j.busy && before.here(after) && onlyNotTaken(before, after)) {
			j.wrong("%q does something and is not named", name)
			j.person = j.anew()
		}
	}
}

// onlyNotTaken reports that a form that works said of a letter that it is not taken, and that nothing else is seen.
func onlyNotTaken(before, after place) bool {
	words := func(text string) string { return strings.Join(strings.Fields(text), "") }
	above, below, said := strings.Cut(words(plain(after.frame)), words(ui.NotTaken))
	return said && above+below == words(plain(before.frame))
}

// help: F1 opens all keys, and so does ? where letters act. It lists every key, and closes again.
func (j *judge) help() {
	ways := []string{"f1", "?"}
	if j.top().Typing() || j.card() {
		ways = ways[:1]
	}
	keys := j.keys()
	for _, way := range ways {
		if j.helpIsOpen() {
			break
		}
		for _, closing := range []string{way, "esc"} {
			_, before, after := j.try(way)
			if len(after.standing) != len(before.standing)+1 {
				j.wrong("%s opens no help", way)
				return
			}
			text := j.top().View(100, 100)
			for _, binding := range keys {
				if !strings.Contains(text, binding.Help().Key) || !strings.Contains(text, binding.Help().Desc) {
					j.wrong("help has no %q %q", binding.Help().Key, binding.Help().Desc)
				}
			}
			j.Press(closing)
			if again := j.now(); !again.here(before) || !again.same(before) {
				j.wrong("%s does not lead back from help", closing)
			}
		}
	}
}

// words: F5 explains the words on the screen wherever help says so, and nowhere else. It is named there alone, as what works everywhere is.
func (j *judge) words() {
	if j.helpIsOpen() {
		return
	}
	j.Press("f1")
	named := strings.Contains(j.top().View(100, 100), "the words on this screen")
	j.Press("f1")
	for _, closing := range []string{"f5", "esc"} {
		acted, before, after := j.try("f5")
		if acted != named || named && len(after.standing) != len(before.standing)+1 {
			j.wrong("f5 opens a page: %t, and help names it: %t", acted, named)
		}
		if !acted {
			return
		}
		if j.Press(closing); !j.now().here(before) || !j.now().same(before) {
			j.wrong("%s does not lead back from the words", closing)
		}
	}
}

// sizes: nothing is lost in a window of another size.
func (j *judge) sizes() {
	before := j.now()
	for _, size := range [][2]int{{60, 18}, {120, 40}, {30, 5}, {200, 50}, {80, 24}} {
		j.Resize(size[0], size[1])
	}
	if after := j.now(); !after.here(before) || !after.same(before) {
		j.wrong("other sizes left another screen than\n%s", plain(before.frame))
	}
}

// leaving: Ctrl+C asks, and any other key stays, without doing anything else. Only text is typed where a field takes it, and can be taken back.
func (j *judge) leaving() {
	before := j.now()
	for _, stays := range []string{"esc", "enter", "x"} {
		typed := stays == "x" && before.typing
		if typed { // what is proposed in a field gives way to anything that is typed, with and without the question
			j.Press("x", "backspace")
			before = j.now()
		}
		if j.Press("ctrl+c"); !j.Shows("ctrl+c leaves") {
			j.wrong("ctrl+c does not ask")
		}
		if j.Press(stays); typed {
			j.Press("backspace")
		}
		if after := j.now(); !after.here(before) || !after.same(before) {
			j.wrong("%s did more than stay", stays)
		}
	}
}

// counted is where in a list or page one is, and more tells that not all of it is in sight.
var (
	counted = regexp.MustCompile(`\d+ of \d+\b`)
	more    = regexp.MustCompile(`┃|pgup and pgdown show the rest`)
)

// moves: where there is more than is in sight, or a list, every key that moves does.
func (j *judge) moves() {
	start := j.now()
	j.Resize(60, 18)
	defer func() {
		j.Resize(80, 24)
		j.back(start)
	}()
	typing, where := j.top().Typing(), counted.MatchString(j.top().View(60, 13))
	names := []string{"down", "pgdown", "end"}
	if typing && !where { // the fields of a form have these themselves
		names = names[1:2]
	}
	back := map[string]string{"down": "up", "pgdown": "pgup", "end": "home"}
	j.Press("pgup", "pgup", "pgup")
	if !typing || where {
		j.Press("home", "pgup")
	}
	moved := map[string]bool{}
	for _, name := range names {
		j.rest()
		top := j.now()
		j.PressKey(keyOf(j.t, name))
		moved[name] = !j.now().same(top)
		j.PressKey(keyOf(j.t, back[name]))
		j.rest()
		if after := j.now(); !after.same(top) {
			j.wrong("%s does not lead back from %s to\n%s", back[name], name, plain(top.frame))
		}
	}
	some := moved["down"] || moved["pgdown"] || moved["end"] || more.MatchString(j.Screen())
	for _, name := range names {
		if some && !moved[name] {
			j.wrong("%s does not move, and there is more", name)
		}
	}
}

// text: where a text has the focus every character is text, and no key but those that are named does anything else. What was typed is
// there after help, after another size and after the question whether to leave.
func (j *judge) text() {
	if !j.top().Typing() {
		return
	}
	start := j.now()
	for _, letter := range "ya?" {
		pending := j.Pending
		_, before, after := j.try(string(letter))
		if !before.here(after) {
			j.wrong("the letter %q acts in a text", letter)
			return
		}
		if before.same(after) {
			j.wrong("the letter %q is lost", letter)
		}
		if j.busy && j.Pending > pending {
			j.wrong("the letter %q begins something", letter)
		}
	}
	j.rest()
	typed := j.now()
	j.sizes()
	j.help()
	j.leaving()
	if after := j.now(); !after.same(typed) {
		j.wrong("what was typed is lost:\n%s", plain(typed.frame))
	}
	j.Press("backspace", "backspace", "backspace")
	j.rest()
	if !j.now().here(start) {
		j.wrong("what was typed cannot be taken back")
	}
}

// bound: every key that is named does something.
func (j *judge) bound() {
	keys, first := j.keys(), j.person
	for _, binding := range keys {
		for _, name := range binding.Keys() {
			if j.person != first && !*full { // another person has been needed, which takes long
				return
			}
			if slices.Contains(movement, name) || name == "esc" || slices.Contains(j.next, name) {
				continue
			}
			acted, before, after := j.try(name)
			if !acted {
				j.wrong("%q is named as %q and does nothing", name, binding.Help().Desc)
				continue
			}
			if j.over() || after.step != before.step { // what goes on there may take its time
				j.person = j.anew()
				continue
			}
			j.rest()
			if strings.Contains(binding.Help().Desc, "copy") && !j.busy && !j.over() && before.here(after) && !strings.Contains(j.Screen(), "clipboard") {
				j.wrong("%s does not say which way it went", name)
			}
			j.back(before)
		}
	}
}

// back comes to a place again, by Esc or by another person.
func (j *judge) back(to place) {
	for range 3 {
		if !j.over() && len(j.Standing()) > len(to.standing) {
			j.Press("esc")
			j.rest()
		}
	}
	if j.over() || !j.now().here(to) || j.top().Typing() != to.typing || !slices.Equal(j.names(), to.names) {
		j.person = j.anew()
	}
}

// up: Esc closes something within, or leads exactly one level up, until it leads a step back, out, or asks.
func (j *judge) up() {
	for range 40 {
		before := j.now()
		j.Press("esc")
		if j.over() {
			return
		}
		after, depth := j.now(), len(before.standing)-1
		switch {
		case j.Shows("esc leaves"):
			if j.Press("esc"); !j.Left() {
				j.wrong("esc does not leave where it is said to")
			}
			return
		case after.step < before.step && depth == 0:
			j.calm()
		case after.step == before.step && slices.Equal(after.standing, before.standing[:max(1, depth)]) && depth > 0:
		case before.here(after) && !after.same(before):
		default:
			j.wrong("esc leads from %d panels in step %d to %d in step %d", depth, before.step+1, len(after.standing)-1, after.step+1)
			return
		}
	}
	j.wrong("esc does not lead out")
}
