package workspace

import (
	"context"
	"fmt"
	"net/http"
)

// get asks for one page. The typed services hide pages behind iterators, and a person should see the first page while the rest loads.
func (w *Workspace) get(ctx context.Context, path string, request, answer any) error {
	ctx, done := calling(ctx)
	defer done()
	headers := map[string]string{"Accept": "application/json"}
	if id := w.client.Config.WorkspaceID; id != "" {
		headers["X-Databricks-Workspace-Id"] = id
	}
	err := w.client.Do(ctx, http.MethodGet, path, headers, map[string]any{}, request, answer)
	return w.told(inTime(ctx, err))
}

// calling is the context of one call: it ends in time, and has one large answer in memory at most.
func calling(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, release := Hold(ctx)
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	return ctx, func() {
		cancel()
		release()
	}
}

// told notes what the text of an error quotes, on the way out: a workspace names objects in it that this program has not heard of yet.
func (w *Workspace) told(err error) error {
	if err != nil {
		w.names.NoteQuoted(err.Error())
	}
	return err
}

// inTime is the error of a request. When a call's time is over its connection is closed, and a server that gives the request up at that
// moment can still get an empty answer through, which would read as an object without a name or an owner.
func inTime(ctx context.Context, err error) error {
	if err == nil {
		return ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	}
	return err
}

// identified is the error of reading one object. An empty JSON object decodes as well, and would read as something that is there and usable.
func identified(err error, name string) error {
	if err == nil && name == "" {
		return fmt.Errorf("%w: an answer does not name what was asked for", ErrNotWorkspace)
	}
	return err
}
