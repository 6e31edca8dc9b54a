package runs

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
	"path/filepath"
)

// Writing is a file that is being written.
type Writing struct {
	p     *Partial
	part  Part
	file  *os.File
	buf   *bufio.Writer
	sum   hash.Hash
	bytes int64
}

// Write begins a part. Nothing has its name until Keep.
func (p *Partial) Write(part Part) (*Writing, error) {
	path := p.Path(part.Path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, Trouble("make", filepath.Dir(path), err)
	}
	file, err := os.OpenFile(hidden(path), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, Trouble("write", path, err)
	}
	w := &Writing{p: p, part: part, file: file, sum: sha256.New()}
	w.buf = bufio.NewWriterSize(w.tee(), 256<<10)
	return w, nil
}

// hidden is the name of a file while it is written.
func hidden(path string) string { return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)) }

type teeWriter struct{ w *Writing }

func (w *Writing) tee() io.Writer { return teeWriter{w} }

func (t teeWriter) Write(text []byte) (int, error) {
	n, err := t.w.file.Write(text)
	_, _ = t.w.sum.Write(text[:n])
	t.w.bytes += int64(n)
	if err != nil {
		return n, Trouble("write", t.w.p.Path(t.w.part.Path), err)
	}
	return n, nil
}

// Write writes into the file. Errors are those of Trouble.
func (w *Writing) Write(text []byte) (int, error) { return w.buf.Write(text) } //nolint:wrapcheck // teeWriter's own

// Bytes is how much was written so far.
func (w *Writing) Bytes() int64 { return w.bytes + int64(w.buf.Buffered()) }

// Keep gives the file its name and notes that it is whole, with the rows it has.
func (w *Writing) Keep(rows int64, note []byte) (Part, error) {
	path := w.p.Path(w.part.Path)
	err := w.buf.Flush()
	if err == nil {
		err = w.file.Sync()
	}
	if closed := w.file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(hidden(path), path)
	}
	if err != nil {
		_ = os.Remove(hidden(path))
		return Part{}, Trouble("write", path, err)
	}
	w.part.Rows, w.part.Bytes, w.part.SHA256, w.part.Note = rows, w.bytes, hex.EncodeToString(w.sum.Sum(nil)), note
	return w.part, w.p.keep(w.part)
}

// Drop removes what was written.
func (w *Writing) Drop() {
	_ = w.file.Close()
	_ = os.Remove(hidden(w.p.Path(w.part.Path)))
}
