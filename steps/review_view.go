package steps

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// runs are the statements that Draftt will run.
func (r *review) runs() ui.Panel {
	t, statements := r.setup.theme, r.setup.Draft().Statements()
	shown := ui.NewSnippet(t, statements, "")
	return ui.NewPage(t, ui.PageContent{
		Title: "What Draftt runs", Text: statements, Filename: "draftt-runs.sql",
		Body: func(width int) string {
			lead := ui.Wrap("Draftt reads the columns and rows of the chosen tables with these statements, and runs nothing else:", width)
			return lead + "\n\n" + shown.View(width, (strings.Count(statements, "\n")+1)*wholeStatement)
		},
	})
}

// wholeStatement is more lines than a statement needs in the narrowest window.
const wholeStatement = 20

// View draws the review. What is wrong must be in sight, so a small window does without blank lines first, and then without advice.
func (r *review) View(width, height int) string {
	title, foot := r.setup.theme.Title.Render(setup.HeadlineOf(setup.Review).Title), r.foot(width)
	list := r.list(append(r.verdicts(), r.certify.advice()...), width)
	if panels.Height(title+"\n\n"+list+"\n\n"+foot) <= height {
		return title + "\n\n" + list + "\n\n" + foot
	}
	if panels.Height(title+"\n"+list+"\n"+foot) > height {
		list = r.list(r.verdicts(), width)
	}
	return title + "\n" + list + "\n" + foot
}

// list is the name, every choice, the verdict, and where it will be kept.
func (r *review) list(verdicts []string, width int) string {
	lead := "  "
	if r.row == 0 {
		lead = r.setup.theme.Mark(ui.MarkCursor) + " "
	}
	parts := []string{lead + r.field.View(width-2)}
	for i, c := range r.setup.Choices() {
		parts = append(parts, r.line(i+1, c.Label, c.Text, string(c.Source), width))
	}
	label := "Verdict"
	for _, verdict := range verdicts {
		for text := range strings.SplitSeq(ui.Wrap(verdict, width-valueColumn), "\n") {
			parts = append(parts, r.line(-1, label, text, "", width))
			label = ""
		}
	}
	return strings.Join(append(parts, r.line(-1, "Kept in", r.keep.where(), "", width)), "\n")
}

// valueColumn is where the values of Review start, behind the mark and the label.
const valueColumn = 19

// line is one choice. The place of the cursor shows as a mark and a colour; the source stands behind where there is room.
func (r *review) line(row int, label, text, source string, width int) string {
	t := r.setup.theme
	lead := "  "
	if row == r.row {
		lead = t.Mark(ui.MarkCursor) + " "
	}
	text = ui.Cut(ui.Clean(text), width-valueColumn)
	body := fmt.Sprintf("%-17s%s", label, text)
	if row == r.row {
		body = t.Selected.Render(body)
	}
	if room := width - valueColumn - len([]rune(text)) - 2; source != "" && room >= len(source) {
		body += "  " + t.Faint.Render(source)
	}
	return lead + body
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

func (r *review) foot(width int) string {
	t := r.setup.theme
	switch {
	case r.save.Running():
		return ui.Working("Sealing and saving", r.save.Since()).View(t, width)
	case r.eager && r.certify.running():
		return ui.Working("Looking at everything it may do before it is saved", r.certify.since()).View(t, width)
	case r.problem != nil:
		return ui.Wrap(t.Mark(ui.MarkFail)+" "+connector.Sentence(r.problem), width)
	}
	text := "enter saves it encrypted. The secret is not shown again."
	if r.row > 0 {
		text = fmt.Sprintf("enter goes to step %d to change it.", int(r.setup.Choices()[r.row-1].Step)+1)
	}
	return t.Faint.Render(ui.Wrap(text, width))
}
