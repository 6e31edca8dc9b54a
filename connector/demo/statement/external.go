package statement

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/ipc"
)

// Offer puts a file on the storage host, for a client that called the workspace by a host, and gives the link to it: the same for the same
// key, while that has half of its life before it. The file is made when somebody fetches it; the error is fs.ErrNotExist where its result
// was dropped.
type Offer func(host, key, contentType string, body func() ([]byte, error)) (url string, expires time.Time)

// format is one in which files are written.
type format struct {
	contentType string
	write       func(o *output, first, end int) ([]byte, error)
}

// formats are those of the disposition EXTERNAL_LINKS.
var formats = map[string]format{
	"JSON_ARRAY":   {"application/json", func(o *output, first, end int) ([]byte, error) { return json.Marshal(o.texts(first, end)) }},
	"CSV":          {"text/csv", (*output).csv},
	"ARROW_STREAM": {"application/vnd.apache.arrow.stream", (*output).arrow},
}

// externalChunk is a part of a result by its link.
type externalChunk struct {
	Links []externalLink `json:"external_links"`
}

type externalLink struct {
	chunkInfo
	NextIndex *int   `json:"next_chunk_index,omitempty"`
	NextLink  string `json:"next_chunk_internal_link,omitempty"`
	URL       string `json:"external_link"`
	Expires   string `json:"expiration"`
}

// external are rows that stay as the engine has them until they are fetched.
type external struct {
	result *engine.Result
	format format
	offer  func(n int) (url string, expires time.Time) // of part n

	attached []byte // to the answers, as a file: nothing is offered
}

// attachment is a part of a result that is small enough to come with the answer, as a file of its format.
type attachment struct {
	chunkInfo
	File []byte `json:"attachment"`
}

// attachedLimit is the most bytes of a file that is attached, as they are sent. Databricks names no limit; its recorded answers stay below.
const attachedLimit = 1 << 20

// externalRows is the most rows of a file.
const externalRows = 20_000

// newExternal cuts a result into files, up to the request's limits.
func (s *statement) newExternal(r *engine.Result, req *request, offer Offer) (*output, error) {
	out := &output{external: &external{result: r, format: formats[req.Format]}}
	host, contentType := req.host, out.external.format.contentType
	out.external.offer = func(n int) (string, time.Time) {
		return offer(host, s.id+"/"+strconv.Itoa(n), contentType, func() ([]byte, error) { return s.file(n) })
	}
	out.manifest = manifest{Format: req.Format, Schema: schemaOf(r)}
	for i := range r.Rows {
		if i%1024 == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		_, size := texts(r, i)
		if req.RowLimit > 0 && int64(i) >= req.RowLimit || req.ByteLimit > 0 && int64(out.size+size) > req.ByteLimit {
			out.manifest.Truncated = true
			break
		}
		if i%externalRows == 0 {
			out.manifest.Chunks = append(out.manifest.Chunks, chunkInfo{Index: len(out.manifest.Chunks), RowOffset: i})
		}
		last := &out.manifest.Chunks[len(out.manifest.Chunks)-1]
		last.RowCount, last.ByteCount = last.RowCount+1, last.ByteCount+size
		out.size += size
		out.manifest.RowCount++
	}
	out.manifest.ByteCount, out.manifest.ChunkCount = out.size, len(out.manifest.Chunks)
	if req.Compression != "" {
		out.manifest.Compression = "NONE" // what a client may ask for is the most that it understands
	}
	if req.Disposition == eitherWay && req.Format == "ARROW_STREAM" {
		if err := out.attach(); err != nil {
			return nil, err
		}
	}
	out.held = out.size + len(out.external.attached) + out.manifest.RowCount*len(r.Columns)*valueOverhead
	return out, nil
}

// attach writes a result as the file that comes with the answers, unless that is too large. What is so large as texts, or has so many values,
// is not even tried: it would take long to find out.
func (o *output) attach() error {
	values := o.manifest.RowCount * len(o.manifest.Schema.Columns)
	if len(o.manifest.Chunks) != 1 || o.size > attachedLimit || values > attachedLimit {
		return nil
	}
	file, err := o.external.format.write(o, 0, o.manifest.RowCount)
	if err == nil && base64.StdEncoding.EncodedLen(len(file)) <= attachedLimit {
		o.external.attached = file
	}
	return err
}

// file is part n of the result, as long as that is kept: who has a link to it keeps nothing.
func (s *statement) file(n int) ([]byte, error) {
	s.mu.Lock()
	out := s.output
	s.mu.Unlock()
	if out == nil {
		return nil, fmt.Errorf("the result of statement %s: %w", s.id, fs.ErrNotExist)
	}
	info := out.manifest.Chunks[n]
	return out.external.format.write(out, info.RowOffset, info.RowOffset+info.RowCount)
}

// link offers part n of the result.
func (o *output) link(id string, n int) externalChunk {
	if n >= len(o.manifest.Chunks) {
		return externalChunk{Links: []externalLink{}}
	}
	info := o.manifest.Chunks[n]
	url, expires := o.external.offer(n)
	l := externalLink{chunkInfo: info, URL: url, Expires: expires.UTC().Format(time.RFC3339)}
	if next := n + 1; next < len(o.manifest.Chunks) {
		l.NextIndex = &next
		l.NextLink = Path + "/" + id + "/result/chunks/" + strconv.Itoa(next) + "?row_offset=" + strconv.Itoa(info.RowOffset+info.RowCount)
	}
	return externalChunk{Links: []externalLink{l}}
}

// texts are rows as texts, in which NULL is null.
func (o *output) texts(first, end int) [][]*string {
	rows := make([][]*string, 0, end-first)
	for i := first; i < end; i++ {
		row, _ := texts(o.external.result, i)
		rows = append(rows, row)
	}
	return rows
}

// csv has the names of the columns in front, and null for NULL, as the API documents it.
func (o *output) csv(first, end int) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	line := make([]string, len(o.manifest.Schema.Columns))
	for i, c := range o.manifest.Schema.Columns {
		line[i] = c.Name
	}
	_ = w.Write(line) // to a buffer it does not fail
	for _, row := range o.texts(first, end) {
		for i, v := range row {
			line[i] = "null"
			if v != nil {
				line[i] = *v
			}
		}
		_ = w.Write(line)
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func (o *output) arrow(first, end int) ([]byte, error) {
	return ipc.Native{Timestamps: true, Decimals: true, Complex: true}.File(o.external.result, first, end), nil
}
