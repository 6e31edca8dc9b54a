// Package clip sends text to the clipboards that may be the person's.
package clip

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/contain"
)

const (
	// TerminalLimit is what is sent to a terminal's clipboard at most; longer
	// text is dropped or garbled by many of them.
	TerminalLimit = 100_000
	// screenLimit is how long a string GNU screen takes in every version. What
	// is longer it writes over the screen as text.
	screenLimit = 240
	copyTimeout = 2 * time.Second
)

// Copier sends text to every clipboard that may be the person's. None of them
// confirms in a way worth believing, so it says which way text went and never
// that it arrived.
type Copier struct {
	// Getenv looks up an environment variable.
	Getenv func(name string) string
	// Native writes to the clipboard of this machine. It is not used over
	// SSH, where it would reach the wrong machine and report success.
	Native func(text string) error
	// Tmux loads a tmux buffer. tmux drops a program's own clipboard sequence
	// by default.
	Tmux func(ctx context.Context, text string) error
}

// NewCopier makes a copier for this process's environment.
func NewCopier() *Copier {
	return &Copier{Getenv: os.Getenv, Native: clipboard.WriteAll, Tmux: tmuxLoad}
}

// tmuxLoad loads a buffer and, from tmux 3.2 on, passes it on to the terminal.
func tmuxLoad(ctx context.Context, text string) error {
	load := func(flags ...string) error {
		command := exec.CommandContext(ctx, "tmux", append(append([]string{"load-buffer"}, flags...), "-")...)
		command.Stdin = strings.NewReader(text)
		return command.Run()
	}
	if load("-w") == nil {
		return nil
	}
	return load()
}

// Terminal is the command that asks the terminal itself to keep text (OSC 52),
// nil where the terminal is known not to.
func (c *Copier) Terminal(text string) tea.Cmd {
	if c.terminalRefuses(text) != "" {
		return nil
	}
	bare := ansi.SetSystemClipboard(text)
	if !c.inScreen() {
		return tea.Raw(bare)
	}
	// GNU screen keeps the sequence to itself and hands on what is wrapped,
	// one short string at a time. TERM=screen may also be a tmux without its
	// variables, which wants it bare; what is short does no harm in either.
	sequence := ansi.ScreenPassthrough(bare, screenLimit)
	if len(bare) <= screenLimit {
		sequence += bare
	}
	return tea.Raw(sequence)
}

// Send passes text on through everything but the terminal and gives the
// sentence that says which ways it went, Terminal's included; sent is false
// when there was none. It waits for other programs for up to two seconds each;
// run it in a Task.
func (c *Copier) Send(ctx context.Context, text string) (sentence string, sent bool) {
	var ways []string
	if !c.remote() && c.native(ctx, text) == nil {
		ways = append(ways, "the system")
	}
	if c.Getenv("TMUX") != "" {
		limited, cancel := context.WithTimeout(ctx, copyTimeout)
		defer cancel()
		if c.Tmux(limited, text) == nil {
			ways = append(ways, "tmux")
		}
	}
	if len(ways) == 0 {
		if why := c.terminalRefuses(text); why != "" {
			return why, false
		}
		ways = append(ways, "the terminal")
	}
	return "Sent to the clipboard through " + strings.Join(ways, " and ") + ".", true
}

// terminalRefuses says why the terminal cannot keep text, nothing where it may.
func (c *Copier) terminalRefuses(text string) string {
	switch {
	case c.Getenv("TERM") == "linux":
		return "The Linux console has no clipboard."
	case len(text) > TerminalLimit:
		return "The text is too long for the terminal's clipboard."
	}
	return ""
}

// inScreen tells GNU screen by its variable, or over SSH by its TERM.
func (c *Copier) inScreen() bool {
	return c.Getenv("STY") != "" || strings.HasPrefix(c.Getenv("TERM"), "screen")
}

func (c *Copier) remote() bool {
	return c.Getenv("SSH_TTY") != "" || c.Getenv("SSH_CONNECTION") != ""
}

var errCopySlow = errors.New("the clipboard program did not answer")

// native gives up on a clipboard program that hangs; it cannot be stopped,
// because the library starts it without a context.
func (c *Copier) native(ctx context.Context, text string) error {
	done := contain.Ask("copying", func() (struct{}, error) { return struct{}{}, c.Native(text) })
	limited, cancel := context.WithTimeout(ctx, copyTimeout)
	defer cancel()
	select {
	case answer := <-done:
		return answer.Err
	case <-limited.Done():
		return errCopySlow
	}
}
