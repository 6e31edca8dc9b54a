package cmd

import (
	"bufio"
	"context"
	"errors"
	"io"
	"time"

	"github.com/draftt-io/draftt-databricks/cmd/outlet"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/infile"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/ui/script"
	"github.com/draftt-io/draftt-databricks/words"
)

// scriptPatience is how long a script waits for a text. It only has to be longer than a loaded machine needs.
const scriptPatience = time.Minute

// played runs something while the keys of a script are pressed in it, if there is one. A line that cannot be played ends both.
func (a *app) played(ctx context.Context, path string, run func(context.Context) error) error {
	if path == "" {
		return run(ctx)
	}
	content, err := flatfile.Load(infile.At(path), "The script")
	if err != nil {
		return err
	}
	actions, err := script.Parse(string(content))
	if err != nil {
		return usage(words.UpperFirst(err.Error()), "See draftt-databricks demo --help.")
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	a.player = script.NewPlayer(actions, scriptPatience)
	a.ended = ctx.Done()
	a.out = overheard{a.out, a.player.Hears(a.out)}
	if a.face() == facePlain {
		a.lines = bufio.NewReader(prompt.Until{Ended: a.ended, In: a.player.Lines(a.in, a.out)})
	}
	contain.Go("playing the script", func() {
		if err := a.player.Play(ctx); err != nil {
			stop(err)
		}
	})
	err = run(ctx)
	if stuck := (*script.LineError)(nil); errors.As(context.Cause(ctx), &stuck) {
		return usage(words.UpperFirst(stuck.Error()), "Change the script there; everything before it was played.")
	}
	return err
}

// overheard tells a player what is printed.
type overheard struct {
	outlet.Outlet
	all io.Writer
}

// Write prints, and tells the player.
func (o overheard) Write(p []byte) (int, error) { return o.all.Write(p) } //nolint:wrapcheck // as if this were not here

// Below is the outlet that this one stands over.
func (o overheard) Below() outlet.Outlet { return o.Outlet }
