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

// View draws the review.
func (r *review) View(width, height int) string {
	t, d := r.setup.theme, r.setup.Draft()
	title := t.Title.Render(setup.HeadlineOf(setup.Review).Title) + "\n\n"
	lead := "  "
	if r.row == 0 {
		lead = t.Mark(ui.MarkCursor) + " "
	}
	parts := []string{lead + r.field.View(width-2)}
	for i, c := range d.Choices() {
		parts = append(parts, r.line(i+1, c.Label, c.Text, string(c.Source), width))
	}
	for i, verdict := range r.verdicts() {
		parts = append(parts, r.line(-1, []string{"Verdict", ""}[i], verdict, "", width))
	}
	for i, text := range r.certify.lines() {
		parts = append(parts, r.line(-1, []string{"Certificate", ""}[i], text, "", width))
	}
	parts = append(parts, r.line(-1, "Kept in", r.keep.where(), "", width))
	list, foot := strings.Join(parts, "\n"), r.foot(width)
	if panels.Height(title+list+"\n"+foot)+1 > height { // what is wrong must be in sight
		return strings.TrimSuffix(title, "\n") + list + "\n" + foot
	}
	return title + list + "\n\n" + foot
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

// verdicts are what was proven by reading, and what is known of privileges beyond it.
func (r *review) verdicts() []string {
	d := r.setup.Draft()
	proof := d.Proof()
	if !proof.Passed {
		return []string{"✗ " + proof.Summary}
	}
	mark := "✓ "
	if !d.ReadOnlySeen() {
		mark = "! "
	}
	return []string{fmt.Sprintf("✓ %s, %s", proof.Summary, proof.At.Local().Format("15:04")), mark + proof.ReadOnly}
}

func (r *review) foot(width int) string {
	t := r.setup.theme
	switch {
	case r.save.Running():
		return ui.Working("Sealing and saving", r.save.Since()).View(t, width)
	case r.problem != nil:
		return ui.Wrap(t.Mark(ui.MarkFail)+" "+connector.Sentence(r.problem), width)
	}
	text := "enter saves it encrypted. The secret is not shown again."
	if r.row > 0 {
		text = fmt.Sprintf("enter goes to step %d to change it.", int(r.setup.Draft().Choices()[r.row-1].Step)+1)
	}
	return t.Faint.Render(ui.Wrap(text, width))
}
