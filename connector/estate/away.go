package estate

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// A host may be away for a while: the network was dropped, or a computer slept. Nothing is given up for that. It is asked again after a pause, and when
// it has not answered anything for longer than mostAway, the run ends, and goes on when somebody goes on with it.
const (
	awayPause = 5 * time.Second
	mostAway  = 5 * time.Minute
)

// silent reports whether no answer came but that of a gateway before a host that does not answer.
func silent(err error) bool {
	var said *workspace.ReadError
	var busy *workspace.BusyError
	switch {
	case err == nil, errors.As(err, &busy), errors.Is(err, connector.ErrUnreadable):
		return false
	case errors.As(err, &said):
		return said.Status >= http.StatusBadGateway && said.Status <= http.StatusGatewayTimeout
	}
	return true
}

// unreachable reports whether a host answers nothing at all, for which it is asked what it always answers. One listing that is never answered is a
// fault of that listing.
func (r *runner) unreachable(ctx context.Context, of Plane) bool {
	i := slices.IndexFunc(collectors, func(c Collector) bool { return c.Plane == of && c.For == nil })
	q := collectors[i].request(r.Place, store.Row{}, "")
	_, err := r.asker[of].Ask(context.WithValue(ctx, askingKey{}, collectors[i].ID), q.method, q.path, q.query, q.body)
	return silent(err)
}

// awaits has a task asked again while its host answers nothing, and ends the run when that took too long.
func (r *runner) awaits(a answer, now time.Time) error {
	plane := a.of.Plane
	since, already := r.away[plane]
	if !already {
		since = now
		r.away[plane] = now
	}
	if now.Sub(since) > mostAway {
		return fmt.Errorf("read the %s: %w", plane, a.err)
	}
	r.quiet[plane] = now.Add(awayPause)
	a.of.ready = append([]*task{a.task}, a.of.ready...)
	return nil
}

// absence is the host that has not answered for the longest time, and since when; none where all answer.
func (r *runner) absence() (of Plane, since time.Time) {
	for _, plane := range []Plane{AtWorkspace, AtAccount} {
		if at, is := r.away[plane]; is && (of == "" || at.Before(since)) {
			of, since = plane, at
		}
	}
	return of, since
}
