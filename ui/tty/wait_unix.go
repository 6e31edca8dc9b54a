//go:build unix

package tty

import (
	"errors"
	"io"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// Pair puts itself between a program and both ends of its terminal.
func Pair(in *os.File, out File, now func() time.Time) (io.Reader, io.Writer) {
	if int(in.Fd()) >= unix.FD_SETSIZE {
		return in, out
	}
	input := newInput(in, now, readable)
	return input, &output{out, input}
}

// readable waits until there is something to read, which not every system's poll can tell of a terminal.
func readable(file *os.File, wait time.Duration) bool {
	fd := int(file.Fd())
	for {
		var set unix.FdSet
		set.Set(fd)
		limit := unix.NsecToTimeval(max(wait, time.Millisecond).Nanoseconds())
		if n, err := unix.Select(fd+1, &set, nil, nil, &limit); !errors.Is(err, unix.EINTR) {
			return err != nil || n > 0 // reading tells what is wrong
		}
	}
}
