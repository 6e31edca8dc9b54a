package runs

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
)

// ErrDamaged is a run of which a file is not what its manifest says.
var ErrDamaged = errors.New("a file of the run is damaged")

// Sound reads the files of a table of the run, and returns ErrDamaged where one is not the one that was written, or the context's own error.
func (r *Run) Sound(ctx context.Context, t *Table) error {
	for _, f := range t.Files {
		if ctx.Err() != nil {
			return ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
		}
		if !isThere(r.Folder, f) {
			return ErrDamaged
		}
		sum, err := sumOf(ctx, r.Path(f.Path))
		if ctx.Err() != nil {
			return ctx.Err() //nolint:wrapcheck // as above
		}
		if err != nil || sum != f.SHA256 {
			return ErrDamaged
		}
	}
	return nil
}

// sumOf is the SHA-256 of a file as a manifest has it.
func sumOf(ctx context.Context, path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err //nolint:wrapcheck // the caller says what it was
	}
	defer func() { _ = file.Close() }()
	sum := sha256.New()
	if _, err := io.Copy(sum, ending{ctx, file}); err != nil {
		return "", err //nolint:wrapcheck // as above
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// ending is a file that ends with its context.
type ending struct {
	ctx  context.Context
	from io.Reader
}

func (e ending) Read(to []byte) (int, error) {
	if err := e.ctx.Err(); err != nil {
		return 0, err //nolint:wrapcheck // the context's own error is what callers test for
	}
	return e.from.Read(to) //nolint:wrapcheck // a reader hands on its reader's error
}

// Damaged are the IDs of the runs that are newer than the newest whole one, nil for none, and were whole once: a manifest that cannot be read, or
// a file that is not there as it was written down.
func (s *Store) Damaged(newest *Run) (ids []string, err error) {
	all, err := s.Whole()
	for _, id := range all {
		if newest == nil || id > newest.ID {
			ids = append(ids, id)
		}
	}
	return ids, err
}
