package script

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/words"
)

// Player plays a script to whatever program is on, screen after screen. A person's own keys work meanwhile, and after it. Its methods may be
// called on any goroutine.
type Player struct {
	actions  []Action
	patience time.Duration

	mu      sync.Mutex
	changed chan struct{} // closed when anything below changed
	send    func(tea.Msg) // to the program that is on; nil while none is
	frame   string        // what the screen shows, or what was said line by line since the last answer
	sent    int           // keys
	taken   int           // keys that are in the frame
	asked   bool          // for an answer line by line
	lines   chan string   // the answers
	half    string        // of the next answer
	out     io.Writer     // echoes it
	over    chan struct{} // closed at the end
}

// patiences is how often a screen that keeps changing is waited for in one line of a script: a clock that ticks on it is no progress.
const patiences = 10

// NewPlayer makes a player that waits for each text until nothing new has shown for as long as patience: a program that says how it gets on is
// waited for, though ten times as long at most.
func NewPlayer(actions []Action, patience time.Duration) *Player {
	return &Player{actions: actions, patience: patience, changed: make(chan struct{}), lines: make(chan string), over: make(chan struct{})}
}

// Play plays the script to its end. The error names the line at which it stopped; a script that is told to stop by ctx has none.
func (p *Player) Play(ctx context.Context) error {
	defer close(p.over)
	for _, a := range p.actions {
		why := p.act(ctx, a)
		if ctx.Err() != nil {
			return nil
		}
		if why != "" {
			return &LineError{a.Line, why}
		}
	}
	return nil
}

func (p *Player) act(ctx context.Context, a Action) (why string) {
	begun := time.Now()
	switch a.Kind {
	case Pause:
		select {
		case <-ctx.Done():
		case <-time.After(a.Pause):
		}
	case See:
		if !p.until(ctx, func() bool { return p.sent == p.taken && Shows(p.frame, a.Text) }) {
			return fmt.Sprintf("%q never showed, in %s.", a.Text, words.Span(time.Since(begun)))
		}
	case Gone:
		if !p.until(ctx, func() bool { return p.sent == p.taken && !Shows(p.frame, a.Text) }) {
			return fmt.Sprintf("%q still shows, after %s.", a.Text, words.Span(time.Since(begun)))
		}
	case Type:
		for _, r := range a.Text {
			if why := p.press(ctx, tea.KeyPressMsg{Code: r, Text: string(r)}); why != "" {
				return why
			}
		}
	default:
		key, _ := Key(a.Text)
		return p.press(ctx, key)
	}
	return ""
}

// press hands a key to the program that is on, or to whoever asks line by line, and waits until it was taken in.
func (p *Player) press(ctx context.Context, key tea.KeyPressMsg) (why string) {
	if p.byLine() {
		return p.answer(ctx, key)
	}
	var send func(tea.Msg)
	if !p.until(ctx, func() bool { send = p.send; return send != nil }) {
		return "there is no screen to press keys on."
	}
	p.change(func() { p.sent++ })
	send(key)
	// A key that ends the program is in no frame.
	p.until(ctx, func() bool { return p.sent == p.taken || p.send == nil })
	p.change(func() { p.taken = p.sent })
	return ""
}

// until waits for what the program does to make something so, which is asked with the lock held.
func (p *Player) until(ctx context.Context, so func() bool) bool {
	silence, end := time.NewTimer(p.patience), time.After(patiences*p.patience)
	defer silence.Stop()
	for last := ""; ; {
		p.mu.Lock()
		is, frame, changed := so(), p.frame, p.changed
		p.mu.Unlock()
		if is {
			return true
		}
		if frame != last {
			last = frame
			silence.Reset(p.patience)
		}
		select {
		case <-ctx.Done():
			return false
		case <-silence.C:
			return false
		case <-end:
			return false
		case <-changed:
		}
	}
}

func (p *Player) change(do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	do()
	close(p.changed)
	p.changed = make(chan struct{})
}

// Watch puts the player's eyes in front of a screen.
func (p *Player) Watch(screen tea.Model) tea.Model { return &watched{player: p, screen: screen} }

// Begins tells the player which program is on, by how messages are sent to it; nil is none.
func (p *Player) Begins(send func(tea.Msg)) {
	p.change(func() { p.send, p.frame, p.taken = send, "", p.sent })
}

// watched is a screen that a player sees.
type watched struct {
	player *Player
	screen tea.Model
	keys   int // taken in since the last frame
}

// Init begins the screen.
func (w *watched) Init() tea.Cmd { return w.screen.Init() }

// Update hands every message on.
func (w *watched) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	screen, cmd := w.screen.Update(msg)
	w.screen = screen
	if _, ok := msg.(tea.KeyPressMsg); ok {
		w.keys++
	}
	return w, cmd
}

// View draws the screen, and shows it to the player.
func (w *watched) View() tea.View {
	view := w.screen.View()
	keys := w.keys
	w.keys = 0
	w.player.change(func() {
		w.player.frame = view.Content
		w.player.taken = min(w.player.sent, w.player.taken+keys)
	})
	return view
}

// Lines is what a person types line by line: the script's answers, and after its end those of rest. What is typed is echoed to out.
func (p *Player) Lines(rest io.Reader, out io.Writer) io.Reader {
	p.change(func() { p.out = out })
	return &typed{player: p, rest: rest}
}

// Hears gives what is said line by line to the player on its way to out.
func (p *Player) Hears(out io.Writer) io.Writer { return &heard{player: p, out: out} }

func (p *Player) byLine() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out != nil && p.send == nil
}

// answer types a key of a line, and hands the line over with enter.
func (p *Player) answer(ctx context.Context, key tea.KeyPressMsg) (why string) {
	switch {
	case key.Code == tea.KeyEnter:
		line := p.half
		p.half = ""
		if !p.until(ctx, func() bool { return p.asked }) {
			return "nobody asked for an answer."
		}
		p.change(func() { p.asked = false })
		select {
		case p.lines <- line + "\n":
		case <-ctx.Done():
		}
		return ""
	case key.Text == "":
		return "only text and enter can be typed line by line."
	}
	p.half += key.Text
	_, _ = io.WriteString(p.out, key.Text)
	return ""
}

// typed reads the player's lines.
type typed struct {
	player *Player
	left   string
	rest   io.Reader
}

// Read gives what was typed.
func (t *typed) Read(into []byte) (int, error) {
	if t.left == "" {
		t.player.change(func() { t.player.asked = true })
		select {
		case t.left = <-t.player.lines:
			t.player.change(func() { t.player.frame = "" })
			_, _ = io.WriteString(t.player.out, "\n")
		case <-t.player.over:
			return t.rest.Read(into) //nolint:wrapcheck // whoever reads asks whether it is io.EOF
		}
	}
	n := copy(into, t.left)
	t.left = t.left[n:]
	return n, nil
}

// heard passes on what is said.
type heard struct {
	player *Player
	mu     sync.Mutex // what is echoed comes from another goroutine than what is said
	out    io.Writer
}

// Write tells the player, then the terminal.
func (h *heard) Write(said []byte) (int, error) {
	h.player.change(func() { h.player.frame += strings.ReplaceAll(string(said), "\r", "") })
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.out.Write(said) //nolint:wrapcheck // as if this were not here
}
