package tokens

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// tabs are the lists with how many rows each has, the one in sight standing out.
func (s *Screen) tabs(width int) string {
	var tabs []string
	for i, p := range partsOf(s.object) {
		if s.seen.Limited && p != s.part {
			continue
		}
		text := p.heading() + " " + words.Thousands(s.lists[i].Len())
		if p == s.part {
			tabs = append(tabs, s.Theme.Selected.Render(ui.MarkCursor.String()+" "+text))
		} else {
			tabs = append(tabs, s.Theme.Faint.Render(text))
		}
	}
	line := strings.Join(tabs, s.Theme.Faint.Render(" · "))
	if s.list().Len() > 0 {
		line += s.Theme.Faint.Render("   " + s.list().Count())
	}
	if s.object == authorization.Passwords {
		return s.Theme.Faint.Render(ui.Cut(authorization.PasswordsEndedOn, width)) + "\n" + ui.Cut(line, width)
	}
	return ui.Cut(line, width)
}

// told is what somebody is not shown who is no workspace admin.
func (s *Screen) told() string {
	if !s.seen.Limited {
		return ""
	}
	return connector.Sentence(s.refusal(s.reads()))
}

func (s *Screen) rows(width, height int) string {
	if s.list().Len() > 0 {
		return s.list().Rows(width, height)
	}
	if s.seen.NoList && s.part != tokens {
		return ui.Empty("There is no list yet", "Databricks makes it with the first token.", "").View(s.Theme, width)
	}
	return ui.Empty("Nothing to show", "There is none here that you are shown.", "").View(s.Theme, width)
}

// about is what is known about the row under the cursor.
func (s *Screen) about(width, height int) string {
	i, ok := s.list().Selected()
	if !ok {
		return ""
	}
	title, facts := s.facts(i, max(1, height-9))
	return s.Theme.Title.Render(ui.Cut(ui.ShownName(title), width)) + "\n" + panels.Facts(s.Theme, facts, width)
}

// facts are the title of a row and what is known about it, with at most so many tokens.
func (s *Screen) facts(i, most int) (title string, facts []panels.Fact) {
	switch s.part {
	case listed:
		e := s.seen.list[i]
		who, known := s.seen.holder(e)
		facts = []panels.Fact{{Label: "Level", Text: e.Level.String()}, {Label: "Kind", Text: e.Kind.Noun()}}
		if !known {
			facts = append(facts, panels.Fact{Label: "Gone", Text: "not in the workspace any more"})
		}
		facts = append(facts, panels.Fact{Label: "Reaches", Text: s.seen.haveIt(who) + " it by this line"})
		return who.Label(), append(facts, s.tokensOf(who, most)...)
	case everybody:
		e := s.seen.levels[i]
		row := e.Columns()
		facts = []panels.Fact{{Label: "Level", Text: row[2]}, {Label: "How", Text: row[3]}, {Label: "Kind", Text: row[1]}}
		if e.Principal.Name.String() != e.Principal.Label() {
			facts = append(facts, panels.Fact{Label: "ID", Text: e.Principal.Name.String()})
		}
		if e.Locked != "" {
			facts = append(facts, panels.Fact{Label: "Locked", Text: e.Locked})
		}
		return e.Principal.Label(), append(facts, s.tokensOf(e.Principal, most)...)
	}
	row := s.seen.Columns(s.seen.owned[i])
	for at, heading := range authorization.Headings[1:] {
		if row[at+1] != "" {
			label := words.UpperFirst(strings.ToLower(heading))
			switch {
			case heading == "ID":
				label = heading
			case heading == "ENDS" && s.seen.owned[i].Has(authorization.Ended):
				label = "Ended"
			}
			facts = append(facts, panels.Fact{Label: label, Text: row[at+1]})
		}
	}
	return row[0], facts
}

func (s *Screen) tokensOf(p authorization.Principal, most int) (facts []panels.Fact) {
	all := s.seen.of[p.ID]
	if p.ID == "" || p.Kind == authorization.Group || s.object == authorization.Passwords {
		return nil
	}
	facts = append(facts, panels.Fact{Label: "Tokens", Text: words.Thousands(len(all))})
	for _, at := range all[:min(most, len(all))] {
		_, text, _ := strings.Cut(admin.TokenText(s.seen.owned[at]), ": ")
		facts = append(facts, panels.Fact{Text: text})
	}
	return facts
}

// details opens everything about a row, every way of a level as well.
func (s *Screen) details() (ui.Move, tea.Cmd) {
	i, _ := s.list().Selected()
	found, at := s.seen, s.part
	title, facts := s.facts(i, len(s.seen.owned))
	text := strings.Join(panels.FactLines(facts), "\n") + "\n"
	return ui.Open(ui.NewPage(s.Theme, ui.PageContent{
		Title: title, Filename: "permissions.txt", Doing: "Looking at every way", Failed: panels.Trouble,
		Load: func(context.Context) (string, error) {
			if at != everybody {
				return text, nil
			}
			return text + ways(found, found.levels[i].Principal), nil
		},
	})), nil
}

// ways are what somebody may do, and each way that it comes.
func ways(found *seen, p authorization.Principal) string {
	var b strings.Builder
	e := found.Of(p)
	b.WriteString("\nEvery way that it comes\n")
	for _, w := range e.Ways {
		fmt.Fprintf(&b, "- %s: %s\n", w.Level, w.Text())
	}
	b.WriteString("\nTasks\n")
	for _, task := range authorization.Tasks(found.Object) {
		fmt.Fprintf(&b, "%s %s\n", map[bool]ui.Mark{true: ui.MarkPass, false: ui.MarkFail}[e.Can(task)], task.Name)
	}
	return b.String()
}

// Helps quotes the documented table of tasks, for the help page.
func (s *Screen) Helps(width int) (title, text string) {
	title = "What each permission is for"
	headers, rows := authorization.Matrix(s.object)
	if text = ui.LabelledTable(s.Theme, "task", headers, rows, width, len(rows)+2); !strings.Contains(text, "…") {
		return title, text
	}
	var lines []string
	for _, task := range authorization.Tasks(s.object) { // of a table that does not fit
		line := task.Name + ": " + task.Least.String()
		if task.Admins {
			line += ", workspace admins only"
		}
		lines = append(lines, ui.Wrap(line, width))
	}
	return title, strings.Join(lines, "\n")
}
