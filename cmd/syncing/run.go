package syncing

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// Run plans and reads, and says both.
func (f *Flags) Run(ctx context.Context, s *sync.Sync, out io.Writer) error {
	lines, teller := Lines{Out: out}, &sync.Teller{Say: func(line string) { _, _ = fmt.Fprintln(out, line) }, Now: time.Now}
	plan, tell := s.Plan, teller.Tell
	var err error
	if f.DryRun {
		plan, err = s.Look(ctx)
	} else if err = s.Begin(ctx); err == nil {
		plan = s.Plan
	}
	if f.AsJSON {
		lines.Plan(plan, s.Dir(), s.Resumed)
		tell = lines.Tell
	} else if len(plan.Tables) > 0 {
		_, _ = io.WriteString(out, plan.Text(s.Dir()))
		if beside := s.Beside(); beside != "" {
			_, _ = fmt.Fprintln(out, beside)
		}
	}
	if err != nil || f.DryRun {
		if !f.AsJSON {
			for _, statement := range Statements(plan) {
				_, _ = fmt.Fprintln(out, connector.ShownText(statement)+";")
			}
		}
		return err
	}
	if s.Resumed && !f.AsJSON {
		_, _ = fmt.Fprintln(out, sync.GoesOn)
	}
	run, err := s.Run(ctx, nil, tell)
	if err != nil {
		if ctx.Err() != nil && !f.AsJSON {
			_, _ = fmt.Fprintln(out, "Stopped. What is whole is kept, and the next sync with the same options goes on behind it.")
		}
		return err
	}
	if f.AsJSON {
		lines.Ended(run)
		return nil
	}
	_, err = fmt.Fprintln(out, sync.Ended(run)+", in "+connector.CleanLine(run.Folder, 300))
	return err
}
