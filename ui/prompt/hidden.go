package prompt

import (
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/ui"
)

// ErrInterrupted says that Ctrl+C ended a question.
var ErrInterrupted = errors.New("interrupted")

// readHiddenLine reads up to a line break from a terminal that hands over key by key.
func readHiddenLine(in io.Reader, suspend func()) ([]byte, error) {
	var line []byte
	one := make([]byte, 1)
	for {
		if n, err := in.Read(one); errors.Is(err, io.EOF) {
			clear(line)
			return nil, errEnded
		} else if err != nil {
			clear(line)
			return nil, fmt.Errorf("read the hidden line: %w", err)
		} else if n == 0 {
			continue
		}
		switch b := one[0]; b {
		case '\r', '\n':
			return line, nil
		case ctrlC:
			clear(line)
			return nil, ErrInterrupted
		case ctrlD:
			if len(line) == 0 {
				return nil, errEnded
			}
		case backspace, del:
			_, size := utf8.DecodeLastRune(line)
			line = line[:len(line)-size]
		case ctrlZ:
			suspend()
		case ctrlU:
			clear(line)
			line = line[:0]
		default:
			if len(line) < ui.SecretLimit {
				line = append(line, b)
			}
		}
	}
}
