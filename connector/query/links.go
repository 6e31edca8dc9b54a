package query

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	dbsqlerr "github.com/databricks/databricks-sql-go/errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Links are the hosts beside the workspace that large results may be fetched from by links. The zero Links asks for none: every row comes from
// the workspace itself.
type Links struct {
	Offer bool     // links are asked for; to a host that is not among Hosts none is followed
	Hosts []string // that a person confirmed, as connector.StorageHost gives them
	// Wait is within which time a file comes, 0: as long as a page of rows may take. A storage that goes silent is given up then.
	Wait time.Duration
}

var (
	// ErrHost is the kind of *connector.Error of a link to a host that nobody confirmed. The error is a *HostError as well.
	ErrHost = errors.New("large results lie on a host that was not confirmed")
	// ErrStorage is the kind of *connector.Error of a file that did not come from its host.
	ErrStorage = errors.New("a file of rows did not come")
)

// HostError names a host that large results lie on and that nobody confirmed.
type HostError struct{ Host string }

func (e *HostError) Error() string { return "large results lie on " + e.Host }

// mostDownloads is how many files of one result are fetched at a time. Each is in memory.
const mostDownloads = 2

func (l Links) wait() time.Duration {
	if l.Wait > 0 {
		return l.Wait
	}
	return pageWait
}

func (l *Links) offered() bool { return l != nil && l.Offer }

// check refuses links that lead elsewhere than to a confirmed host.
func (l *Links) check(links []string) error {
	for _, link := range links {
		host := connector.LinkHost(link)
		switch {
		case host == "":
			return malformed("a link to rows is none that can be followed")
		case !slices.Contains(l.Hosts, host):
			host = connector.CleanLine(host, 260)
			return &connector.Error{
				Kind: ErrHost, What: "Large results of this workspace lie on " + host + ", which nobody confirmed.",
				Remedy: "Give --cloud-fetch " + host + " if it is the storage of your workspace, or leave --cloud-fetch out: the rows come from the workspace then.",
				Cause:  &HostError{Host: host},
			}
		}
	}
	return nil
}

// files are the links that the workspace gave and that were not followed yet, with the result that each belongs to. The driver follows those of
// a first page with a context of nobody's.
type files struct {
	mu    sync.Mutex
	links map[string]linked
}

type linked struct {
	ctx context.Context //nolint:containedctx // of the request that the link was the answer to: it has the caller
	of  *pages
}

// expect has links be followed, once each.
func (f *files) expect(ctx context.Context, of *pages, links []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, link := range links {
		if u, err := url.Parse(link); err == nil {
			f.links[u.String()] = linked{context.WithoutCancel(ctx), of}
		}
	}
}

func (f *files) take(u *url.URL) (linked, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	one, known := f.links[u.String()]
	delete(f.links, u.String())
	return one, known
}

// forget drops the links of a result that was left.
func (f *files) forget(of *pages) {
	f.mu.Lock()
	defer f.mu.Unlock()
	maps.DeleteFunc(f.links, func(_ string, l linked) bool { return l.of == of })
}

// fetching sends requests for files to their hosts, and all others to the workspace.
type fetching struct {
	links *files
	files http.RoundTripper
	next  http.RoundTripper
	wait  time.Duration // for a file
}

// RoundTrip sends a request.
func (f fetching) RoundTrip(r *http.Request) (*http.Response, error) {
	link, known := f.links.take(r.URL)
	if !known {
		return f.next.RoundTrip(r) //nolint:wrapcheck // a transport hands errors on unchanged; the workspace's refuses other hosts
	}
	ctx, cancel, err := ending(link.ctx)
	if err != nil {
		return nil, err
	}
	defer cancel()
	defer contain.After(r.Context(), "leaving a file", cancel)()
	ctx, late := context.WithTimeout(ctx, f.wait)
	defer late()
	resp, err := f.files.RoundTrip(r.WithContext(ctx))
	var text []byte
	if err == nil {
		text, err = whole(resp)
	}
	if err != nil {
		err = lostFile(r.URL.Host, err)
		link.of.lose(err)
		return nil, err
	}
	resp.Body, resp.ContentLength = kept{bytes.NewReader(text), text}, int64(len(text))
	return resp, nil
}

// lose keeps why a file did not come: the driver tells it in words of its own.
func (p *pages) lose(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.lost == nil {
		p.lost = err
	}
}

// fault is why the result cannot be gone on with: what the driver says, unless it is known better.
func (p *pages) fault(err error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.lost != nil:
		return p.lost
	case p.linked && strings.Contains(err.Error(), dbsqlerr.ErrLinkExpired):
		return &connector.Error{Kind: ErrStorage, What: "A link to rows had ended before they were fetched.", Remedy: fetchAgain, Cause: &connector.StorageError{Status: http.StatusForbidden}}
	}
	return err
}

const (
	fetchAgain = "Run the sync again, which goes on where it stopped, or leave --cloud-fetch out: the rows come from the workspace then."
	letThrough = "Have your network let this machine through to it, or leave --cloud-fetch out: the rows come from the workspace then."
)

// lostFile names the host that a file did not come from.
func lostFile(host string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, connector.ErrTooLarge) {
		return err
	}
	host = connector.CleanLine(host, 260)
	var answered *connector.StorageError
	if errors.As(err, &answered) && answered.Err == nil {
		return &connector.Error{
			Kind: ErrStorage, What: fmt.Sprintf("%s, where large results lie, does not give the rows: it answers with HTTP %d.", host, answered.Status), Remedy: fetchAgain, Cause: err,
		}
	}
	return &connector.Error{Kind: ErrStorage, What: host + ", where large results lie, cannot be reached: " + connector.Said(err, 200) + ".", Remedy: letThrough, Cause: err}
}

// expected is how many rows the next stream has, -1 where that is not known.
func (p *pages) expected() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.streams) == 0 {
		return -1
	}
	next := p.streams[0]
	p.streams = p.streams[1:]
	return next
}

// isLinked reports that rows of the result lie in files.
func (p *pages) isLinked() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.linked
}

// counted gives as many rows as its link names, because a file may have others behind them, and with the columns of the result, because those
// of a file may be called otherwise. A file with fewer rows is an error.
func counted(schema *arrow.Schema, batches columnar.Batches, rows int64) columnar.Batches {
	return func(yield func(columnar.Batch, error) bool) {
		left := rows
		for batch, err := range batches {
			if err != nil {
				yield(batch, err)
				return
			}
			if left == 0 {
				return
			}
			if n := batch.Record.NumRows(); n > left {
				batch = columnar.Batch{Record: batch.Record.NewSlice(0, left)}
			}
			left -= batch.Record.NumRows()
			if !yield(called(schema, batch), nil) {
				return
			}
		}
		if left > 0 {
			yield(columnar.Batch{}, malformed("a file has %d rows, and its link names %d", rows-left, rows))
		}
	}
}

// called is a batch with the columns of the result, where they differ in nothing but what describes them.
func called(schema *arrow.Schema, batch columnar.Batch) columnar.Batch {
	own := batch.Record.Schema()
	if own.Equal(schema) || len(own.Fields()) != len(schema.Fields()) {
		return batch
	}
	for i, f := range own.Fields() {
		if !arrow.TypeEqual(f.Type, schema.Field(i).Type) {
			return batch
		}
	}
	return columnar.Batch{Record: array.NewRecord(schema, batch.Record.Columns(), batch.Record.NumRows())}
}
