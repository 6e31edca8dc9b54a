package partners

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/ui"
)

// told says that somebody who is no admin has a view that only reads, and that the account was not seen.
func (s *Screen) told() string {
	var told []string
	if !s.Session().Admin() {
		told = append(told, partner.ReadOnly)
	}
	switch {
	case !s.seen.AppsUnseen():
	case *s.account.Load() == "":
		told = append(told, partner.AppsNotLookedAt+"; a looks there.")
	case s.seen.failed == nil:
		told = append(told, partner.AppsNotShown)
	}
	return strings.Join(told, " ")
}

// about is what is known about the row under the cursor.
func (s *Screen) about(width, _ int) string {
	c, like, p, ok := s.under()
	if !ok {
		return ""
	}
	name, lines := p.Name, []string{}
	switch {
	case c != nil:
		lines = append(lines, "Connected: "+string(c.Sure))
		for _, e := range c.Evidence {
			lines = append(lines, "✓ "+e)
		}
		for _, a := range c.Against {
			lines = append(lines, "! "+a)
		}
	case like != nil:
		name, lines = like.What, []string{like.Why}
	case p.Set != nil:
		lines = append(lines, "It "+p.Set.Name+".")
	default:
		lines = append(lines, "The document has no set for it.")
	}
	if len(s.seen.Connections) == 0 && like == nil {
		lines = append(lines, partner.NoConnection)
	}
	lines = append(lines, "", partner.Inferred)
	for i, line := range lines {
		lines[i] = ui.Wrap(ui.Clean(line), width)
	}
	return s.Theme.Title.Render(ui.Cut(ui.ShownName(name), width)) + "\n" + strings.Join(lines, "\n")
}

// sectionLines are lists as text.
func sectionLines(all []partner.Section) (lines []string) {
	for _, s := range all {
		if len(s.Lines) == 0 {
			continue
		}
		lines = append(lines, "", s.Title)
		for _, line := range s.Lines {
			lines = append(lines, "- "+line)
		}
	}
	return lines
}

// text is lines as a page has them.
func text(lines []string) string { return strings.TrimLeft(strings.Join(lines, "\n"), "\n") + "\n" }
