package cmd

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// tellGrants says what was compared in the form that was asked for.
func (a *app) tellGrants(q *setup.GrantsCheck, seen setup.GrantsView, f grantsFlags) error {
	sql, err := seen.SQL()
	if err != nil {
		return err
	}
	switch {
	case f.sql:
		if seen.Obstacle != "" {
			return &exitError{code: check.ExitPermissions, err: errors.New(seen.Obstacle)}
		}
		_, err = fmt.Fprint(a.out, sql)
		return err
	case f.as != "":
		return a.sayEquivalent(seen, f.as)
	case f.handoff != "":
		return a.handOff(q, seen, f)
	case f.asJSON:
		err = a.printJSON(report.OfGrants(q, seen, sql))
	default:
		a.sayComparison(q, seen, sql)
	}
	if err == nil && !seen.Done() {
		err = &exitError{code: check.ExitPermissions, quiet: true}
	}
	return err
}

func (a *app) sayComparison(q *setup.GrantsCheck, seen setup.GrantsView, sql string) {
	p := seen.Who.Principal
	name := "Application ID " + p.Name.String()
	if p.DisplayName.Raw() != "" {
		name = p.DisplayName.String() + ", application ID " + p.Name.String()
	}
	_, _ = fmt.Fprintf(a.out, "%s, in %s\n", name, q.Target.Host)
	var have, missing, extra []string
	for _, l := range seen.Have {
		have = append(have, fmt.Sprintf("%s %s: %s", ui.MarkPass, l.Need.Title(), l.Origins[0]))
	}
	for _, l := range seen.Missing {
		missing = append(missing, missingText(l))
	}
	for _, e := range seen.Extra {
		extra = append(extra, extraText(e))
	}
	a.sayList("Has", have)
	a.sayList("Is missing", missing)
	a.sayList("Has beyond what it needs", extra)
	a.sayList("To know", seen.Notes)
	if seen.Obstacle != "" {
		_, _ = fmt.Fprintf(a.out, "\n! %s\n", seen.Obstacle)
		return
	}
	if sql == "" {
		_, _ = fmt.Fprintln(a.out, "\nNothing is missing.")
		return
	}
	a.sayList("Who can grant it", granterLines(seen.Granters()))
	_, _ = fmt.Fprintf(a.out, "\nTo run in a SQL editor of the workspace:\n\n%s", sql)
}

func missingText(l grants.Line) string {
	if l.Unknown != "" {
		return fmt.Sprintf("? %s: %s", l.Need.Title(), l.Unknown)
	}
	return fmt.Sprintf("%s %s", ui.MarkFail, l.Need.Title())
}

func extraText(e grants.Excess) string {
	does := "reads"
	if e.Writes {
		does = "writes"
	}
	return fmt.Sprintf("! %s on %s (%s): %s", connector.CleanLine(e.Privilege.SQL(), 60), e.Origin.From.Title(), does, e.Origin)
}

func granterLines(whoCan []grants.Authority) []string {
	var out []string
	for _, w := range whoCan {
		var names []string
		for _, g := range w.Granters {
			names = append(names, fmt.Sprintf("%s (%s)", g.Name, g.Standing))
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

func (a *app) sayEquivalent(seen setup.GrantsView, form string) error {
	e, err := seen.Equivalents()
	if err != nil {
		return err
	}
	text := map[string]string{"cli": e.CLI, "terraform": e.Terraform}[form]
	if form == "rest" {
		for _, p := range e.REST {
			text += fmt.Sprintf("PATCH %s\n%s\n", p.Path, p.Body)
		}
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	_, err = fmt.Fprint(a.out, text)
	return err
}

// handOff writes the packets. A file that is there already and says something else stays, unless it may be replaced.
func (a *app) handOff(q *setup.GrantsCheck, seen setup.GrantsView, f grantsFlags) error {
	packets, err := q.Packets(seen)
	if err != nil {
		return err
	}
	if seen.Obstacle != "" {
		return &exitError{code: check.ExitPermissions, err: errors.New(seen.Obstacle)}
	}
	if len(packets) == 0 {
		_, err := fmt.Fprintln(a.out, "Nothing is missing, so nobody has to be asked.")
		return err
	}
	if err := os.MkdirAll(f.handoff, 0o755); err != nil {
		return usage("The folder could not be made: "+connector.Said(err, 300)+".", "Give another folder.")
	}
	for _, p := range packets {
		files := [][2]string{{p.Name, p.Text}}
		if p.SQLName != "" {
			files = append(files, [2]string{p.SQLName, p.SQL})
		}
		for _, file := range files {
			if err := a.keepFile(filepath.Join(f.handoff, file[0]), []byte(file[1]), f.overwriting); err != nil {
				return err
			}
		}
	}
	return nil
}
