package saved

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/outfile"
)

// Compared says what a look at the privileges of a principal gave: what it has and where from, what is missing, what it has beyond what it
// needs, who can grant what is missing, and the statements for that.
func Compared(q *GrantsCheck, seen GrantsView) (string, error) {
	sql, err := seen.SQL()
	if err != nil {
		return "", err
	}
	p := seen.Who.Principal
	name := "Application ID " + p.Name.String()
	if p.DisplayName.Raw() != "" {
		name = p.DisplayName.String() + ", application ID " + p.Name.String()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, in %s\n", name, q.Target.Host)
	var have, missing, extra []string
	for _, l := range seen.Have {
		have = append(have, Held(l))
	}
	for _, l := range seen.Missing {
		missing = append(missing, Missing(l))
	}
	for _, e := range seen.Extra {
		extra = append(extra, beyond(e))
	}
	list(&b, "Has", have)
	list(&b, "Is missing", missing)
	list(&b, "Has beyond what it needs", extra)
	list(&b, "To know", seen.Notes)
	switch {
	case seen.Obstacle != "":
		fmt.Fprintf(&b, "\n! %s\n", seen.Obstacle)
	case sql == "":
		b.WriteString("\n" + NothingMissing + "\n")
	default:
		list(&b, "Who can grant it", granters(seen.Granters()))
		fmt.Fprintf(&b, "\nTo run in a SQL editor of the workspace:\n\n%s", sql)
	}
	return b.String(), nil
}

// What is said where a principal has all that it needs.
const (
	NothingMissing = "Nothing is missing."
	NobodyToAsk    = "Nothing is missing, so nobody has to be asked."
)

// Held is a privilege that a principal has, on one line.
func Held(l grants.Line) string { return fmt.Sprintf("✓ %s: %s", l.Need.Title(), l.Origins[0]) }

// Missing is a privilege that is missing, or of which that is not known, on one line.
func Missing(l grants.Line) string {
	if l.Unknown != "" {
		return fmt.Sprintf("? %s: %s", l.Need.Title(), l.Unknown)
	}
	return "✗ " + l.Need.Title()
}

func beyond(e grants.Excess) string {
	does := "reads"
	if e.Writes {
		does = "writes"
	}
	return fmt.Sprintf("! %s on %s (%s): %s", connector.CleanLine(e.Privilege.SQL(), 60), e.Origin.From.Title(), does, e.Origin)
}

func granters(whoCan []grants.Authority) []string {
	var out []string
	for _, w := range whoCan {
		var names []string
		for _, g := range w.Granters {
			names = append(names, fmt.Sprintf("%s (%s)", connector.OwnerName(g.Name), g.Standing))
		}
		text := "not visible; ask the owner or a metastore admin"
		if len(names) > 0 {
			text = strings.Join(names, ", ")
		}
		if w.Partly && len(names) > 0 {
			text += ", and maybe others with MANAGE"
		}
		out = append(out, w.Object.Title()+": "+text)
	}
	return out
}

// list are lines below what they are, none where there are none.
func list(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	for _, line := range lines {
		fmt.Fprintf(b, "    %s\n", line)
	}
}

// HandOffWrites says what a hand-off is.
const HandOffWrites = "One page for each owner, with the statements, why, and how to check and take them back. No secret is in it."

// HandOff writes a page for each owner who has to grant something into a folder, which is made where there is none, and says which.
func HandOff(q *GrantsCheck, seen GrantsView, folder string) (told string, err error) {
	packets, err := q.Packets(seen)
	if err != nil {
		return "", err
	}
	paths, err := grants.Write(folder, packets)
	if err != nil {
		return "", &connector.Error{Kind: connector.ErrInput, What: "The files could not be written: " + outfile.Reason(err) + ".", Remedy: "Choose another folder."}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Written to %s:\n", connector.CleanLine(folder, 300))
	for _, path := range paths {
		fmt.Fprintf(&b, "  %s\n", filepath.Base(path))
	}
	b.WriteString("\nSend each page to its owner, and look at the grants again once they have run it.\n")
	return b.String(), nil
}
