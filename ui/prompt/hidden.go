package prompt

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/term"

	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/ui"
)

// ErrInterrupted says that Ctrl+C ended a question.
var ErrInterrupted = errors.New("interrupted")

// ReadHidden asks on a terminal and reads a line that is not shown. The echo is off before the question appears, because whoever types
// ahead of it would see the beginning of the secret. The error has Ended for Ctrl+D on an empty line, and is ErrInterrupted for Ctrl+C or
// when ended is closed: a signal ends the program then, and whatever is still typed is read by nobody.
func ReadHidden(ended <-chan struct{}, in *os.File, out io.Writer, question string) ([]byte, error) {
	state, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, fmt.Errorf("turn the echo off: %w", err)
	}
	defer func() {
		_ = term.Restore(in.Fd(), state)
		_, _ = io.WriteString(out, "\n")
	}()
	question = strings.ReplaceAll(question, "\n", "\r\n") // a terminal in raw mode only goes down
	if _, err := io.WriteString(out, question); err != nil {
		return nil, fmt.Errorf("ask: %w", err)
	}
	given := contain.Ask("reading a hidden line", func() ([]byte, error) { return readHiddenLine(in) })
	select {
	case a := <-given:
		return a.Value, a.Err
	case <-ended:
		return nil, ErrInterrupted
	}
}

// readHiddenLine reads up to a line break from a terminal in raw mode, where the editing keys arrive as bytes.
func readHiddenLine(in io.Reader) ([]byte, error) {
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
		case 3: // Ctrl+C
			clear(line)
			return nil, ErrInterrupted
		case 4: // Ctrl+D
			if len(line) == 0 {
				return nil, errEnded
			}
		case 8, 127: // Backspace
			_, size := utf8.DecodeLastRune(line)
			line = line[:len(line)-size]
		case 21: // Ctrl+U
			clear(line)
			line = line[:0]
		default:
			if len(line) < ui.SecretLimit {
				line = append(line, b)
			}
		}
	}
}
