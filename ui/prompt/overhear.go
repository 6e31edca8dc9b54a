package prompt

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/draftt-io/draftt-databricks/ui"
)

// Overhear listens while something is waited for, until ctx ends. It returns
// the letter of a shortcut as soon as that was typed, and an error when the
// input has ended. Empty lines are dropped, because people press enter to see
// whether a program is still there; any other line is kept for the next
// question.
func (p *Prompt) Overhear(ctx context.Context, shortcuts ...Shortcut) (letter string, err error) {
	for p.Ready != nil && (p.In.Buffered() > 0 || p.Ready(ctx)) && ctx.Err() == nil {
		line, whole, err := p.peek()
		if err != nil {
			return "", err
		}
		if letter = letterOf(line, shortcuts); !whole || line != "" && letter == "" {
			break
		}
		if _, err := p.In.ReadSlice('\n'); err != nil || letter != "" {
			return letter, err
		}
	}
	<-ctx.Done()
	return "", nil
}

// peek gives the line that is read next, and leaves it there. whole is false
// when its end is not there yet.
func (p *Prompt) peek() (line string, whole bool, err error) {
	if _, err := p.In.Peek(1); errors.Is(err, io.EOF) {
		return "", false, errEnded
	} else if err != nil {
		return "", false, err
	}
	there, err := p.In.Peek(p.In.Buffered())
	typed, _, whole := bytes.Cut(there, []byte("\n"))
	return ui.CleanPaste(string(typed)), whole, err
}

func letterOf(text string, shortcuts []Shortcut) string {
	for _, shortcut := range shortcuts {
		if strings.EqualFold(text, shortcut.Letter) {
			return shortcut.Letter
		}
	}
	return ""
}
