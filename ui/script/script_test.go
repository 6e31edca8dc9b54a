package script

import (
	"context"
	"errors"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

func TestAScriptIsReadLineByLine(t *testing.T) {
	got, err := Parse("# a walk\n\nenter\n  type inventory assets \npause 500ms\nsee \"Signed in\"\ngone \"a \\\"b\\\"\"\nctrl+s\nspace\nx\n")
	want := []Action{
		{Line: 3, Text: "enter"}, {Line: 4, Kind: Type, Text: "inventory assets"}, {Line: 5, Kind: Pause, Pause: 500 * time.Millisecond},
		{Line: 6, Kind: See, Text: "Signed in"}, {Line: 7, Kind: Gone, Text: `a "b"`}, {Line: 8, Text: "ctrl+s"}, {Line: 9, Text: "space"}, {Line: 10, Text: "x"},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestALineThatCannotBePlayedIsNamed(t *testing.T) {
	for line, says := range map[string]string{
		"entre": `"entre" is neither`, "type": "the text to type", "pause": "how long", "pause 5": "how long", "pause 2h": "how long", "pause -1s": "how long",
		"see Signed in": "double quotes", `see ""`: "double quotes", "see": "double quotes", "see 'x'": "double quotes", "see `x`": "double quotes", "ctrl+1": "neither", "Enter": "neither",
	} {
		_, err := Parse("enter\n" + line)
		var wrong *LineError
		if !errors.As(err, &wrong) || wrong.Line != 2 || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", line, err)
		}
	}
}

// echo is a screen that shows what is typed, and ends at enter.
type echo struct{ text string }

func (e *echo) Init() tea.Cmd { return nil }
func (e *echo) View() tea.View {
	return tea.NewView("you typed\n" + e.text)
}

func (e *echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if key.Code == tea.KeyEnter {
			return e, tea.Quit
		}
		e.text += key.Text
	}
	return e, nil
}

func play(t *testing.T, text string, patience time.Duration) (screen *echo, played error) {
	t.Helper()
	actions, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	p, screen := NewPlayer(actions, patience), &echo{}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	program := tea.NewProgram(p.Watch(screen), tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithWindowSize(80, 24))
	done := make(chan error)
	go func() {
		err := p.Play(ctx)
		cancel()
		done <- err
	}()
	p.Begins(program.Send)
	_, _ = program.Run()
	p.Begins(nil)
	return screen, <-done
}

func TestAPlayerTypesAndWaitsForWhatShows(t *testing.T) {
	screen, err := play(t, "see \"you typed\"\ntype ab c\nsee \"typed ab c\"\nx\nsee \"cx\"\nenter\n", time.Minute)
	if err != nil || screen.text != "ab cx" {
		t.Errorf("%q, %v", screen.text, err)
	}
}

func TestAPlayerSaysAtWhichLineItStoppedAndHowLongItWaited(t *testing.T) {
	_, err := play(t, "type a\nsee \"b\"\nenter\n", 50*time.Millisecond)
	if err == nil || !regexp.MustCompile(`^line 2 of the script: "b" never showed, in \d+ seconds?\.$`).MatchString(err.Error()) {
		t.Errorf("%v", err)
	}
}

func TestAPlayerWaitsForAProgramThatSaysHowItGetsOn(t *testing.T) {
	const patience = time.Second
	actions, err := Parse("see \"read\"\n")
	if err != nil {
		t.Fatal(err)
	}
	p := NewPlayer(actions, patience)
	out := p.Hears(io.Discard)
	played := make(chan error)
	go func() { played <- p.Play(t.Context()) }()
	for range 15 {
		time.Sleep(patience / 10)
		_, _ = io.WriteString(out, "still reading\n")
	}
	_, _ = io.WriteString(out, "read\n")
	if err := <-played; err != nil {
		t.Error(err)
	}
}

func TestAPlayerAnswersLineByLineAndThePersonGoesOn(t *testing.T) {
	actions, err := Parse("see \"Name:\"\ntype Ada\nenter\nsee \"Hello Ada\"\n")
	if err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	p := NewPlayer(actions, time.Minute)
	out := p.Hears(&printed)
	in := p.Lines(strings.NewReader("mine\n"), out)
	played := make(chan error)
	go func() { played <- p.Play(t.Context()) }()
	read := func() string {
		buf := make([]byte, 64)
		n, _ := in.Read(buf)
		return string(buf[:n])
	}
	_, _ = io.WriteString(out, "Name: ")
	if got := read(); got != "Ada\n" {
		t.Errorf("the player answered %q", got)
	}
	_, _ = io.WriteString(out, "Hello Ada\n")
	if err := <-played; err != nil {
		t.Error(err)
	}
	if got := read(); got != "mine\n" {
		t.Errorf("then came %q", got)
	}
	if printed.String() != "Name: Ada\nHello Ada\n" {
		t.Errorf("printed was %q", printed.String())
	}
}
