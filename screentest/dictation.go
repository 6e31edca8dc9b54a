package screentest

import (
	"io"
	"strings"
)

// Dictation answers line by line, and writes each answer behind its question, as a terminal would show it. After the last it ends.
type Dictation struct {
	Lines []string
	Heard *strings.Builder
	Asked []string // the questions, as they stand before their answers
}

// Read gives the next answer with its line break, and io.EOF after the last.
func (d *Dictation) Read(into []byte) (int, error) {
	said := d.Heard.String()
	d.Asked = append(d.Asked, said[strings.LastIndexByte(said, '\n')+1:])
	if len(d.Lines) == 0 {
		return 0, io.EOF
	}
	line := d.Lines[0] + "\n"
	d.Lines = d.Lines[1:]
	d.Heard.WriteString(line)
	return copy(into, line), nil
}
