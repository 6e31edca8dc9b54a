package panels

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Act is a key of a listing and what it does.
type Act struct {
	Key  key.Binding
	Do   func() (ui.Move, tea.Cmd)
	When func() bool // nil is always
}

// ListingContent is what a listing is about. T is what is read.
type ListingContent[T any] struct {
	Title string
	Doing string                                           // what goes on while it is read
	Read  func(context.Context, *admin.Session) (T, error) // in the background
	Take  func(T)                                          // fills the lists
	List  func() *List                                     // the one in sight
	Acts  []Act                                            // in the order of the keys
	Line  func(width int) string                           // below the heading; nil for none
	Rows  func(width, height int) string                   // nil for those of the list
	About func(width, height int) string                   // what is known about the row under the cursor
	Told  func() string                                    // what is said below the lists of what is not shown; empty for nothing
}

// Listing is a screen about a workspace: somebody signs in, something is read, and it is seen in lists, with what is known about a row beside it. It opens
// with the sign-in, unless somebody is signed in already.
type Listing[T any] struct {
	Visit
	content ListingContent[T]
	ctx     context.Context
	task    ui.Task[T]
	pulse   *ui.Pulse
	read    bool
	err     error
	notice  string
	wrong   bool // the notice tells of something that was refused
}

// NewListing prepares a listing, to be opened.
func NewListing[T any](visit Visit, content ListingContent[T]) *Listing[T] {
	return &Listing[T]{Visit: visit, content: content, pulse: ui.NewPulse(visit.Theme)}
}

// Enter begins to read where somebody is signed in.
func (l *Listing[T]) Enter(ctx context.Context) tea.Cmd {
	l.ctx = ctx
	if l.Begin(ctx); l.Session() != nil {
		return l.Look()
	}
	return nil
}

// Opening is the sign-in, nil where somebody is signed in.
func (l *Listing[T]) Opening() ui.Panel {
	if l.Session() != nil {
		return nil
	}
	return l.SignIn(l.content.Title, l.Look)
}

// signOut ends the session, here and for all that share it. What was read goes with it.
func (l *Listing[T]) signOut() (ui.Move, tea.Cmd) {
	l.Admission.SignOut()
	l.read, l.err, l.notice = false, nil, ""
	return ui.Stay(), nil
}

// Look reads all of it anew, in the background.
func (l *Listing[T]) Look() tea.Cmd {
	session := l.Session()
	l.err = nil
	return tea.Batch(l.task.Start(l.ctx, func(ctx context.Context) (T, error) { return l.content.Read(ctx, session) }), l.pulse.Beat(nil, true))
}

// LookAgain is Look, for a key.
func (l *Listing[T]) LookAgain() (ui.Move, tea.Cmd) { return ui.Stay(), l.Look() }

// Say tells below the lists what was just done, or refused.
func (l *Listing[T]) Say(text string, wrong bool) { l.notice, l.wrong = text, wrong }

// Update hands keys to the list, and takes in what was read.
func (l *Listing[T]) Update(msg tea.Msg) (ui.Move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return l.press(msg)
	case tea.PasteMsg:
		if l.content.List().Filtering() {
			l.content.List().Paste(msg.Content)
		}
		return ui.Stay(), nil
	}
	if found, err, ok := l.task.Take(msg); ok {
		if l.err = err; err == nil {
			l.read = true
			l.content.Take(found)
		}
	}
	return ui.Stay(), l.pulse.Beat(msg, l.task.Running())
}

func (l *Listing[T]) press(msg tea.KeyPressMsg) (ui.Move, tea.Cmd) {
	name := msg.String()
	switch {
	case l.task.Running():
		return ui.Stay(), nil
	case l.Session() == nil:
		if name == "enter" {
			return ui.Open(l.Opening()), nil
		}
		return ui.Stay(), nil
	case l.err != nil:
		switch {
		case name == "enter" || name == "r":
			return l.LookAgain()
		case key.Matches(msg, SignsOut):
			return l.signOut()
		}
		return ui.Stay(), nil
	}
	l.notice = ""
	if l.content.List().Press(msg) {
		return ui.Stay(), nil
	}
	for _, a := range l.now() {
		if key.Matches(msg, a.Key) {
			return a.Do()
		}
	}
	return ui.Stay(), nil
}

// now are the acts that work now.
func (l *Listing[T]) now() (now []Act) {
	for _, a := range l.content.Acts {
		if a.When == nil || a.When() {
			now = append(now, a)
		}
	}
	return append(now, Act{Key: SignsOut, Do: l.signOut})
}

// Keys lists what works now.
func (l *Listing[T]) Keys() []key.Binding {
	switch {
	case l.task.Running():
		return nil
	case l.Session() == nil:
		return []key.Binding{ui.Bind("sign in", "enter")}
	case l.err != nil:
		return []key.Binding{ui.Bind("try again", "enter", "r"), SignsOut}
	}
	var keys []key.Binding
	for _, a := range l.now() {
		keys = append(keys, a.Key)
	}
	return l.content.List().Bindings(keys...)
}

// Typing is true while letters filter.
func (l *Listing[T]) Typing() bool { return l.content.List().Filtering() }

// Leaves says what esc does, where that is not to close.
func (l *Listing[T]) Leaves() string { return l.content.List().Leaves() }

// Escape ends the filter.
func (l *Listing[T]) Escape() bool { return l.content.List().Escape() }

// View draws the list with what is known about the row under the cursor.
func (l *Listing[T]) View(width, height int) string {
	head := Heading(l.Theme, l.content.Title, ui.Cut(l.As(), width), width)
	switch {
	case l.Session() == nil:
		return head + l.NotSignedIn(width)
	case l.task.Running() && !l.read:
		return head + ui.Working(l.content.Doing, l.task.Since()).View(l.Theme, width)
	case l.err != nil:
		return head + Trouble(l.err).View(l.Theme, width)
	case !l.read:
		return head
	}
	if l.content.Line == nil {
		head = Heading(l.Theme, l.content.Title, ui.Cut(l.As(), max(0, width-len(l.count())))+l.count(), width)
	} else {
		head = strings.TrimSuffix(head, "\n") + l.content.Line(width) + "\n\n"
	}
	rows := l.content.Rows
	if rows == nil {
		rows = l.content.List().Rows
	}
	foot := l.foot(width)
	room := height - strings.Count(head, "\n") - Height(foot)
	return head + ui.Split(l.Theme, width, room, rows, Steady(l.Theme, l.content.About)) + foot
}

// count says where the cursor is among the rows, and nothing where the list does.
func (l *Listing[T]) count() string {
	if list := l.content.List(); !list.Filtering() && list.Query() == "" && list.Len() > 0 {
		return "   " + list.Count()
	}
	return ""
}

// foot is what somebody is not shown, and what was just done or refused, below the lists.
func (l *Listing[T]) foot(width int) string {
	var lines []string
	if told := l.content.Told(); told != "" {
		lines = append(lines, ui.Wrap(l.Theme.Mark(ui.MarkUnknown)+" "+told, width))
	}
	if l.notice != "" {
		mark := ui.MarkPass
		if l.wrong {
			mark = ui.MarkWarn
		}
		lines = append(lines, ui.Wrap(l.Theme.Mark(mark)+" "+ui.Clean(l.notice), width))
	}
	if len(lines) == 0 {
		return ""
	}
	return "\n\n" + strings.Join(lines, "\n")
}
