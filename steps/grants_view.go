package steps

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// View draws what is held and what is missing below the head.
func (p *grantPanel) View(width, height int) string {
	head := p.Head(width, height)
	view := head + p.body(width, height-strings.Count(head, "\n"))
	if p.hold() && p.snippet.Text() == "" {
		view += "\n\n" + ui.Wrap(p.Holds, width)
	}
	return view
}

// body draws what is held and what is missing, then the statements from the left edge, then when it looks again. In a small window the
// statements keep their place, and the words around them give way.
func (p *grantPanel) body(width, height int) string {
	t, list := p.setup.theme, p.list(width)
	switch f := p.trouble(); {
	case f != nil:
		return p.inRoom(list, ui.Failed(f.Headline(), f.Reason, f.Remedy.Text), width, height)
	case p.seen == nil:
		return list
	case p.found.Obstacle != "":
		return p.inRoom(list, ui.Failed(string(check.MissingPermissions), p.found.Obstacle, ""), width, height)
	case p.snippet.Text() == "":
		if p.note != "" {
			list += "\n\n" + ui.Wrap(p.note, width)
		}
		return p.more(list, width, height-2) // a line of its own comes below
	}
	cause := t.Bad.Bold(true).Render(string(check.MissingPermissions))
	switch {
	case p.complete():
		cause = "Only reading a table shows whether these hold."
	case p.hold():
		cause = ui.Wrap("The way to the schema is open. What is missing is for step 4.", width)
	}
	reason := p.found.Reason()
	whole, brief := p.found.Lead()
	lead := ui.Wrap(strings.TrimSpace(reason+" "+whole), width)
	foot := ui.Wrap(p.status(), width)
	need := panels.Height(p.snippet.View(width, height))
	short := cause
	switch {
	case reason != "":
		short = ui.Wrap(t.Bad.Render(reason), width)
	case !p.complete() && !p.hold(): // the list says what is missing
		short = ui.Cut(brief, width)
	}
	switch spare := height - panels.Height(list) - need - 1; {
	case spare >= panels.Height(lead)+panels.Height(foot)+4:
		full := list
		if room := height - need - panels.Height(lead) - panels.Height(foot) - 5; panels.Height(p.more(list, width, room)) <= room {
			full = p.more(list, width, room)
		}
		return full + "\n\n" + cause + "\n" + lead + "\n\n" + p.snippet.View(width, need) + "\n\n" + foot
	case spare >= panels.Height(lead)+panels.Height(foot)+2:
		return list + "\n" + cause + "\n" + lead + "\n\n" + p.snippet.View(width, need) + "\n\n" + foot
	case spare >= panels.Height(cause)+panels.Height(lead)+1:
		return list + "\n" + cause + "\n" + lead + "\n\n" + p.snippet.View(width, need) + "\n" + t.Faint.Render(p.countdown())
	case p.snippet.Note() != "" && spare >= panels.Height(lead): // what was copied does not say who runs it
		return list + "\n" + lead + "\n" + p.snippet.View(width, need) + "\n" + t.Faint.Render(p.countdown())
	case short != cause && spare >= panels.Height(cause)+panels.Height(short): // the documented cause, before how long a grant takes
		return list + "\n" + cause + "\n" + short + "\n" + p.snippet.View(width, need) + "\n" + t.Faint.Render(p.countdown())
	case spare >= panels.Height(short)+panels.Height(foot)+1:
		return list + "\n" + short + "\n\n" + p.snippet.View(width, need) + "\n\n" + foot
	case spare >= panels.Height(short)+panels.Height(foot)-1:
		return list + "\n" + short + "\n" + p.snippet.View(width, need) + "\n" + foot
	case spare >= panels.Height(short):
		return list + "\n" + short + "\n" + p.snippet.View(width, need) + "\n" + t.Faint.Render(p.countdown())
	}
	beside := panels.Height(list) + panels.Height(short) + 1 // and when it looks again
	return list + "\n" + short + "\n" + p.snippet.View(width, max(2, height-beside)) + "\n" + t.Faint.Render(p.countdown())
}

// inRoom draws a failure below the list and above when it looks again. Where there is no room for all of it, what to do comes first.
func (p *grantPanel) inRoom(list string, failed ui.State, width, height int) string {
	text, foot := failed.View(p.setup.theme, width), ui.Wrap(p.status(), width)
	for _, parts := range [][]string{{list, text, foot}, {text, foot}} {
		if all := strings.Join(parts, "\n\n"); panels.Height(all) <= height {
			return all
		}
	}
	return text
}

// more puts below the list what goes beyond the contract, and what is to be known of the objects, as far as there is room. What there is no
// room for is counted, with the key that shows it.
func (p *grantPanel) more(list string, width, height int) string {
	t := p.setup.theme
	var lines []string
	for _, extra := range p.found.Extras() {
		lines = append(lines, ui.Wrap(t.Mark(ui.MarkWarn)+" "+extra, width))
	}
	for i, note := range p.found.Notes {
		lead := ""
		if i == 0 {
			lead = "\n"
		}
		lines = append(lines, lead+t.Faint.Render(ui.Wrap(note, width)))
	}
	for i, line := range lines {
		last := 1 // for the count
		if i == len(lines)-1 {
			last = 0
		}
		if panels.Height(list)+panels.Height(line)+last > height {
			return list + "\n" + t.Faint.Render(ui.Cut(fmt.Sprintf("… d shows %s to know", words.Count(len(lines)-i, "more thing")), width))
		}
		list += "\n" + line
	}
	return list
}

// list has a line for each need. The names are long, so they get the room, and where it comes from or who can grant it stands behind.
func (p *grantPanel) list(width int) string {
	t := p.setup.theme
	column := 0
	for _, need := range p.want.Needs {
		column = max(column, min(len([]rune(setup.NeedName(need))), width-12))
	}
	out := make([]string, len(p.want.Needs))
	for i, need := range p.want.Needs {
		names := strings.Split(ui.Wrap(ui.Clean(setup.NeedName(need)), column), "\n")
		name := names[0]
		mark, word := p.state(i)
		if room := width - column - 4; len([]rune(word)) > room {
			word = shorter(word, room)
		}
		line := fmt.Sprintf("%s %s%s  %s", t.Mark(mark), name, strings.Repeat(" ", max(0, column-len([]rune(name)))), word)
		out[i] = strings.Join(append([]string{ui.Cut(line, width)}, indented(names[1:])...), "\n")
	}
	return strings.Join(out, "\n")
}

// indented puts the rest of a name below its beginning.
func indented(rest []string) []string {
	lines := make([]string, len(rest))
	for i, line := range rest {
		lines[i] = "    " + line
	}
	return lines
}

// shorter leaves out why somebody can grant, and where there is no room for the name either, that: who runs the statements stands above them.
func shorter(word string, room int) string {
	const missing = "missing"
	who, found := strings.CutPrefix(word, missing+"; ")
	if !found {
		return word
	}
	for _, standing := range grants.Standings() {
		who = strings.TrimSuffix(who, " "+string(standing))
	}
	if asked := missing + "; ask " + who; len([]rune(asked)) <= room {
		return asked
	}
	return missing
}

func (p *grantPanel) state(i int) (ui.Mark, string) {
	switch {
	case p.seen == nil && p.err != nil:
		return ui.MarkUnknown, "not seen"
	case p.seen == nil:
		return ui.MarkRunning, "looking"
	}
	line := p.found.Line(i)
	switch word := p.found.Word(i); {
	case line.Held():
		return ui.MarkPass, word
	case setup.Lacks(line):
		return ui.MarkFail, word
	default:
		return ui.MarkUnknown, word
	}
}

// status says what is waited for, and when it is looked for again.
func (p *grantPanel) status() string {
	t := p.setup.theme
	parts := []string{p.note, p.countdown()}
	if !p.complete() && p.again.After(p.setup.Environment().Now()) {
		parts = append(parts, "A grant can take a minute to be seen, an entitlement ten.")
	}
	return t.Faint.Render(strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " "))
}

// countdown says when it looks again.
func (p *grantPanel) countdown() string {
	switch left := p.again.Sub(p.setup.Environment().Now()); {
	case p.complete():
	case p.again.IsZero():
		return "Looking."
	case left > 0:
		return fmt.Sprintf("Looks again in %d s.", int((left+time.Second-1)/time.Second))
	}
	return ""
}

// results are the privileges as stages of the checklist, for a record of the walk.
func (p *grantPanel) results() (out []check.Result) {
	if p.seen == nil {
		return nil
	}
	for i, need := range p.want.Needs {
		r := check.Result{Stage: check.StageOf(need), Name: setup.NeedName(need), State: check.Passed, Evidence: p.found.Word(i)}
		switch line := p.found.Line(i); {
		case line.Held():
		case setup.Lacks(line):
			r.State = check.Failed
		default:
			r.State = check.Unknown
		}
		out = append(out, r)
	}
	return out
}
