package ui

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"
)

const (
	// terminalLimit is what is sent to a terminal's clipboard at most; longer
	// text is dropped or garbled by many of them.
	terminalLimit = 100_000
	copyTimeout   = 2 * time.Second
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
	// Tmux loads a tmux buffer and passes it on to the terminal. tmux drops
	// a program's own clipboard sequence by default.
	Tmux func(ctx context.Context, text string) error
}

// NewCopier makes a copier for this process's environment.
func NewCopier() *Copier {
	return &Copier{Getenv: os.Getenv, Native: clipboard.WriteAll, Tmux: tmuxLoad}
}

func tmuxLoad(ctx context.Context, text string) error {
	load := exec.CommandContext(ctx, "tmux", "load-buffer", "-w", "-")
	load.Stdin = strings.NewReader(text)
	return load.Run()
}

// Terminal is the command that asks the terminal itself to keep text (OSC 52),
// nil when text is too long for that.
func (c *Copier) Terminal(text string) tea.Cmd {
	if len(text) > terminalLimit {
		return nil
	}
	return tea.SetClipboard(text)
}

// Send passes text on through everything but the terminal and gives the
// sentence that says which ways it went, Terminal's included. It waits for
// other programs for up to two seconds each; run it in a Task.
func (c *Copier) Send(ctx context.Context, text string) string {
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
	if len(ways) == 0 && len(text) <= terminalLimit {
		ways = append(ways, "the terminal")
	}
	if len(ways) == 0 {
		return "The text is too long for the terminal's clipboard."
	}
	return "Sent to the clipboard through " + strings.Join(ways, " and ") + "."
}

func (c *Copier) remote() bool {
	return c.Getenv("SSH_TTY") != "" || c.Getenv("SSH_CONNECTION") != ""
}

var errCopySlow = errors.New("the clipboard program did not answer")

// native gives up on a clipboard program that hangs; it cannot be stopped,
// because the library starts it without a context.
func (c *Copier) native(ctx context.Context, text string) error {
	done := make(chan error, 1)
	go func() {
		err := errCopySlow
		if fault := guard("copying", func() { err = c.Native(text) }); fault != nil {
			err = fault
		}
		done <- err
	}()
	limited, cancel := context.WithTimeout(ctx, copyTimeout)
	defer cancel()
	select {
	case err := <-done:
		return err
	case <-limited.Done():
		return errCopySlow
	}
}
