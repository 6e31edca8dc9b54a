package lines

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Walk climbs to the end and concludes, as an attempt's own Walk does. It prints each stage once, when it has ended, and then the failure; a
// long stage is named while it goes on. The error is that the person went away: then nothing was concluded.
func Walk(ctx context.Context, a prompt.Asker, attempt *setup.Attempt) ([]check.Result, error) {
	results, err := Follow(ctx, a, attempt.Climb)
	if err != nil {
		return nil, err
	}
	if failed := attempt.Conclude(results); failed != nil {
		a.Say("%s", check.Text(*failed))
	}
	return results, nil
}

// Follow prints each result of a ladder once, when it is final, and names a long stage while it goes on. The error is that the person went
// away.
func Follow(ctx context.Context, a prompt.Asker, ladder func(context.Context) iter.Seq[check.Result]) ([]check.Result, error) {
	var results []check.Result
	var open waiting
	gone := a.Await(ctx, func(ctx context.Context, handOver func(func())) {
		for r := range ladder(ctx) {
			handOver(func() {
				if r.State != check.Running {
					results = append(results, r)
					a.Say("%s", check.Line(r))
				} else if change := open.change(r); change != "" {
					a.Say("%s", change)
				}
				open = open.take(r, a.Now())
			})
		}
	}, func() string { return open.line(a.Now()) })
	if gone == nil && ctx.Err() != nil {
		gone = prompt.ErrLeft
	}
	return results, gone
}

// waiting are the stages that have begun and not ended, in the order they began.
type waiting []waited

type waited struct {
	latest check.Result
	since  time.Time
}

// take adds a stage that began, keeps what it says of its wait, and drops one that ended.
func (w waiting) take(r check.Result, now time.Time) waiting {
	for i, other := range w {
		switch {
		case other.latest.Stage != r.Stage || other.latest.Name != r.Name:
		case r.State == check.Running:
			w[i].latest = r
			return w
		default:
			return append(w[:i:i], w[i+1:]...)
		}
	}
	if r.State == check.Running {
		return append(w, waited{r, now})
	}
	return w
}

// line names the stage that has taken longest, and is empty while none runs.
func (w waiting) line(now time.Time) string {
	if len(w) == 0 {
		return ""
	}
	r, told := w[0].latest, now.Sub(w[0].since).Round(time.Second).String()+" so far"
	if r.Evidence != "" {
		told = ui.Clean(r.Evidence)
	}
	return "on " + string(r.Stage) + " " + ui.Clean(r.Name) + ": " + told
}

// change is what a stage waits for now, as a line, and empty where that is no news.
func (w waiting) change(r check.Result) string {
	now := whatFor(r)
	for _, other := range w {
		if other.latest.Stage == r.Stage && other.latest.Name == r.Name && whatFor(other.latest) == now {
			return ""
		}
	}
	if now == "" {
		return ""
	}
	return string(r.Stage) + " " + ui.Clean(r.Name) + ": " + now + "."
}

// whatFor is what a stage says of its wait, without how long that takes.
func whatFor(r check.Result) string {
	parts := strings.Split(ui.Clean(r.Evidence), ", ")
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool {
		return strings.HasSuffix(part, " so far") || strings.HasPrefix(part, "usually ")
	}), ", ")
}

// Greet says what is true of every question that follows.
func Greet(a prompt.Asker) {
	if connector.Sharing() {
		a.Say("Names are shown as aliases. What you type is shown by the terminal as you type it; secrets are not.")
	}
	a.Greet()
}
