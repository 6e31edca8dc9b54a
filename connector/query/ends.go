package query

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector"
)

// The driver takes a page of rows that does not come, or that has none, for the end of the result: what is missing would be noticed by nobody.
// So the answers themselves are asked whether they were the last.

// ErrRows is a result of which the warehouse refused to give further rows.
var ErrRows = errors.New("the warehouse did not give the other rows")

const (
	directClose   = 4 // TSparkDirectResults
	moreRows      = 2 // TFetchResultsResp
	statusMessage = 5 // TStatus
	batchRows     = 2 // TSparkArrowBatch
	linkURL       = 1 // TSparkArrowResultLink
	linkRows      = 4
	statusFailed  = 3 // of its codes, this one and those above

	mostEmpty = 1000 // pages without a row, one after another
)

// came is what an answer to a request for rows has.
type came struct {
	ended   bool // there are no rows behind it
	rows    int
	streams []int64  // the rows of each stream, in order; -1 where nobody says that reliably
	links   []string // to those streams that lie elsewhere
}

// note takes in what came of a request for rows. The error is that of a link to a host that nobody confirmed.
func (p *pages) note(ctx context.Context, name string, resp *http.Response, err error) error {
	var c came
	if err == nil {
		c, err = last(name, resp)
	}
	var strange error
	if err == nil {
		strange = p.links.check(c.links)
	}
	if strange == nil && len(c.links) > 0 {
		p.files.expect(ctx, p, c.links)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended, p.came = c.ended, c.rows
	p.failed = cmp.Or(strange, err)
	p.streams = append(p.streams, c.streams...)
	p.linked = p.linked || len(c.links) > 0
	return strange
}

// last reports whether an answer says that there are no rows behind it, and what it has.
func last(name string, resp *http.Response) (c came, err error) {
	body, whole := resp.Body.(kept)
	if !whole || resp.StatusCode != http.StatusOK {
		return came{}, nil
	}
	r := &reader{text: body.text}
	r.number()
	r.skip(r.number())
	r.number()
	page := r.value(typeStruct).field(success)
	closed := page.field(directResults, directClose) != nil
	if name == executeStatement {
		page = page.field(directResults, directResult)
	}
	if r.err != nil || page == nil {
		return came{}, r.err
	}
	if code := page.field(replyStatus, statusCode); code != nil && code.size >= statusFailed {
		return came{}, fmt.Errorf("%w: %s", ErrRows, connector.CleanLine(page.field(replyStatus, statusMessage).string(body.text), 300))
	}
	number := func(p *part) int64 {
		if p == nil || p.kind != typeI64 {
			return -1
		}
		return int64(binary.BigEndian.Uint64(body.text[p.at:]))
	}
	if batches := page.field(fetchedRows, rowBatches); batches != nil {
		for _, b := range batches.items {
			c.rows += int(max(0, number(b.field(batchRows))))
			c.streams = append(c.streams, -1)
		}
	}
	if links := page.field(fetchedRows, rowLinks); links.len() > 0 { // the driver takes these alone then
		c.streams, c.rows = nil, 0
		for _, l := range links.items {
			n := number(l.field(linkRows))
			c.rows, c.streams = c.rows+int(max(0, n)), append(c.streams, n)
			c.links = append(c.links, l.field(linkURL).string(body.text))
		}
	}
	more := page.field(moreRows)
	c.ended = closed || more == nil || more.size == 0
	return c, nil
}

// string is a value of text.
func (p *part) string(text []byte) string {
	if p == nil || p.kind != typeString || p.at > len(text)-4 {
		return "it does not say why"
	}
	from := p.at + 4
	return string(text[from : from+min(int(binary.BigEndian.Uint32(text[p.at:])), len(text)-from)])
}

// end is what the end of a result is: io.EOF where all of its rows came, why they did not, or nil where there are more to ask for.
func (p *pages) end() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.failed != nil:
		return p.failed
	case p.ended:
		return io.EOF
	}
	return nil
}
