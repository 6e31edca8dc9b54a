package prompt

import (
	"errors"
	"fmt"
	"io"

	"github.com/draftt-io/draftt-databricks/ui"
)

// ErrInterrupted says that Ctrl+C ended a question.
var ErrInterrupted = errors.New("interrupted")

// readHiddenLine reads up to a line break from a terminal that hands over key by key.
func readHiddenLine(in io.Reader, suspend func()) ([]byte, error) {
	var typed line
	one := make([]byte, 1)
	for {
		if n, err := in.Read(one); errors.Is(err, io.EOF) {
			clear(typed)
			return nil, errEnded
		} else if err != nil {
			clear(typed)
			return nil, fmt.Errorf("read the hidden line: %w", err)
		} else if n == 0 {
			continue
		}
		switch b := one[0]; {
		case b == '\r', b == '\n':
			return typed, nil
		case b == ctrlC:
			clear(typed)
			return nil, ErrInterrupted
		case b == ctrlD && len(typed) == 0:
			return nil, errEnded
		case b == ctrlZ:
			suspend()
		default:
			typed.edit(b, ui.SecretLimit)
		}
	}
}
