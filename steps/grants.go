package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/ui"
)

// A grant can take up to a minute to be seen everywhere, so it is looked for often at first and then less.
const (
	recheckSoon  = 5 * time.Second
	recheckLater = 15 * time.Second
	soonTries    = 12
)

// grantPanel shows which privileges of the contract are held, the GRANT statements for those that are not, and looks again by itself
// until none is missing.
type grantPanel struct {
	setup    *Setup
	ctx      context.Context
	needs    []grants.Need
	ladder   *ladder
	snippet  *ui.Snippet
	wait     ui.Task[struct{}]
	granting ui.Task[struct{}]
	tries    int
	again    time.Time // when it looks next
	note     string
}

func newGrantPanel(s *Setup, filename string) *grantPanel {
	return &grantPanel{setup: s, ladder: newLadder(s.theme), snippet: ui.NewSnippet(s.theme, "", filename)}
}

// start looks for the needs afresh. Call stop before showing something else.
func (p *grantPanel) start(ctx context.Context, needs []grants.Need) tea.Cmd {
	p.stop()
	p.ctx, p.needs, p.tries, p.note = ctx, needs, 0, ""
	p.snippet.SetText("")
	return p.look()
}

func (p *grantPanel) stop() {
	p.ladder.stop()
	p.wait.Cancel()
	p.granting.Cancel()
}

func (p *grantPanel) look() tea.Cmd {
	subject, err := p.setup.subject()
	if err != nil {
		p.note = err.Error()
		return nil
	}
	p.wait.Cancel()
	p.again = time.Time{}
	if p.tries++; p.tries > 1 {
		return p.ladder.repeat(p.ctx, check.Needs(p.needs), subject)
	}
	return p.ladder.start(p.ctx, check.Needs(p.needs), subject)
}

// hold reports that a look has ended and nothing was found missing. What could not be seen does not count as missing: a read proves it.
func (p *grantPanel) hold() bool {
	return p.ladder.ended && len(p.having(func(r check.Result) bool { return r.State == check.Failed })) == 0
}

// wanted are the needs whose GRANT is shown: those found missing, and those that only a read can show.
func (p *grantPanel) wanted() []grants.Need {
	return p.having(func(r check.Result) bool {
		return r.State == check.Unknown || r.State == check.Failed && r.Finding.Cause == check.MissingPermissions
	})
}

func (p *grantPanel) having(is func(check.Result) bool) []grants.Need {
	var out []grants.Need
	for i, r := range p.ladder.results {
		if i < len(p.needs) && is(r) {
			out = append(out, p.needs[i])
		}
	}
	return out
}

// take reads a message; done is true each time a look has ended.
func (p *grantPanel) take(msg tea.Msg) (cmd tea.Cmd, done bool) {
	if p.snippet.Take(msg) {
		return nil, false
	}
	if _, err, ok := p.granting.Take(msg); ok {
		return p.granted(err), false
	}
	if _, _, ok := p.wait.Take(msg); ok {
		return p.look(), false
	}
	cmd, done = p.ladder.take(msg)
	if !done {
		return tea.Batch(cmd, p.ladder.pulse.Beat(nil, p.wait.Running())), false // the seconds until the next look count down
	}
	p.setup.owners = ownersIn(p.ladder.results, func(check.Result) bool { return true })
	script, err := grants.Script(p.wanted(), p.setup.draft.Principal())
	if err != nil {
		p.note = err.Error()
	}
	p.snippet.SetText(script)
	if !p.hold() {
		cmd = tea.Batch(cmd, p.later())
	}
	return cmd, true
}

func (p *grantPanel) later() tea.Cmd {
	after := recheckSoon
	if p.tries > soonTries {
		after = recheckLater
	}
	p.again = p.setup.env.Now().Add(after)
	return tea.Batch(p.ladder.pulse.Beat(nil, true), p.wait.Start(p.ctx, func(ctx context.Context) (struct{}, error) {
		select {
		case <-ctx.Done():
			return struct{}{}, ctx.Err()
		case <-time.After(after):
			return struct{}{}, nil
		}
	}))
}

func (p *grantPanel) granted(err error) tea.Cmd {
	if err != nil {
		p.note = "The GRANT was refused: " + check.Explain(err).Reason
		return nil
	}
	p.note = "Ran the statements as the demo's metastore admin."
	return p.look()
}

// press handles the letters of the panel. The step handles enter and esc.
func (p *grantPanel) press(msg tea.KeyPressMsg) tea.Cmd {
	switch msg.String() {
	case "r":
		return p.look()
	case "a":
		if p.setup.env.Demo == nil || p.snippet.Text() == "" || p.granting.Running() {
			return nil
		}
		script, run := p.snippet.Text(), p.setup.env.Demo.Grant
		p.note = "Running the statements in the demo's SQL editor"
		return p.granting.Start(p.ctx, func(ctx context.Context) (struct{}, error) { return struct{}{}, run(ctx, script) })
	}
	if p.snippet.Text() == "" {
		return nil
	}
	_, cmd := p.snippet.Key(msg)
	return cmd
}

func (p *grantPanel) keys() []key.Binding {
	if p.snippet.Text() == "" {
		return []key.Binding{ui.Bind("look again", "r")}
	}
	var keys []key.Binding
	if p.setup.env.Demo != nil {
		keys = append(keys, ui.Bind("act as admin", "a"))
	}
	return append(append(keys, p.snippet.Keys()...), ui.Bind("look again", "r"))
}

// view draws what is held and what is missing, then the statements from the left edge, then when it looks again. In a small window the
// statements keep their place, and the words around them give way.
func (p *grantPanel) view(width, height int) string {
	if p.snippet.Plain() {
		return p.snippet.View(width, height)
	}
	list := p.list(width)
	if f := p.other(); f != nil {
		return list + "\n\n" + ui.Failed(string(f.Cause), f.Reason, f.Remedy.Text).View(p.setup.theme, width)
	}
	if p.snippet.Text() == "" {
		return list
	}
	t := p.setup.theme
	cause := t.Bad.Bold(true).Render(string(check.MissingPermissions))
	if p.hold() {
		cause = "Only reading a table shows whether these hold."
	}
	lead := ui.Wrap(p.lead(), width)
	foot := ui.Wrap(p.status(), width)
	need := lines(p.snippet.View(width, height))
	switch spare := height - lines(list) - need - 1; {
	case spare >= lines(lead)+lines(foot)+4:
		return list + "\n\n" + cause + "\n" + lead + "\n\n" + p.snippet.View(width, need) + "\n\n" + foot
	case spare >= lines(foot)+2:
		return list + "\n" + cause + "\n\n" + p.snippet.View(width, need) + "\n\n" + foot
	case spare >= lines(foot):
		return list + "\n" + cause + "\n" + p.snippet.View(width, need) + "\n" + foot
	}
	return list + "\n" + cause + "\n" + p.snippet.View(width, max(2, height-lines(list)-1))
}

// list has a line for each need. The names are long, so they get the room, and the state stands in one word behind.
func (p *grantPanel) list(width int) string {
	t := p.setup.theme
	rows := p.ladder.rows()
	column := 0
	for _, row := range rows {
		column = max(column, min(len([]rune(row.Name)), width-12))
	}
	out := make([]string, len(rows))
	for i, row := range rows {
		name := ui.Cut(ui.Clean(row.Name), column)
		out[i] = fmt.Sprintf("%s %s%s  %s", t.Mark(row.Mark), name, strings.Repeat(" ", max(0, column-len([]rune(name)))), p.word(i))
	}
	return strings.Join(out, "\n")
}

func (p *grantPanel) word(i int) string {
	r, begun := p.ladder.of(p.ladder.stages[i])
	switch {
	case !begun:
		return ""
	case r.State == check.Passed:
		return "holds"
	case r.State == check.Failed && r.Finding.Cause == check.MissingPermissions:
		return "missing"
	case r.State == check.Failed:
		return "not seen"
	case r.State == check.Unknown:
		return "unknown"
	}
	return "looking"
}

// ownersIn are the owners that results name.
func ownersIn(results []check.Result, of func(check.Result) bool) (owners []string) {
	for _, r := range results {
		if _, owner, ok := strings.Cut(r.Evidence, "owner "); ok && of(r) && !slices.Contains(owners, owner) {
			owners = append(owners, owner)
		}
	}
	return owners
}

// lead names who can run the statements, as far as the workspace shows the owners.
func (p *grantPanel) lead() string {
	owners := ownersIn(p.ladder.results, func(r check.Result) bool { return r.State == check.Failed })
	if len(owners) == 0 {
		return "The owner, or a metastore admin, runs this in a SQL editor:"
	}
	return "The owner (" + strings.Join(owners, ", ") + "), or a metastore admin, runs this in a SQL editor:"
}

func (p *grantPanel) status() string {
	t := p.setup.theme
	text := p.note
	if text != "" {
		text += " "
	}
	switch left := p.again.Sub(p.setup.env.Now()); {
	case p.hold():
	case p.again.IsZero():
		text += "Looking."
	case left > 0:
		text += fmt.Sprintf("Looks again in %d s. A grant can take a minute to be seen.", int((left+time.Second-1)/time.Second))
	}
	return t.Faint.Render(text)
}

// other is a failure that no GRANT cures, such as a lost network.
func (p *grantPanel) other() *check.Finding {
	for _, r := range p.ladder.results {
		if r.State == check.Failed && r.Finding.Cause != check.MissingPermissions {
			return r.Finding
		}
	}
	return nil
}
