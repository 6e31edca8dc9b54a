package inventory

import (
	"path/filepath"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// damaged is said of a run whose file is not as it was written.
const damaged = "not whole"

// items are what the rows of a list are found by.
func (f *found) items(p part) (items []ui.PickerItem) {
	if f.run == nil {
		return nil
	}
	groups := map[estate.Part]uint8{estate.OfAccount: 0, estate.OfWorkspace: 1, estate.Planned: 2, estate.Beyond: 3}
	switch p {
	case ledger:
		for _, r := range f.Seen.Resources {
			items = append(items, ui.PickerItem{Name: r.Title, Group: groups[r.Part]})
		}
	case kinds:
		for _, k := range f.kinds {
			item := ui.PickerItem{Name: k.name}
			if k.rows == 0 {
				item.Group = 1
			}
			items = append(items, item)
		}
	default:
		for i := range f.Runs {
			items = append(items, ui.PickerItem{Name: f.runAt(i).ID})
		}
	}
	return items
}

// row is a line of a list.
func (s *Screen) row(p part, i int) ui.PickerRow {
	switch p {
	case ledger:
		r := s.found.Seen.Resources[i]
		return ui.PickerRow{Own: true, Cells: []string{words.Thousands(r.Rows), string(r.State)}, Mark: marks[r.State]}
	case kinds:
		k := s.found.kinds[i]
		if k.whole {
			return ui.PickerRow{Own: true, Cells: []string{words.Thousands(k.rows), "all"}, Mark: ui.MarkPass}
		}
		return ui.PickerRow{Own: true, Cells: []string{words.Thousands(k.rows), "a part"}, Mark: ui.MarkWarn}
	}
	m := s.found.runAt(i)
	row := ui.PickerRow{Cells: []string{words.Bytes(m.Size), "rows kept"}}
	switch {
	case !m.Rows:
		row.Cells[1] = "rows deleted"
	case !s.found.Whole(m):
		row.Cells[1], row.Mark = damaged, ui.MarkWarn
	}
	return row
}

// View draws the run that is on, or the list in sight with what is known about the row under the cursor.
func (s *Screen) View(width, height int) string {
	if s.taking.task.Running() {
		return s.progress(width, height)
	}
	head := panels.Heading(s.Theme, title, ui.Cut(s.As(), width), width)
	switch {
	case s.task.Running() && s.found == nil:
		return head + ui.Working("Reading what inventories there are", s.task.Since()).View(s.Theme, width)
	case s.err != nil:
		return head + panels.Trouble(s.err).View(s.Theme, width)
	case s.found == nil:
		return head
	case !s.whole():
		return head + s.none(width) + s.told(width)
	}
	lines := []string{ui.Cut(s.Theme.Title.Render(title)+s.Theme.Faint.Render(s.signedIn()), width), s.Theme.Faint.Render(ui.Cut(ui.Clean(s.found.Of()), width))}
	lines = append(lines, s.Theme.Faint.Render(panels.Coverage(s.found.Seen, s.found.Seen.SayMore(), width)), s.tabs(width))
	head = strings.Join(lines, "\n") + "\n\n"
	foot := s.told(width)
	room := height - strings.Count(head, "\n") - panels.Height(foot)
	return head + ui.Split(s.Theme, width, room, s.list().Rows, panels.Steady(s.Theme, s.about)) + foot
}

// signedIn says as whom one is signed in, behind the title.
func (s *Screen) signedIn() string {
	if session := s.Session(); session != nil {
		return "   as " + session.Me().Label()
	}
	return ""
}

// none is in place of the lists where no run is over.
func (s *Screen) none(width int) string {
	switch {
	case s.found.Taken:
		return ui.Empty("The first run is being taken now", "Another window or a schedule takes it. "+s.found.Partial.SayShort()+" so far.", "Press r to look again.").View(s.Theme, width)
	case s.found.Open != "":
		return ui.Empty("The first run is not over", s.found.SayBegun()+" "+s.found.Partial.SayShort()+". It goes on where it was ended.", "").View(s.Theme, width)
	}
	return ui.Empty(estate.NoneYet, "An inventory sees what the workspace holds and who may do what there, as far as your rights go. It only reads, and keeps no secret.", "").View(s.Theme, width)
}

// tabs are the lists with how many rows each has, the one in sight standing out.
func (s *Screen) tabs(width int) string {
	var tabs []string
	for i, p := range parts {
		text := p.heading() + " " + words.Thousands(s.lists[i].Len())
		if p == s.part {
			tabs = append(tabs, s.Theme.Selected.Render(ui.MarkCursor.String()+" "+text))
		} else {
			tabs = append(tabs, s.Theme.Faint.Render(text))
		}
	}
	return ui.Cut(strings.Join(tabs, s.Theme.Faint.Render(" · "))+s.Theme.Faint.Render("   "+s.list().Count()), width)
}

// told is what was just done or went wrong, and what else is to know, below the lists.
func (s *Screen) told(width int) string {
	var lines []string
	line := func(mark ui.Mark, text string) {
		lines = append(lines, ui.Wrap(s.Theme.Mark(mark)+" "+ui.Clean(text), width))
	}
	if s.whole() && s.found.Open != "" {
		mark := ui.MarkWarn
		if s.found.Taken {
			mark = ui.MarkRunning
		}
		line(mark, s.found.SayOpen()+" "+s.found.Partial.SayShort()+".")
	}
	for _, id := range s.found.Broken {
		text := "The run " + id + " is not whole"
		if s.whole() {
			text += "; this is the last one before it that is"
		}
		line(ui.MarkWarn, text+".")
	}
	if s.found.Missed > 0 {
		line(ui.MarkWarn, words.Plural(s.found.Missed, "run was", "runs were")+" missed since the last one.")
	}
	switch {
	case s.notice == "":
	case s.wrong:
		line(ui.MarkWarn, s.notice)
	default:
		line(ui.MarkPass, s.notice)
	}
	if len(lines) == 0 {
		return ""
	}
	return "\n\n" + strings.Join(lines, "\n")
}

// about is what is known about the row under the cursor.
func (s *Screen) about(width, _ int) string {
	i, ok := s.list().Selected()
	if !ok {
		return ""
	}
	heading, facts := s.facts(i)
	return s.Theme.Title.Render(ui.Cut(ui.Clean(heading), width)) + "\n" + panels.Facts(s.Theme, facts, width)
}

func (s *Screen) facts(i int) (heading string, facts []panels.Fact) {
	add := func(label, text string) {
		if text != "" {
			facts = append(facts, panels.Fact{Label: label, Text: text})
		}
	}
	switch s.part {
	case ledger:
		r := s.found.Seen.Resources[i]
		add("State", string(r.State))
		add("Rows", read(r))
		if r.Needs != estate.Anybody {
			add("Takes", r.Needs.Holder())
		}
		add("Missing", r.Why)
		if r.Priority != estate.Unnumbered {
			add("Priority", strconv.Itoa(r.Priority))
		}
		add("Note", r.Note)
		return words.UpperFirst(r.Title), facts
	case kinds:
		k := s.found.kinds[i]
		add("Rows", words.Thousands(k.rows))
		add("Seen", map[bool]string{true: "all there are", false: "a part; what is missing is not known to be gone"}[k.whole])
		return k.name, facts
	}
	m := s.found.runAt(i)
	if m.Rows && !s.found.Whole(m) {
		add("State", damaged+": its file is not as it was written")
	}
	add("Began", m.Began.Local().Format("2006-01-02 15:04"))
	add("Took", words.Took(m.Ended.Sub(m.Began)))
	if seen, ok := estate.Summary(m); ok {
		add("Seen", seen.SayShort())
		add("Requests", words.Thousands(seen.Requests)+", "+seen.SayFate())
	}
	if m.Rows {
		add("File", filepath.Join(store.Shelf, filepath.Base(s.found.Folder.Dir), m.ID+".db")+", beside the saved connections")
	}
	return m.ID, facts
}

// read is how many rows a resource has, and what it took.
func read(r estate.Seen) string {
	text := words.Thousands(r.Rows)
	if r.Pages > 0 {
		text += ", in " + words.Count(r.Pages, "page")
	}
	if took := words.Took(r.Took); r.Took > 0 && took != "" {
		text += " and " + took
	}
	return text
}

// details opens everything about a resource: each of its collectors.
func (s *Screen) details() (ui.Move, tea.Cmd) {
	i, _ := s.list().Selected()
	heading, facts := s.facts(i)
	of := s.found.Seen.Resources[i].ID
	text := strings.Join(panels.FactLines(facts), "\n") + "\n\nWhat was asked for\n"
	for _, line := range s.found.Seen.Lines {
		c, known := estate.Find(line.ID)
		if !known || c.Resource != of {
			continue
		}
		text += "- " + line.ID + ": " + string(line.State) + ", " + words.Count(line.Rows, "row") + ", " + words.Count(line.Requests, "request")
		if line.Why != "" {
			text += ". " + words.UpperFirst(line.Why)
		}
		text += "\n"
	}
	return ui.Open(ui.NewPage(s.Theme, ui.PageContent{Title: heading, Filename: "resource.txt", Text: text})), nil
}

// Helps says what the states mean, for the help page.
func (s *Screen) Helps(width int) (heading, text string) {
	rows := [][]string{
		{"done", "all there is"}, {"partial", "a part; who is told more has another right"}, {"denied", "refused; it takes a right"},
		{"throttled", "refused for its pace to the last"}, {"not enabled", "the workspace does not have it"}, {"skipped", "what it stands on was not read"},
		{"timed out", "the time was over; the next run goes on"}, {"failed", "no answer that can be read"},
	}
	return "What the states mean", ui.LabelledTable(s.Theme, "state", []string{"State", "Means"}, rows, width, len(rows)+2)
}
