//go:build !unix

package tty

import (
	"io"
	"os"
	"time"
)

// Pair changes nothing: a console gives events rather than bytes.
func Pair(in *os.File, out File, _ func() time.Time) (io.Reader, io.Writer) { return in, out }
