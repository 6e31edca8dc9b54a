package panels

import (
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

const (
	widestName = 24 // of a table in its column
	widestBar  = 30
	leastText  = 20 // cells beside the name
)

// View draws the plan, the run, or what came of it.
func (p *Sync) View(width, height int) string {
	head := Heading(p.theme, ui.Clean(fmt.Sprintf("Read the tables of %q", p.saved.Name)), "", width)
	height -= strings.Count(head, "\n")
	switch p.part {
	case syncLooks:
		return head + p.looking(width)
	case syncAsks:
		return head + p.ask.View(width)
	case syncPlanned:
		return head + p.planView(width, height)
	case syncFailed:
		return head + p.listed(width, height, p.trouble().View(p.theme, width))
	case syncStopped:
		return head + p.listed(width, height, p.theme.Mark(ui.MarkWarn)+" "+ui.Wrap(words.UpperFirst(sync.ErrStopped.Error())+".", width-2))
	case syncEnded:
		return head + p.listed(width, height, p.outcome(width))
	}
	return head + p.listed(width, height, p.progress(width))
}

func (p *Sync) looking(width int) string {
	view := ui.Working(sync.Looks, p.look.Since()).View(p.theme, width)
	if r := p.stage.Load(); r != nil && r.State == check.Running && r.Evidence != "" {
		view += "\n" + p.theme.Faint.Render(ui.Wrap(ui.Clean(r.Name+": "+r.Evidence), width))
	}
	return view
}

// planView is what would be read, and the question whether to.
func (p *Sync) planView(width, height int) string {
	const question = "Read them now? Nothing is written in Databricks."
	facts := []string{p.warehouse(), ui.Clean(p.plan.Into(p.shown(p.dir)))}
	if p.goesOn != "" {
		facts = append(facts, p.goesOn)
	}
	if p.drops != "" {
		facts = append(facts, p.drops)
	}
	said := func(fit func(string, int) string) string {
		var lines []string
		for _, fact := range facts {
			lines = append(lines, fit(fact, width))
		}
		return strings.Join(append(lines, "", p.theme.Title.Render(question)), "\n")
	}
	rows, _ := p.rows(width)
	if text := said(ui.Wrap); Height(strings.Join(rows, "\n"))+1+Height(text) <= height {
		return p.listed(width, height, text)
	}
	return p.listed(width, height, said(ui.Cut)) // tables in sight are worth more than the ends of lines
}

// warehouse is where it is read, and what that costs.
func (p *Sync) warehouse() string {
	w := p.planned.Warehouse
	text := ui.ShownName(w.Name.String())
	if w.State != "" {
		text += ". " + setup.DescribeWarehouse(w, 0)
	}
	return "On " + ui.Clean(text)
}

// trouble is why it could not begin or did not end, with the one thing to do.
func (p *Sync) trouble() ui.State {
	if p.failed != nil {
		return FindingState(*p.failed)
	}
	fault, about := saved.FaultOf(p.err)
	if !about {
		return Trouble(p.err)
	}
	return ui.Failed(fault.Headline, fault.Reason, fault.Remedy)
}

// outcome is what is true now.
func (p *Sync) outcome(width int) string {
	said := p.theme.Mark(ui.MarkPass) + " " + ui.Wrap(sync.Ended(p.made), width-2) + "\n  " + below(ui.Wrap(ui.Clean(p.shown(p.made.Folder)), width-2), 2)
	if all := p.made.Manifest.Changes(); all != nil {
		said += "\n  " + ui.Wrap(sync.Since(all), width-2)
	}
	if behind := p.planned.Sync.Behind(); behind != "" {
		said += "\n  " + ui.Wrap(behind, width-2)
	}
	if removed := sync.Removing(p.planned.Sync.Removed); removed != "" {
		said += "\n  " + ui.Wrap(removed, width-2)
	}
	if note := p.take.Note(); note != "" {
		said += "\n" + ui.Wrap(ui.Clean(note), width)
	}
	return said
}

// changeFiles are the files that hold the changes of a run, a line each, empty where nothing changed.
func (p *Sync) changeFiles() string {
	var lines []string
	for _, t := range p.made.Manifest.Tables {
		if t.Changes != nil && t.Changes.File != "" {
			lines = append(lines, sync.Named(t.Name)+"  "+sync.Changed(t.Changes), "  "+connector.ShownText(p.made.Path(t.Changes.File)))
		}
	}
	return strings.Join(lines, "\n")
}

// progress is what there is so far, and how to stop.
func (p *Sync) progress(width int) string {
	files, bytes := 0, int64(0)
	for i := range p.plan.Tables {
		if e, told := p.board.of(p.plan.Tables[i].Name); told {
			files, bytes = files+e.Files, bytes+e.Bytes
		}
	}
	into := ui.Wrap(fmt.Sprintf("%s %s so far, %s.", p.plan.Into(p.shown(p.dir)), words.Count(files, "file"), words.Bytes(bytes)), width)
	how := "esc stops after this piece; what is whole stays, and the next run goes on behind it."
	if p.halting {
		how = "Stopping after this piece. esc again leaves at once; what is whole stays."
	}
	return into + "\n" + p.theme.Faint.Render(ui.Wrap(how, width))
}

// listed are the tables with what stands below them, in so many lines: where not all of them fit, those around the one under way.
func (p *Sync) listed(width, height int, text string) string {
	if p.part == syncFailed && p.board == nil {
		return text
	}
	rows, current := p.rows(width)
	return p.inSight(rows, current, height-Height(text)-1) + "\n\n" + text
}

// rows are the tables, each in as many lines as it needs, and which of them is under way.
func (p *Sync) rows(width int) (rows []string, current int) {
	column := 0
	names := p.names()
	for _, n := range names {
		column = max(column, ansi.StringWidth(n))
	}
	column = max(4, min(column, widestName, width-leastText-4))
	rows = make([]string, len(names))
	for i := range rows {
		row := p.row(i, width-column-4)
		mark := p.theme.Mark(row.mark)
		if row.mark == ui.MarkRunning {
			mark = p.theme.Spinner(p.theme.Now().Sub(p.run.Since()))
		}
		lead := mark + " " + ui.Cut(names[i], column)
		lead += strings.Repeat(" ", max(0, column+4-ansi.StringWidth(lead)))
		rows[i] = lead + below(row.text, column+4)
		if row.mark != ui.MarkWaiting {
			current = i
		}
	}
	return rows, current
}

// below has the lines of a text after its first begin at a column.
func below(text string, column int) string {
	return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", column))
}

// inSight are the rows that there is room for, from the one that was scrolled to, or while it reads from the one before that under way.
func (p *Sync) inSight(rows []string, current, height int) string {
	if Height(strings.Join(rows, "\n")) <= height {
		p.last = 0
		return strings.Join(rows, "\n")
	}
	p.last = len(rows) - 1
	for used := Height(rows[p.last]); p.last > 0; p.last-- {
		if used += Height(rows[p.last-1]); used >= height {
			break
		}
	}
	if p.part == syncReads {
		p.top = current - 1
	}
	p.top = max(0, min(p.top, p.last))
	to, used := p.top+1, Height(rows[p.top])
	for to < len(rows) && used+Height(rows[to]) < height {
		used, to = used+Height(rows[to]), to+1
	}
	p.seen = to - p.top
	where := fmt.Sprintf("%s–%s of %s", words.Thousands(p.top+1), words.Thousands(to), words.Count(len(rows), "table"))
	return strings.Join(rows[p.top:to], "\n") + "\n" + p.theme.Faint.Render("  "+where)
}

// scroll moves in the tables, and reports whether the key was for that.
func (p *Sync) scroll(name string) bool {
	to, moves := map[string]int{"up": p.top - 1, "down": p.top + 1, "pgup": p.top - p.seen, "pgdown": p.top + p.seen, "home": 0, "end": p.last}[name]
	if moves {
		p.top = max(0, min(to, p.last))
	}
	return moves
}

// names are those of the tables: without catalog and schema where all of them are in the connection's.
func (p *Sync) names() []string {
	names := make([]string, len(p.plan.Tables))
	for i := range p.plan.Tables {
		parts := p.plan.Tables[i].Parts
		if parts[0] == p.saved.Schema.Catalog.Raw() && parts[1] == p.saved.Schema.Schema.Raw() {
			names[i] = sync.Named(parts[2])
			continue
		}
		names[i] = sync.Named(p.plan.Tables[i].Name)
	}
	return names
}

// syncRow is a table: how far it is, and that in words.
type syncRow struct {
	mark ui.Mark
	text string
}

// row is one table of the plan.
func (p *Sync) row(i, width int) syncRow {
	t := &p.plan.Tables[i]
	if p.part == syncPlanned {
		text := append([]string{t.How() + "; " + t.Expects()}, t.Notes()...)
		return syncRow{ui.MarkWaiting, ui.Wrap(ui.Clean(strings.Join(text, "; ")), width)}
	}
	e, told := p.board.of(t.Name)
	if !told {
		return syncRow{ui.MarkWaiting, p.theme.Faint.Render(ui.Cut(ui.Clean(t.How()), width))}
	}
	switch e.State {
	case sync.Done:
		text := words.Count(int(e.Rows), "row") + "  " + e.Table.Outcome()
		lines := strings.Split(text, "\n")
		for i := range lines {
			lines[i] = ui.Wrap(ui.Clean(lines[i]), width)
		}
		if took := words.Took(e.Took); took != "" {
			lines[0] += "  " + p.theme.Faint.Render(took)
		}
		return syncRow{ui.MarkPass, strings.Join(lines, "\n")}
	case sync.Failed:
		what, _ := connector.Words(e.Fault)
		if errors.Is(e.Fault, sync.ErrStopped) {
			what = "stopped"
		}
		return syncRow{ui.MarkFail, ui.Wrap(ui.Clean(what), width)}
	case sync.Waiting:
		return syncRow{ui.MarkRunning, ui.Wrap(ui.Clean(e.Again()), width)}
	}
	lines := []string{ui.Cut(ui.Clean(e.Table.How()), width)}
	if bar := p.bar(e, width); bar != "" && e.State == sync.Reading {
		lines = append(lines, bar)
	}
	return syncRow{ui.MarkRunning, strings.Join(append(lines, ui.Wrap(e.Progress(), width)), "\n")}
}

// bar is how much of a table was read, empty where that is not known.
func (p *Sync) bar(e sync.Event, width int) string {
	total, known := e.Expected()
	if !known || total == 0 {
		return ""
	}
	long := min(widestBar, width-6)
	done := min(int64(long), e.Rows*int64(long)/total)
	return p.theme.Accent.Render(strings.Repeat("█", int(done))) + p.theme.Faint.Render(strings.Repeat("░", long-int(done))) + fmt.Sprintf(" %3d %%", min(100, e.Rows*100/total))
}
