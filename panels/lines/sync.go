package lines

import (
	"context"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Sync says how the tables of a saved connection would be read, reads them where the person wants that, and says what came of it. The error is
// that the person went away, or what could not be read.
func Sync(ctx context.Context, a prompt.Asker, env setup.Environment, c connector.Connection) error {
	planned, err := planSync(ctx, a, env, c)
	if err != nil || planned.Sync == nil {
		return err
	}
	s := planned.Sync
	defer s.Close()
	for line := range strings.Lines(s.Plan.Text(s.Dir())) {
		a.Say("%s", ui.Clean(strings.TrimSuffix(line, "\n")))
	}
	if w := planned.Warehouse; w.State != "" {
		a.Say("On %s. %s", ui.ShownName(w.Name.String()), ui.Clean(setup.DescribeWarehouse(w, 0)))
	}
	if goesOn := s.GoesOn(); goesOn != "" {
		a.Say("%s", goesOn)
	}
	if drops := s.Dropping(); drops != "" {
		a.Say("%s", drops)
	}
	if _, err := a.Decide(prompt.Shortcut{Letter: "r", Does: "to read them"}); err != nil {
		return err
	}
	return readSync(ctx, a, s)
}

// planSync plans, and asks before it starts a warehouse. What stands in its way was said where there is no sync and no error.
func planSync(ctx context.Context, a prompt.Asker, env setup.Environment, c connector.Connection) (saved.Planned, error) {
	for start := false; ; start = true {
		a.Say("%s.", sync.Looks)
		var left *sync.Sync // where the person went away while it was made
		planned, err := prompt.Patiently(ctx, a, "looking", func(ctx context.Context) (saved.Planned, error) {
			planned, err := saved.PlanSync(ctx, env, c, start, func(check.Result) {})
			left = planned.Sync
			return planned, err
		})
		switch {
		case err != nil:
			if left != nil {
				left.Close()
			}
			return saved.Planned{}, err
		case planned.Failed != nil:
			a.Say("%s", check.Text(*planned.Failed))
			return planned, nil
		case planned.Sync != nil:
			return planned, nil
		}
		a.Say("%s", ui.Clean(planned.Ask.Question))
		if _, err := a.Decide(prompt.Shortcut{Letter: "s", Does: "to start it and go on"}); err != nil {
			return saved.Planned{}, err
		}
	}
}

// readSync reads what was planned, a line for each table that begins and ends.
func readSync(ctx context.Context, a prompt.Asker, s *sync.Sync) error {
	var run *runs.Run
	var err error
	gone := a.Await(ctx, func(ctx context.Context, handOver func(func())) {
		said := func(line string) { handOver(func() { a.Say("%s", ui.Clean(line)) }) }
		run, err = s.Run(ctx, nil, (&sync.Teller{Say: said, Now: a.Now}).Tell)
	}, func() string { return "reading" })
	switch {
	case gone != nil:
		return gone
	case err != nil && ctx.Err() != nil:
		return prompt.ErrLeft
	case err != nil:
		return named(err)
	}
	if removed := sync.Removing(s.Removed); removed != "" {
		a.Say("%s", removed)
	}
	a.Say("%s", ui.Clean(sync.Ended(run)+", in "+connector.CleanLine(run.Folder, 300)))
	if all := run.Manifest.Changes(); all != nil {
		a.Say("%s", sync.Since(all))
	}
	if behind := s.Behind(); behind != "" {
		a.Say("%s", behind)
	}
	return nil
}

// named has an error begin with the table that it is about.
func named(err error) error {
	fault, about := saved.FaultOf(err)
	if !about {
		return err
	}
	return &connector.Error{Kind: fault.Kind, What: fault.Said(), Remedy: fault.Remedy, Cause: err}
}
