package ui

import (
	"context"
	"time"
)

type clockKey struct{}

// WithClock gives a context the clock by which everything that is begun with
// it is measured: tasks, streams, and the shell with all its steps. Without
// one it is the machine's. A shell does this for the contexts it hands to its
// steps, so that nobody has to remember; what is begun with another context,
// to outlive its step, needs it done once.
func WithClock(ctx context.Context, now func() time.Time) context.Context {
	return context.WithValue(ctx, clockKey{}, now)
}

// clockOf is the clock of a context.
func clockOf(ctx context.Context) func() time.Time {
	if now, ok := ctx.Value(clockKey{}).(func() time.Time); ok && now != nil {
		return now
	}
	return time.Now
}
