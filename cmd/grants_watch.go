package cmd

import (
	"context"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// watchGrants looks until nothing is missing, and says each time what changed.
func (a *app) watchGrants(ctx context.Context, q *setup.GrantsCheck) error {
	had := map[string]bool{}
	for look := 1; ; look++ {
		seen, err := q.Look(ctx)
		if err != nil {
			return err
		}
		a.sayChanges(seen, had, look == 1)
		if seen.Done() {
			_, err := fmt.Fprintln(a.out, "Nothing is missing.")
			return err
		}
		if look == 1 {
			_, _ = fmt.Fprintf(a.out, "Waiting for what is missing. A grant can take a minute to be seen, an entitlement ten. Ctrl+C leaves.\n")
		}
		if a.pause(ctx, setup.RecheckPause(look)) != nil {
			return &exitError{code: check.ExitPermissions, quiet: true}
		}
	}
}

// pause waits, or ends with ctx.
func (a *app) pause(ctx context.Context, d time.Duration) error {
	if a.wait != nil {
		return a.wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// sayChanges says each line whose state is another than before, or all of them the first time.
func (a *app) sayChanges(seen setup.GrantsView, had map[string]bool, all bool) {
	say := func(need grants.Need, held bool, line string) {
		key := need.Title()
		if before, known := had[key]; all || !known || before != held {
			_, _ = fmt.Fprintln(a.out, line)
		}
		had[key] = held
	}
	for _, l := range seen.Have {
		say(l.Need, true, fmt.Sprintf("%s %s: %s", ui.MarkPass, l.Need.Title(), l.Origins[0]))
	}
	for _, l := range seen.Missing {
		say(l.Need, false, missingText(l))
	}
	if all && seen.Obstacle != "" {
		_, _ = fmt.Fprintf(a.out, "! %s\n", seen.Obstacle)
	}
}
