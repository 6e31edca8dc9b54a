package query

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net/http"
	"sync"
	"time"
)

const (
	mostRows  = 50_000   // of a page
	wantBytes = 30 << 16 // of a page, where its rows are so narrow; a little less than the 2 MiB that the driver's buffers have before they double
	growth    = 16       // a page has at most so many times the rows of the one before
	wantTime  = 300 * time.Millisecond
	pageWait  = 5 * time.Minute

	executeStatement = "ExecuteStatement"
	fetchResults     = "FetchResults"

	requestedRows = 3    // TFetchResultsReq.maxRows
	directRows    = 1281 // TExecuteStatementReq.getDirectResults, whose field 1 is maxRows
)

// pages is how many rows the pages of one result have. Rows can be of a few bytes and of 16 MiB, and the driver asks for the same number of
// them from the first page to the last.
type pages struct {
	mu   sync.Mutex
	rows int
	want int // bytes of a page
	came int // rows of the last page

	soonest time.Duration // within which a page came, which is what each takes whatever its length

	ended  bool  // the last answer said that there are no rows behind it
	failed error // why the last page did not come

	links   *Links  // where rows may lie beside the workspace
	files   *files  // that were given and not fetched yet
	linked  bool    // some lie there
	streams []int64 // the rows of the streams that were not read yet, -1 where that is not known
	lost    error   // why a file did not come
}

type pagesKey struct{}

func withPages(ctx context.Context, rows int, links *Links, files *files) (context.Context, *pages) {
	p := &pages{rows: max(1, min(rows, mostRows)), want: wantBytes, links: links, files: files}
	switch {
	case rows <= 1: // a page was too large before
		p.want = wantBytes / 8
	case links.offered(): // links are short, however wide the rows are
		p.rows = mostRows
	}
	return context.WithValue(ctx, pagesKey{}, p), p
}

// saw takes the size of a page, which may have fewer rows than were wanted, and within which time it came, and decides how long the next is.
// Where rows come slowly a page has those of wantTime, so that one sees them come; but as many that most of the time is not that of asking.
func (p *pages) saw(bytes int, took time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fit := mostRows
	if each := bytes / max(p.came, 1); each > 0 {
		fit = p.want / each
	}
	if p.soonest == 0 || took < p.soonest {
		p.soonest = took
	}
	if each, want := (took-p.soonest)/time.Duration(max(p.came, 1)), max(wantTime, 2*p.soonest); each > 0 {
		fit = min(fit, int(want/each))
	}
	p.rows = max(1, min(fit, p.rows*growth, mostRows))
}

// paged writes into each request for rows how many of them are wanted, and gives every answer a time within which it comes.
type paged struct{ next http.RoundTripper }

// RoundTrip sends a request.
func (t paged) RoundTrip(r *http.Request) (*http.Response, error) {
	p, known := r.Context().Value(pagesKey{}).(*pages)
	if !known || r.Body == nil {
		return t.next.RoundTrip(r) //nolint:wrapcheck // a transport hands errors on unchanged
	}
	text, err := io.ReadAll(r.Body)
	_ = r.Body.Close()
	if err != nil {
		return nil, err //nolint:wrapcheck // the driver's own reader, over memory
	}
	name := p.ask(text)
	ctx, cancel := context.WithTimeout(r.Context(), pageWait)
	defer cancel() // the answer is in memory when it is handed on
	r = r.Clone(ctx)
	r.Body, r.GetBody = io.NopCloser(bytes.NewReader(text)), func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	began := time.Now()
	resp, err := t.next.RoundTrip(r)
	if name != "" {
		if strange := p.note(r.Context(), name, resp, err); strange != nil {
			return nil, strange
		}
	}
	if err == nil && name == fetchResults && resp.ContentLength > 0 {
		p.saw(int(resp.ContentLength), time.Since(began))
	}
	return resp, err //nolint:wrapcheck // as above
}

// ask writes the number of rows into a request in place, and gives the name of the call where it is one for rows. The answer to a statement
// may have none yet.
func (p *pages) ask(text []byte) string {
	r := &reader{text: text}
	r.number()
	name := string(r.skip(r.number()))
	r.number()
	request := r.value(typeStruct).field(1)
	var at *part
	switch name {
	case executeStatement:
		at = request.field(directRows, 1)
	case fetchResults:
		at = request.field(requestedRows)
	default:
		return ""
	}
	if r.err != nil || at == nil || at.kind != typeI64 {
		return name
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	binary.BigEndian.PutUint64(text[at.at:], uint64(p.rows))
	return name
}
