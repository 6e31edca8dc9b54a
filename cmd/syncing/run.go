package syncing

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// Run plans and reads, and says both.
func (f *Flags) Run(ctx context.Context, s *sync.Sync, out io.Writer) error {
	return heard(out, func(out io.Writer) error { return f.run(ctx, s, out) })
}

func (f *Flags) run(ctx context.Context, s *sync.Sync, out io.Writer) error {
	say := func(line string) {
		if line != "" && !f.AsJSON {
			_, _ = fmt.Fprintln(out, line)
		}
	}
	lines, teller := Lines{Out: out}, &sync.Teller{Say: say, Now: time.Now}
	plan, tell := s.Plan, teller.Tell
	var err error
	if f.DryRun {
		plan, err = s.Forecast(ctx)
	} else if err = s.Begin(ctx); err == nil {
		plan = s.Plan
	}
	plan = plan.Of(s.Shard())
	if f.AsJSON {
		lines.Plan(plan, s)
		tell = lines.Tell
	} else if len(plan.Tables) > 0 {
		_, _ = io.WriteString(out, plan.Text(f.into(s)))
		if beside := s.Beside(); beside != "" {
			_, _ = fmt.Fprintln(out, beside)
		}
	}
	if err == nil {
		say(s.Shard().Reads())
		say(s.Dropping())
		say(s.Damaged())
	}
	f.lacking(s, lines, say)
	say(s.GoesOn())
	if err != nil || f.DryRun {
		for _, statement := range Statements(plan) {
			say(connector.ShownText(statement) + ";")
		}
		return cmp.Or(err, s.Lacks())
	}
	if s.Shard().Of > 0 {
		left, err := s.ReadShard(ctx, nil, tell)
		if err != nil {
			return stopped(ctx, err, say)
		}
		if f.AsJSON {
			lines.shard(s.Shard(), left)
		}
		say(s.Shard().Ended(left))
		return nil
	}
	run, err := s.Run(ctx, nil, tell)
	if err != nil {
		return stopped(ctx, err, say)
	}
	if err := ended(run, s.Removed, f.AsJSON, out); err != nil {
		return err
	}
	say(s.Behind())
	return nil
}

func stopped(ctx context.Context, err error, say func(string)) error {
	if ctx.Err() != nil {
		say("Stopped. What is whole is kept, and the next sync with the same options goes on behind it.")
	}
	return err
}

// ended says what came of a run, and which had to go for it.
func ended(run *runs.Run, removed []string, asJSON bool, out io.Writer) error {
	if asJSON {
		Lines{Out: out}.Ended(run, removed)
		return nil
	}
	if said := sync.Removing(removed); said != "" {
		_, _ = fmt.Fprintln(out, said)
	}
	_, err := fmt.Fprintln(out, sync.Ended(run)+", in "+connector.CleanLine(run.Folder, 300))
	return err
}

// into is the folder that the files go to, empty for standard output.
func (f *Flags) into(s *sync.Sync) string {
	if f.To == "-" {
		return ""
	}
	return s.Dir()
}
