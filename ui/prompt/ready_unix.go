//go:build unix

package prompt

import (
	"context"
	"errors"
	"os"

	"golang.org/x/sys/unix"

	"github.com/draftt-io/draftt-databricks/contain"
)

// LineReady is Prompt.Ready for a terminal, which has something to read when
// a whole line was typed. Nothing is read. It is nil where that cannot be
// told.
func LineReady(in *os.File) func(context.Context) bool {
	fd := int(in.Fd())
	if fd >= unix.FD_SETSIZE {
		return nil
	}
	return func(ctx context.Context) bool {
		ended, end, err := os.Pipe()
		if err != nil {
			return false
		}
		defer func() { _ = ended.Close() }()
		stop := contain.After(ctx, "waking a read", func() { _ = end.Close() })
		defer func() {
			if stop() {
				_ = end.Close()
			}
		}()
		return readable(fd, int(ended.Fd()))
	}
}

// readable waits until one of two files has something to read, and reports
// whether it is the first.
func readable(fd, other int) bool {
	if other >= unix.FD_SETSIZE {
		return false
	}
	for {
		var set unix.FdSet
		set.Set(fd)
		set.Set(other)
		if _, err := unix.Select(max(fd, other)+1, &set, nil, nil, nil); !errors.Is(err, unix.EINTR) {
			return err == nil && !set.IsSet(other)
		}
	}
}
