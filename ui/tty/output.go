package tty

import (
	"fmt"
	"io"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// File is what a program draws on.
type File interface {
	io.ReadWriteCloser
	Fd() uintptr
}

// output puts a question of its own behind those of the program. Every terminal answers it, and in the order in which it was asked: once
// its attributes have come, no other answer can.
type output struct {
	File
	in *Input
}

// asksForAttributes is the question that every terminal answers.
const asksForAttributes = "\x1b[c"

// questions are those that a program may ask: keyboard flags, modes, colours, the name, the cursor, terminfo.
var questions = pattern.New(`\x1b(\[\?u|\[\?[0-9]+\$p|\][0-9;]+;\?|\[>0?q|\[\??6n|P\+q)`)

// Write writes p as it is.
func (o *output) Write(p []byte) (int, error) {
	if !questions().Match(p) {
		return o.File.Write(p) //nolint:wrapcheck // as if this were not here
	}
	o.in.ask()
	n, err := o.File.Write(p)
	if err != nil {
		return n, err //nolint:wrapcheck // the same
	}
	if _, err := io.WriteString(o.File, asksForAttributes); err != nil {
		return n, fmt.Errorf("ask the terminal: %w", err)
	}
	return n, nil
}
