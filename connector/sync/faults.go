package sync

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"
	dbsqlerr "github.com/databricks/databricks-sql-go/errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/pattern"
	"github.com/draftt-io/draftt-databricks/sockets"
)

const (
	tries       = 8 // of a slice: with the waits between them about two minutes
	asked       = 3 // of a question
	firstWait   = time.Second
	longestWait = time.Minute
	mostAsked   = 15 * time.Minute // of what a workspace asks to wait
)

// ErrAsleep is the kind of *connector.Error of a SQL warehouse that stopped on the way, where nobody agreed to start it.
var ErrAsleep = errors.New("the SQL warehouse has stopped")

// transient reports what may pass by itself: a network that broke off, a warehouse that stops, a session that is gone, a workspace that asks
// to come back later. What was refused stays refused; a token that has ended was renewed before the refusal came here. What is not known is
// not tried again.
func transient(err error) bool {
	var status *workspace.StatusError
	var execution dbsqlerr.DBExecutionError
	var answered *apierr.APIError
	switch {
	case errors.Is(err, query.ErrHost):
		return false
	case errors.Is(err, query.ErrStorage):
		return lost(err)
	case errors.As(err, &answered):
		return answered.StatusCode == http.StatusTooManyRequests || answered.StatusCode >= 500
	case errors.As(err, &status):
		// A session that is gone is answered with 404, as a warehouse is that was deleted: awake tells them apart.
		return status.Status == http.StatusTooManyRequests || status.Status == http.StatusRequestTimeout || status.Status >= 500 || status.Status == http.StatusNotFound && status.SQL
	case errors.Is(err, query.ErrWaiting), broken(err):
		return true
	case workspace.Answered(err) != nil, errors.Is(err, connector.ErrUnreadable):
		return false
	case errors.As(err, &execution):
		return passes(err, execution.SqlState())
	}
	return (errors.Is(err, dbsqlerr.RequestError) || errors.Is(err, query.ErrRows)) && passes(err, "")
}

// lost reports a file that another try may give: links are new then, and those that ended are refused as any that are wrong.
func lost(err error) bool {
	var answered *connector.StorageError
	if errors.As(err, &answered) && answered.Err == nil {
		s := answered.Status
		return s == http.StatusForbidden || s == http.StatusNotFound || s == http.StatusTooManyRequests || s == http.StatusRequestTimeout || s >= 500
	}
	return broken(err)
}

// broken reports a connection that broke off, or that gave no answer in time. One that another host answers is none.
func broken(err error) bool {
	var (
		verification *tls.CertificateVerificationError
		authority    x509.UnknownAuthorityError
		record       tls.RecordHeaderError
		op           *net.OpError
		timeout      net.Error
	)
	if errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &record) {
		return false
	}
	return errors.As(err, &op) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, sockets.ErrReset) ||
		errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// passing are the classes of SQLSTATE of what is about the machine and not about the statement, after the list of Databricks: 08 connections,
// 53 and 57 resources and operators, 58 and XX the system.
var passing = map[string]bool{"08": true, "53": true, "57": true, "58": true, "XX": true}

// canceled is the SQLSTATE of a statement that somebody ended, who would not want to end it again and again.
const canceled = "57014"

var (
	stateIn   = pattern.New(`SQLSTATE: ?([0-9A-Z]{5})`)
	exhausted = pattern.New(`RESOURCE_EXHAUSTED|TEMPORARILY_UNAVAILABLE|REQUEST_LIMIT_EXCEEDED|(?i:too many requests)`)
)

// passes reports whether what a statement ended with is about the machine. A statement that ends without a word of why, as those of a
// warehouse that is stopped, is.
func passes(err error, state string) bool {
	text := err.Error()
	if found := stateIn().FindStringSubmatch(text); state == "" && found != nil {
		state = found[1]
	}
	switch {
	case exhausted().MatchString(text):
		return true
	case state == canceled:
		return false
	}
	return len(state) < 2 || passing[state[:2]]
}

// stale reports what a table gives that is not what it was when it was planned: it was dropped, replaced or restored, or the version is gone.
func stale(err error) bool {
	var execution dbsqlerr.DBExecutionError
	return errors.Is(err, ErrChanged) || errors.As(err, &execution) && !transient(err)
}

// after is how long a workspace asks to wait before the next try.
func after(err error) time.Duration {
	var busy *workspace.BusyError
	var status *workspace.StatusError
	switch {
	case errors.As(err, &busy):
		return min(busy.After, mostAsked)
	case errors.As(err, &status):
		return min(status.After, mostAsked)
	}
	return 0
}

// patience is how often something is tried, and who is told before it is tried again.
type patience struct {
	tries int
	stop  <-chan struct{} // nil: nobody stops it
	tell  func(error)     // nil: nobody is told
}

// again does something until it is done, is refused or was tried often enough. It returns ErrStopped where it is stopped between two tries.
func (s *Sync) again(ctx context.Context, p patience, do func() error) error {
	wait := firstWait
	for try := 1; ; try++ {
		err := do()
		if err == nil || ctx.Err() != nil || try >= p.tries || !transient(err) {
			return err
		}
		if err := s.awake(ctx); err != nil {
			return err
		}
		if p.tell != nil {
			p.tell(err)
		}
		if err := s.pause(ctx, p.stop, max(wait, after(err))); err != nil {
			return err
		}
		wait = min(2*wait, longestWait)
	}
}

// pause waits, and ends early with ErrStopped or the context's own error.
func (s *Sync) pause(ctx context.Context, stop <-chan struct{}, wait time.Duration) error {
	ctx, leave := context.WithCancel(ctx)
	defer leave()
	slept := contain.Ask("waiting", func() (struct{}, error) { return struct{}{}, s.source.Sleep(ctx, wait) })
	select {
	case a := <-slept:
		return a.Err
	case <-stop:
		leave()
		<-slept
		return ErrStopped
	}
}

// awake looks before a statement is sent again whether that would start a SQL warehouse, which is for a person to decide, and whether there
// still is one.
func (s *Sync) awake(ctx context.Context) error {
	looking, cancel := context.WithTimeout(ctx, asking)
	defer cancel()
	w, err := s.source.Workspace.Warehouse(looking, s.source.Connection.Warehouse.ID)
	switch {
	case ctx.Err() != nil:
		return ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	case errors.Is(err, apierr.ErrNotFound):
		return err
	case err != nil, s.options.Start:
		return nil // it says no more than what went wrong before
	case w.State == connector.Stopped, w.State == connector.Stopping:
		return &connector.Error{
			Kind: ErrAsleep, What: fmt.Sprintf("The SQL warehouse %s has stopped.", connector.CleanLine(w.Name.Raw(), 120)),
			Remedy: "Start it, or run the sync again with --start. It goes on where it stopped.",
		}
	}
	return nil
}
