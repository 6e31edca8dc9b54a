package workspace

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/contain"
)

// get asks for one page. The typed services hide pages behind iterators, and a person should see the first page while the rest loads.
func (w *Workspace) get(ctx context.Context, path string, request, answer any) error {
	headers := map[string]string{"Accept": "application/json"}
	if id := w.client.Config.WorkspaceID; id != "" {
		headers["X-Databricks-Workspace-Id"] = id
	}
	return w.told(asking(ctx, func(ctx context.Context) error {
		return w.client.Do(ctx, http.MethodGet, path, headers, map[string]any{}, request, answer)
	}))
}

// asking makes one call of the SDK: it ends in time, has one large answer in memory at most, and an answer that the SDK panics over is one
// that could not be read.
func asking(ctx context.Context, call func(context.Context) error) (err error) {
	ctx, release := hold(ctx)
	defer release()
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	if fault := contain.Run("asking the workspace", func() { err = inTime(ctx, call(ctx)) }); fault != nil {
		return fmt.Errorf("%w: %w", connector.ErrUnreadable, fault)
	}
	return err
}

// AdminError is an error of a request that was signed as an admin. Whatever right is missing is one of theirs.
type AdminError struct{ Err error }

func (e *AdminError) Error() string { return e.Err.Error() }
func (e *AdminError) Unwrap() error { return e.Err }

// told notes what the text of an error quotes, on the way out: a workspace names objects in it that this program has not heard of yet.
func (w *Workspace) told(err error) error {
	if err == nil {
		return nil
	}
	w.names.NoteQuoted(err.Error())
	if odd := (*AnswerError)(nil); errors.As(err, &odd) {
		w.names.NoteStranger(odd.Body)
	}
	err = Misread(err)
	if w.admin {
		return &AdminError{err}
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
		return &AnswerError{Oddity: Unreadable, Status: http.StatusOK, Odd: "it does not name what was asked for"}
	}
	return err
}

// same is the error of reading one object by its name or ID, whose answer has to be about that one. Databricks writes names in lower case
// whatever case they are asked for in.
func same(err error, got, asked string) error {
	if err = identified(err, got); err == nil && !strings.EqualFold(got, asked) {
		return &AnswerError{
			Oddity: OtherObject, Status: http.StatusOK,
			Odd: fmt.Sprintf("%s was asked for, and the answer is about %s", connector.CleanLine(asked, 120), connector.CleanLine(got, 120)),
		}
	}
	return err
}
