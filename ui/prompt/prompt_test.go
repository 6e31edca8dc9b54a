package prompt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

const (
	canary  = "dose-CANARY-7f3a"
	hostile = "evil\x1b[2J\x1b]0;owned\a\u202Egnp.exe\u200B\r\nrow\xff\x9b31m"
)

var beanNames = []string{"Harrar longberry", "house blend", "Sidamo", "decaf house", "Yirgacheffe"}

func newPrompt(input string) (*Prompt, *strings.Builder) {
	var out strings.Builder
	return &Prompt{In: bufio.NewReader(strings.NewReader(input)), Out: &out}, &out
}

func TestAnswersAreReadOneAfterTheOther(t *testing.T) {
	// A reader of one byte at a time behaves like a slow person, one of
	// everything like a pipe; the answers must be the same.
	input := "  adb-1.example\u200B.net \r\n\nyes\n2\nlast line without a break"
	readers := map[string]io.Reader{
		"piped": strings.NewReader(input),
		"typed": iotest.OneByteReader(strings.NewReader(input)),
	}
	for name, reader := range readers {
		t.Run(name, func(t *testing.T) {
			p := &Prompt{In: bufio.NewReaderSize(reader, 16), Out: io.Discard}
			host, err1 := p.Line("Host", "")
			cup, err2 := p.Line("Name", "Ada")
			sure, err3 := p.Confirm("Sure?", false)
			bean, err4 := p.Choose("Beans", beanNames, -1)
			last, err5 := p.Line("Last", "")
			if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprint(host, "|", cup, "|", sure, "|", bean, "|", last)
			if got != "adb-1.example.net|Ada|true|1|last line without a break" {
				t.Fatalf("answers %s", got)
			}
		})
	}
}

func TestTheEndOfInputIsNeverAnAnswer(t *testing.T) {
	questions := map[string]func(*Prompt) error{
		"line":    func(p *Prompt) error { _, err := p.Line("Name", "Ada"); return err },
		"secret":  func(p *Prompt) error { _, err := p.Secret("Code"); return err },
		"confirm": func(p *Prompt) error { _, err := p.Confirm("Sure?", true); return err },
		"choose":  func(p *Prompt) error { _, err := p.Choose("Beans", beanNames, 0); return err },
		"secret without echo": func(p *Prompt) error {
			p.ReadSecret = func(string) ([]byte, error) { return nil, io.EOF }
			_, err := p.Secret("Code")
			return err
		},
	}
	for name, ask := range questions {
		p, _ := newPrompt("")
		if err := ask(p); !Ended(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if hungUp := fmt.Errorf("ask the roastery: %w", io.EOF); Ended(hungUp) || GoesAway(hungUp) {
		t.Error("a server that hangs up is taken for the person")
	}
}

func TestASecretIsAskedAgainUntilItCanBeOne(t *testing.T) {
	p, out := newPrompt("")
	answers := []string{"", "two words", " " + canary + "\r"}
	p.ReadSecret = func(question string) ([]byte, error) {
		_, _ = out.WriteString(question + "\n")
		answer := answers[0]
		answers = answers[1:]
		return []byte(answer), nil
	}
	secret, err := p.Secret("Loyalty code")
	if err != nil || string(secret) != canary {
		t.Fatalf("secret %q, %v", secret, err)
	}
	want := "Loyalty code: \nNothing was entered.\n" +
		"Loyalty code: \nWhat was entered has a space at position 4.\n" +
		"Loyalty code: \nBlanks around it were left out.\n16 characters received.\n"
	if out.String() != want {
		t.Fatalf("said %q", out)
	}
}

func TestChoosingByNumberByPartAndByMore(t *testing.T) {
	options := make([]string, 45)
	for i := range options {
		options[i] = fmt.Sprintf("warehouse %02d", i+1)
	}
	options[43] = "Analytics"
	tests := []struct {
		name, input string
		want        int
		said        string
	}{
		{"a number", "7\n", 6, ""},
		{"the default", "\n", 2, "[3]: "},
		{"more, then a number not shown before", "m\n33\n", 32, "40. warehouse 40\n40 of 45 shown."},
		{"a part that one has, then enter", "naly\n\n", 43, "44. Analytics\n"},
		{"a whole name", "analytics\n", 43, ""},
		{"a part that several have, then a number", "house 1\n11\n", 10, "11. warehouse 11\n"},
		{"a part that none has", "zzz\n1\n", 0, `Nothing has "zzz" in its name.`},
		{"a number out of range", "99\n1\n", 0, `Nothing has "99" in its name.`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, out := newPrompt(test.input)
			got, err := p.Choose("Select your warehouse.", options, 2)
			if err != nil || got != test.want {
				t.Fatalf("chose %d, %v", got, err)
			}
			if !strings.Contains(out.String(), test.said) {
				t.Fatalf("said %s", out)
			}
			first, _, _ := strings.Cut(out.String(), "Number")
			if strings.Contains(first, "21. ") || !strings.Contains(first, "20 of 45 shown.") {
				t.Fatalf("the first page is not twenty: %s", first)
			}
		})
	}
}

func TestAPartOfANameNeverChoosesByItself(t *testing.T) {
	p, _ := newPrompt("yirga\n")
	if _, err := p.Choose("Beans", beanNames, -1); !Ended(err) {
		t.Fatalf("a search became an answer: %v", err)
	}
}

func TestShortcutsAreNamedAndReturned(t *testing.T) {
	p, out := newPrompt("B\n")
	index, letter, err := p.ChooseOr("Beans", beanNames, 0, Shortcut{"r", "to refresh"}, Shortcut{"b", "to go back"})
	if index != -1 || letter != "b" || err != nil {
		t.Fatalf("%d, %q, %v", index, letter, err)
	}
	if !strings.Contains(out.String(), "Number, part of a name, r to refresh, b to go back [1]: ") {
		t.Fatalf("said %s", out)
	}
	if _, err := p.Choose("Beans", nil, 0); !errors.Is(err, ErrNoOptions) {
		t.Fatalf("no options: %v", err)
	}
}

func TestAnEndlessLineIsAnError(t *testing.T) {
	p := &Prompt{In: bufio.NewReader(strings.NewReader(strings.Repeat("x", 1<<20))), Out: io.Discard}
	if _, err := p.Line("Name", ""); !errors.Is(err, errLongLine) {
		t.Fatalf("error %v", err)
	}
}

func TestNothingSaidCanCarryControlCharacters(t *testing.T) {
	p, out := newPrompt("1\n")
	if _, err := p.Choose("Beans", []string{hostile}, -1); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\a\r\u202E") {
		t.Fatalf("said %q", out)
	}
}

func TestALetterBehindAnEqualsSignIsAText(t *testing.T) {
	for typed, want := range map[string]Answer{
		"b": {Letter: "b"}, "B": {Letter: "b"}, "=b": {Text: "b", Quoted: true}, "==b": {Text: "=b", Quoted: true},
		"=bc": {Text: "=bc"}, "=": {Text: "="}, "": {Text: "Ada"}, "x": {Text: "x"},
	} {
		p, out := newPrompt(typed + "\n")
		got, err := p.Ask("Name", "Ada", Shortcut{"b", "to go back"})
		if err != nil || got != want || out.String() != "Name, b to go back [Ada]: " {
			t.Errorf("%q was understood as %+v, %v after %q", typed, got, err, out)
		}
	}
}

func TestALetterBehindAnEqualsSignIsLookedForInAList(t *testing.T) {
	p, _ := newPrompt("=7\n=b\n")
	options := []string{"first", "7, a schema", "b, a schema"}
	for _, want := range []int{1, 2} {
		if got, letter, err := p.ChooseOr("Schemas", options, 0, Shortcut{"b", "to go back"}); got != want || letter != "" || err != nil {
			t.Errorf("chose %d, %q, %v, not %d", got, letter, err, want)
		}
	}
}

// lastRead ends a wait with what is read.
type lastRead struct {
	from io.Reader
	end  func()
}

func (l *lastRead) Read(into []byte) (int, error) {
	defer l.end()
	return l.from.Read(into)
}

// TestAWaitHearsThePerson has lines arrive while something is waited for.
func TestAWaitHearsThePerson(t *testing.T) {
	tests := []struct {
		name, typed, letter, left string
	}{
		{"a way out", "b\n", "b", ""},
		{"after impatient lines", "\n  \nb\nx\n", "b", "x\n"},
		{"what is for the next question stays", "devices\nb\n", "", "devices\nb\n"},
		{"a line without its end stays", "b", "", "b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, _ := newPrompt(test.typed)
			p.Ready = func(context.Context) bool { return true }
			ctx, end := context.WithCancel(t.Context())
			defer end()
			if test.letter == "" { // the wait ends once the line was looked at
				p.In = bufio.NewReader(&lastRead{p.In, end})
			}
			letter, err := p.Overhear(ctx, Shortcut{"b", "to go back"})
			left, _ := io.ReadAll(p.In)
			if letter != test.letter || err != nil || string(left) != test.left {
				t.Errorf("heard %q, %v, and left %q", letter, err, left)
			}
		})
	}
	p, _ := newPrompt("")
	p.Ready = func(context.Context) bool { return true }
	if _, err := p.Overhear(t.Context()); !Ended(err) {
		t.Errorf("the end of the input is %v", err)
	}
}
