package query

import (
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
	statusFailed  = 3 // of its codes, this one and those above

	mostEmpty = 1000 // pages without a row, one after another
)

// note takes in what came of a request for rows.
func (p *pages) note(name string, resp *http.Response, err error) {
	ended, rows := false, 0
	if err == nil {
		ended, rows, err = last(name, resp)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended, p.failed, p.came = ended, err, rows
}

// last reports whether an answer says that there are no rows behind it, and how many it has.
func last(name string, resp *http.Response) (ended bool, rows int, err error) {
	body, whole := resp.Body.(kept)
	if !whole || resp.StatusCode != http.StatusOK {
		return false, 0, nil
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
		return false, 0, r.err
	}
	if code := page.field(replyStatus, statusCode); code != nil && code.size >= statusFailed {
		return false, 0, fmt.Errorf("%w: %s", ErrRows, connector.CleanLine(page.field(replyStatus, statusMessage).string(body.text), 300))
	}
	if batches := page.field(fetchedRows, rowBatches); batches != nil {
		for _, b := range batches.items {
			if n := b.field(batchRows); n != nil && n.kind == typeI64 {
				rows += int(binary.BigEndian.Uint64(body.text[n.at:]))
			}
		}
	}
	more := page.field(moreRows)
	return closed || more == nil || more.size == 0, rows, nil
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
