package inventory

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

// Lines is the same line by line: it says how much the last run saw, shows what was found, and names the commands that take and compare runs.
func Lines(ctx context.Context, a prompt.Asker, visit panels.Visit) error {
	ctx, end := context.WithCancel(ctx) // which closes the run
	defer end()
	f, err := prompt.Patiently(ctx, a, "reading what inventories there are", func(context.Context) (*found, error) {
		return look(ctx, folder(visit), now(visit))
	})
	if err != nil {
		return err //nolint:wrapcheck // the caller names its cause
	}
	if f.Open != "" {
		a.Say("%s %s.", f.SayOpen(), f.Partial.SayShort())
	}
	for _, id := range f.Broken {
		a.Say("The run %s is not whole.", id)
	}
	if f.run == nil {
		a.Say("%s.", f.SayNone())
		sayCommands(a, visit)
		return nil
	}
	a.Say("%s. %s.", ui.Clean(f.Of()), f.Seen.SayShort())
	asked, not := f.Seen.Asked()
	for _, p := range not {
		a.Say("%s %s", marks[estate.Skipped], estate.SayNotAsked(p))
	}
	for _, r := range asked {
		line := marks[r.State].String() + " " + r.Title + ": " + string(r.State) + ", " + words.Count(r.Rows, "row")
		if r.Needs != estate.Anybody {
			line += ", takes " + r.Needs.Holder()
		}
		a.Say("%s", line)
	}
	if next := f.Seen.SayNext(); next != "" {
		a.Say("%s", next)
	}
	sayCommands(a, visit)
	for {
		name, err := a.Line("Kind to show, such as tables; an empty answer ends this", "")
		switch {
		case errors.Is(err, prompt.ErrBack), err == nil && name == "":
			return nil
		case err != nil:
			return err //nolint:wrapcheck // the prompt's own
		}
		if err := f.sayRows(a, name); err != nil {
			a.Say("%s", connector.Sentence(err))
		}
	}
}

func sayCommands(a prompt.Asker, visit panels.Visit) {
	a.Say("To take one: %s", estate.HowToTake(visit.Saved.Name))
	a.Say("To compare and to take along: draftt-databricks inventory diff and export, with --of %s", visit.Saved.Host)
}

// mostSaid are how many rows of a kind are said; the commands say all.
const mostSaid = 50

// sayRows lists what was found of a kind, which is named or has its number in the list of those that were found.
func (f *found) sayRows(a prompt.Asker, name string) error {
	name = strings.ToLower(strings.TrimSpace(name))
	number, _ := strconv.Atoi(name)
	var all []string
	at := slices.IndexFunc(f.kinds, func(k kind) bool { return k.name == name })
	for i, k := range f.kinds {
		if k.rows == 0 {
			continue
		}
		all = append(all, fmt.Sprintf("%d. %s", len(all)+1, k.name))
		if len(all) == number {
			at = i
		}
	}
	if at < 0 {
		a.Say("There is no such kind. Found were: %s.", strings.Join(all, ", "))
		return nil
	}
	k := f.kinds[at]
	a.Say("%s: %s, %s.", k.name, words.Count(k.rows, "row"), map[bool]string{true: "all there are", false: "a part"}[k.whole])
	page, err := f.run.After(k.name, 0, mostSaid)
	rows, wrong := ownedBy(estate.OwnersIn(f.run), page)
	for _, row := range rows {
		shown := rowOf(row)
		a.Say("- %s", ui.ShownName(strings.Join(append([]string{shown.Name}, shown.Cells...), ", ")))
	}
	if rest := k.rows - len(page); rest > 0 {
		a.Say("And %s more.", words.Thousands(rest))
	}
	return cmp.Or(err, wrong) //nolint:wrapcheck // they have words of their own
}
