package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// PageContent is what a page shows, and what can be done with it.
type PageContent struct {
	Title string
	// Body draws the text within width cells, as many lines as it needs. Nil
	// draws Text, with its lines broken between words.
	Body func(width int) string
	// Text is what can be taken along under Filename: copied, saved, shown
	// plain. Without a Filename nothing can.
	Text, Filename string
	// Load gets Text when the page opens, and again when r is pressed. Doing
	// says what is waited for meanwhile; Failed draws its error.
	Load   func(context.Context) (string, error)
	Doing  string
	Failed func(error) State
	// Actions are keys of this page.
	Actions []Action
	// Leave is how the page is closed; its first key and its help stand in
	// the footer. The zero binding is esc and enter.
	Leave key.Binding
}

// Action is a key and what it does.
type Action struct {
	Key key.Binding
	Do  func() (Move, tea.Cmd)
}

// Opens is what an action does that opens a panel, which is made then.
func Opens(panel func() Panel) func() (Move, tea.Cmd) {
	return func() (Move, tea.Cmd) { return Open(panel()), nil }
}

// Page is a panel with a text that scrolls: a certificate, a plan, details.
type Page struct {
	theme *Theme
	PageContent
	ctx   context.Context
	task  Task[string]
	pulse *Pulse
	take  *Snippet
	err   error
	top   int // the first row in sight
	rows  int // how many there are, known after drawing
	room  int // how many are in sight
	find  pageSearch
	plain bool // one of the shell, which has no help of its own
}

// NewPage makes a page to be opened.
func NewPage(theme *Theme, content PageContent) *Page {
	if !content.Leave.Enabled() {
		content.Leave = Bind("close", "esc", "enter")
	}
	return &Page{
		theme: theme, PageContent: content, pulse: NewPulse(theme),
		take: NewSnippet(theme, content.Text, content.Filename),
	}
}

// Enter loads the text where there is one to load.
func (p *Page) Enter(ctx context.Context) tea.Cmd {
	p.ctx, p.top, p.find = ctx, 0, pageSearch{}
	return p.load()
}

func (p *Page) load() tea.Cmd {
	if p.Load == nil {
		return nil
	}
	p.err = nil
	return tea.Batch(p.task.Start(p.ctx, p.Load), p.pulse.Beat(nil, true))
}

// Update scrolls, does the actions, and takes in what was loaded.
func (p *Page) Update(msg tea.Msg) (Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.press(msg)
	case tea.PasteMsg:
		if p.find.typing {
			p.find.set(p.find.query + CleanPaste(msg.Content))
		}
		return Stay(), nil
	}
	if text, err, ok := p.task.Take(msg); ok {
		p.err = err
		p.Text = text
		p.take.SetText(text)
	}
	p.take.Take(msg)
	return Stay(), p.pulse.Beat(msg, p.task.Running())
}

func (p *Page) press(msg tea.KeyPressMsg) (Move, tea.Cmd) {
	if !p.take.Plain() && (p.find.typing || p.searches()) && p.find.press(msg) {
		return Stay(), nil
	}
	if p.find.typing { // nothing else acts while a text has the focus
		p.scroll(keyName(msg))
		return Stay(), nil
	}
	for _, action := range p.actions() {
		if pressed(msg, action.Key) {
			return action.Do()
		}
	}
	if p.takesAlong() {
		if used, cmd := p.take.Key(msg); used || p.take.Plain() {
			return Stay(), cmd
		}
	}
	if pressed(msg, p.Leave) && !(p.task.Running() && keyName(msg) == "enter") { // an enter too many must not throw away what is looked for
		return Close(), nil
	}
	p.scroll(keyName(msg))
	return Stay(), nil
}

// actions are those that work now.
func (p *Page) actions() []Action {
	if p.task.Running() {
		return nil
	}
	if p.Load == nil {
		return p.Actions
	}
	again := Action{Bind("look again", "r"), func() (Move, tea.Cmd) { return Stay(), p.load() }}
	return append(p.Actions[:len(p.Actions):len(p.Actions)], again)
}

func (p *Page) takesAlong() bool { return p.Filename != "" && p.err == nil && !p.task.Running() }

// scroll moves by a row, or by what is in sight.
func (p *Page) scroll(name string) {
	by := map[string]int{"up": -1, "ctrl+p": -1, "down": 1, "ctrl+n": 1, "pgup": -p.room, "pgdown": p.room, "home": -p.rows, "end": p.rows}
	p.top = max(0, min(p.top+by[name], p.rows-p.room))
}

// Keys lists what works now.
func (p *Page) Keys() []key.Binding {
	var keys []key.Binding
	switch {
	case p.take.Plain():
		return p.take.Keys()
	case p.find.typing:
		return p.find.keys()
	case p.find.on():
		keys = p.find.keys()
	case p.scrolls():
		keys = append(keys, key.NewBinding(key.WithKeys("up", "down"), key.WithHelp("↑↓", "scroll")))
	}
	keys = append(keys, p.leave()...)
	for _, action := range p.actions() {
		keys = append(keys, action.Key)
	}
	if p.takesAlong() {
		keys = append(keys, p.take.Keys()...)
	}
	if p.searches() {
		keys = append(keys, Bind("search", "/"))
	}
	return keys
}

// leave is how the page is closed. While it is searched esc ends the search.
func (p *Page) leave() []key.Binding {
	switch {
	case p.task.Running() && p.Leave.Keys()[0] == "esc":
		return []key.Binding{Bind(p.Leave.Help().Desc, "esc")}
	case !p.find.on():
		return []key.Binding{p.Leave}
	}
	names := slices.DeleteFunc(slices.Clone(p.Leave.Keys()), func(name string) bool { return name == "esc" })
	if len(names) == 0 {
		return nil
	}
	return []key.Binding{Bind(p.Leave.Help().Desc, names[0], names[1:]...)}
}

// searches reports that the page is long enough to look for something in it.
func (p *Page) searches() bool { return p.scrolls() && !p.task.Running() }

func (p *Page) scrolls() bool { return p.rows > p.room }

// Typing is true while one types what to search for.
func (p *Page) Typing() bool { return p.find.typing }

// Escape closes the plain view, or ends the search.
func (p *Page) Escape() bool { return p.take.Escape() || p.find.escape() }

// View draws the part of the text that is scrolled to, below the title.
func (p *Page) View(width, height int) string {
	if p.take.Plain() {
		return p.take.View(width, height)
	}
	note := p.take.noteLines(width)
	if p.find.on() {
		note = append(note, p.find.line(p.theme, width))
	}
	p.room = max(1, height-2-len(note))
	rows := p.lines(width)
	if len(rows) > p.room {
		rows = p.lines(width - barWidth)
	}
	p.rows = len(rows)
	if at := p.find.look(rows); at >= 0 && (at < p.top || at >= p.top+p.room) {
		p.top = at - p.room/3
	}
	p.top = max(0, min(p.top, p.rows-p.room))
	until := min(p.rows, p.top+p.room)
	if p.find.on() {
		note[len(note)-1] = p.find.line(p.theme, width)
	}
	title, where := p.theme.Title.Render(cut(Clean(p.Title), width)), ""
	if p.scrolls() {
		where = p.theme.Faint.Render(fmt.Sprintf("%d–%d of %d", p.top+1, until, p.rows))
		title = p.theme.Title.Render(cut(Clean(p.Title), width-cells(where)-gap))
	}
	shown := withBar(p.theme, p.marked(rows[p.top:until]), width-barWidth, p.top, p.rows)
	return strings.Join(append(append([]string{spread(title, where, width), ""}, shown...), note...), "\n")
}

func (p *Page) lines(width int) []string {
	return strings.Split(strings.TrimRight(p.body(width), "\n"), "\n")
}

// marked draws the rows in sight with what is searched for standing out.
func (p *Page) marked(rows []string) []string {
	marked := slices.Clone(rows)
	for i, row := range rows {
		marked[i] = p.find.mark(p.theme, row, len(p.find.rows) > 0 && p.find.rows[p.find.at] == p.top+i)
	}
	return marked
}

func (p *Page) body(width int) string {
	switch {
	case p.task.Running():
		return Working(p.Doing, p.task.Since()).View(p.theme, width)
	case p.err != nil && p.Failed != nil:
		return p.Failed(p.err).View(p.theme, width)
	case p.err != nil:
		return Failed(p.Title, reason(p.err), "").View(p.theme, width)
	case p.Body != nil:
		return p.Body(width)
	}
	return BreakWords(cleanLines(p.Text), width)
}
