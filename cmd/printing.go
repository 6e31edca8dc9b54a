package cmd

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/outlet"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/ui/link"
)

// beginColour paints what is printed for a person who sees colours and wants them. What a program reads is never painted.
func (a *app) beginColour(c *cobra.Command) {
	seen := term.IsTerminal(a.out.Fd()) && !a.onlyLines()
	if a.style.Colour = console.Coloured(os.Getenv, seen) && !a.flags.form.Asked(c) && a.flags.form.Field == ""; !a.style.Colour {
		return
	}
	if file, ok := outlet.Bare(a.out).(*os.File); ok {
		lipgloss.EnableLegacyWindowsANSI(file)
	}
	a.out = &outlet.Painted{Outlet: a.out, Style: a.style}
}

// showsLinks reports whether somebody sees links on what is printed or drawn.
func (a *app) showsLinks() bool {
	return a.style.Colour && term.IsTerminal(a.out.Fd()) && link.Shows(os.Getenv)
}

// beginLinks has places in Databricks that a text names lead there: in what a person reads, not in what a program does.
func (a *app) beginLinks(c *cobra.Command) {
	if asJSON := c.Flags().Lookup("json"); !a.showsLinks() || asJSON != nil && asJSON.Value.String() == "true" {
		return
	}
	a.out = outlet.Linked{Outlet: a.out, Links: a.links}
	if term.IsTerminal(os.Stderr.Fd()) {
		a.err = outlet.LinkedErrors{Writer: a.err, Links: a.links}
	}
}

// links are those of the workspace that a command is about.
func (a *app) links() []link.Link {
	at := a.at.Load()
	if at == nil {
		return nil
	}
	return panels.LinksOf(*at, a.stage != nil)
}

// about says what a command is about, for the links of what it prints.
func (a *app) about(at place.At) { a.at.Store(&at) }

// long prints what say says, in a pager where a person is at a terminal that it does not fit on.
func (a *app) long(say func() error) error {
	if a.face() != faceScreen {
		return say()
	}
	out := a.out
	held := &outlet.Holding{Outlet: out}
	a.out = held
	err := say()
	a.out = out
	if text := held.Text.String(); !a.paged(text) {
		_, wrong := io.WriteString(out, text)
		err = cmp.Or(err, wrong)
	}
	return err
}

// paged shows a text in a pager, and reports whether it did.
func (a *app) paged(text string) bool {
	pager := console.Pager(os.LookupEnv, exec.LookPath)
	width, height, err := term.GetSize(a.out.Fd())
	if err != nil || pager == nil || console.Fits(text, width, height) {
		return false
	}
	shown := connector.ShownText(a.style.Marks(text))
	if console.Page(pager, shown, outlet.Bare(a.out), a.err) != nil {
		return false
	}
	_, _ = a.record.Write([]byte(text))
	return true
}

// pagedHelp has the help of every command be a long text, as wide as the terminal.
func (a *app) pagedHelp(root *cobra.Command) {
	help := root.HelpFunc()
	root.SetHelpFunc(func(c *cobra.Command, args []string) {
		out := c.OutOrStdout()
		var whole bytes.Buffer
		c.SetOut(&whole)
		help(c, args)
		c.SetOut(out)
		_ = a.printLong(whole.String()) // help has no way to hand on that it could not be printed
	})
}

// printLong prints a long text, as wide as the terminal.
func (a *app) printLong(text string) error {
	if width := a.columns(); width > 0 {
		text = console.Fill(text, width)
	}
	return a.long(func() error {
		_, err := io.WriteString(a.out, text)
		return err //nolint:wrapcheck // the terminal's or the pipe's own
	})
}

// columns is how wide what is printed may be, 0 for as wide as it is: in a pipe, and while a record is kept, which would not know a name
// again whose parts stand on two lines.
func (a *app) columns() int {
	if a.record != nil {
		return 0
	}
	return a.width()
}

// prose is a text whose lines are broken between words. Aliases stand in it before.
func (a *app) prose(text string) string {
	width := a.columns()
	if width == 0 {
		return text
	}
	return ui.Wrap(connector.ShownText(text), width)
}

// factColumn is what stands before the second column of a line, or else what sets it in.
var factColumn = regexp.MustCompile(`^ +\S.*? {2,}|^ *`)

// parting is what stays on the terminal when a screen is gone, its lines broken between words. A command to copy stays whole.
func (a *app) parting(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.Contains(line, "draftt-databricks") {
			lead := factColumn.FindString(line)
			lines[i] = a.beside(lead, strings.TrimPrefix(line, lead))
		}
	}
	return strings.Join(lines, "\n")
}

// beside is a text behind a lead, and below itself where it is longer than the line.
func (a *app) beside(lead, text string) string {
	const leastRoom = 20 // cells; narrower than this nothing is gained
	cells := ansi.StringWidth(lead)
	if room := a.columns() - cells; room >= leastRoom {
		text = ui.Wrap(connector.ShownText(text), room)
	}
	return lead + strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", cells))
}

// printTable prints a table as wide as the terminal, or as wide as it is where there is none. Aliases stand in it before it is measured.
func (a *app) printTable(table console.Table) error {
	for _, row := range table.Rows {
		for i, cell := range row {
			row[i] = connector.ShownText(cell)
		}
	}
	_, err := io.WriteString(a.out, table.Text(a.style, a.columns()))
	return err //nolint:wrapcheck // the terminal's or the pipe's own
}

func (a *app) sayList(title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	_, _ = fmt.Fprintf(a.out, "\n%s\n", a.style.Title(title))
	for _, l := range lines {
		_, _ = fmt.Fprintln(a.out, a.beside("    ", l))
	}
}

// columnWidth lets two columns stand in 80, where it is not known how wide they may be.
const columnWidth = 38

// sayColumns prints two lists side by side, and one below the other for a record, which would not know a name again that is broken.
func (a *app) sayColumns(left, right string, lefts, rights []string) {
	if a.record != nil {
		a.sayList(left, lefts)
		a.sayList(right, rights)
		return
	}
	width := columnWidth
	if all := a.columns(); all > 0 {
		width = max(columnWidth/2, (all-4)/2)
	}
	_, _ = io.WriteString(a.out, console.Columns(width, console.Column{Title: left, Lines: shown(lefts)}, console.Column{Title: right, Lines: shown(rights)}))
}

func shown(lines []string) (all []string) {
	for _, l := range lines {
		all = append(all, connector.ShownText(connector.CleanLine(l, 300)))
	}
	return all
}

// say prints one line.
func (a *app) say(format string, args ...any) error {
	_, err := fmt.Fprintf(a.out, format+"\n", args...)
	return err
}
