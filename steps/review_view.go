package steps

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// runs are the statements that prove the access.
func (r *review) runs() ui.Panel {
	t, statements := r.setup.theme, r.setup.Draft().Statements()
	shown := ui.NewSnippet(t, statements, "")
	return ui.NewPage(t, ui.PageContent{
		Title: "What is run to prove it", Text: statements, Filename: "proof.sql",
		Body: func(width int) string {
			lead := ui.Wrap(setup.ProvenBy, width)
			return lead + "\n\n" + shown.View(width, (strings.Count(statements, "\n")+1)*wholeStatement)
		},
	})
}

// wholeStatement is more lines than a statement needs in the narrowest window.
const wholeStatement = 20

// View draws the review. What is wrong must be in sight, so a small window does without blank lines first, then with one line in place of
// the advice, and then without the ends of lines.
func (r *review) View(width, height int) string {
	title, foot := r.setup.theme.Title.Render(r.setup.HeadlineOf(setup.Review).Title), r.foot(width)
	verdicts := r.verdicts()
	advised := append(verdicts[:len(verdicts):len(verdicts)], r.certify.advice()...)
	whole := r.list(advised, width, ui.Wrap)
	brief := r.brief(width, foot)
	for _, view := range []string{
		title + "\n\n" + whole + "\n\n" + foot, title + "\n" + whole + "\n" + foot, title + "\n" + r.list(verdicts, width, ui.Wrap) + "\n" + brief,
	} {
		if panels.Height(view) <= height {
			return view
		}
	}
	return title + "\n" + r.list(verdicts, width, ui.Cut) + "\n" + brief
}

// list is the name, every choice, the verdict, and where it will be kept. fit makes a choice as long as there is room.
func (r *review) list(verdicts []string, width int, fit func(string, int) string) string {
	lead := "  "
	if r.row == 0 {
		lead = r.setup.theme.Mark(ui.MarkCursor) + " "
	}
	parts := []string{lead + r.field.View(width-2)}
	for i, c := range r.setup.Choices() {
		parts = append(parts, r.lines(i+1, c.Label, fit(ui.Clean(c.Text), width-valueColumn), string(c.Source), width)...)
	}
	label := "Verdict"
	for _, verdict := range verdicts {
		parts = append(parts, r.lines(-1, label, ui.Wrap(verdict, width-valueColumn), "", width)...)
		label = ""
	}
	return strings.Join(append(parts, r.lines(-1, "Kept in", fit(ui.Clean(r.keep.where()), width-valueColumn), "", width)...), "\n")
}

// valueColumn is where the values of Review start, behind the mark and the label.
const valueColumn = 19

// lines are one choice. The place of the cursor shows as a mark and a colour; the source stands behind where there is room.
func (r *review) lines(row int, label, text, source string, width int) []string {
	t := r.setup.theme
	lead := "  "
	if row == r.row {
		lead = t.Mark(ui.MarkCursor) + " "
	}
	lines := strings.Split(text, "\n")
	for i, value := range lines {
		line := fmt.Sprintf("%-17s%s", label, value)
		if row == r.row {
			line = t.Selected.Render(line)
		}
		if room := width - valueColumn - len([]rune(value)) - 2; i == len(lines)-1 && source != "" && room >= len(source) {
			line += "  " + t.Faint.Render(source)
		}
		lines[i] = lead + line
		lead, label = "  ", ""
	}
	return lines
}

// verdicts are what was proven by reading, and what the principal may do beyond that.
func (r *review) verdicts() []string {
	d := r.setup.Draft()
	proof := d.Proof()
	if !proof.Passed {
		return []string{"✗ " + proof.Summary}
	}
	return []string{fmt.Sprintf("✓ %s, %s", proof.Summary, proof.At.Local().Format("15:04")), r.certify.line()}
}

// brief is the foot of a window that the advice has no room in: it says where the advice is, unless something else must be said there.
func (r *review) brief(width int, foot string) string {
	advice := r.certify.advice()
	switch {
	case len(advice) == 0 || r.problem != nil || r.eager || r.save.Running():
		return foot
	case r.certify.tells():
		return ui.Cut("ctrl+y tells what else it may do, or was not looked at.", width)
	}
	return ui.Cut(advice[len(advice)-1], width)
}

func (r *review) foot(width int) string {
	t := r.setup.theme
	early := ""
	if r.early && r.busy() {
		early = "\n" + ui.Wrap(ui.NotTaken, width)
	}
	switch {
	case r.save.Running():
		return ui.Working("Sealing and saving", r.save.Since()).View(t, width) + early
	case r.eager && r.certify.running():
		return ui.Working("Looking at everything it may do before it is saved", r.certify.since()).View(t, width) + early
	case r.eager:
		return ui.Working("Looking for a keychain", r.keep.probing.Since()).View(t, width) + early
	case r.problem != nil:
		return ui.Wrap(t.Mark(ui.MarkFail)+" "+connector.Sentence(r.problem), width)
	}
	text := "enter saves it encrypted. The secret is not shown again."
	if r.row > 0 {
		text = fmt.Sprintf("enter goes to step %d to change it.", int(r.setup.Choices()[r.row-1].Step)+1)
	}
	return t.Faint.Render(ui.Wrap(text, width))
}
