package steps

import (
	"io"
	"strings"
)

// dictation answers line by line, and writes each answer behind its question, as a terminal would show it. After the last it ends.
type dictation struct {
	lines []string
	heard *strings.Builder
	asked []string // the questions, as they stand before their answers
}

func (d *dictation) Read(into []byte) (int, error) {
	said := d.heard.String()
	d.asked = append(d.asked, said[strings.LastIndexByte(said, '\n')+1:])
	if len(d.lines) == 0 {
		return 0, io.EOF
	}
	line := d.lines[0] + "\n"
	d.lines = d.lines[1:]
	d.heard.WriteString(line)
	return copy(into, line), nil
}
