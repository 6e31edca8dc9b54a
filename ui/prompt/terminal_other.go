//go:build !unix

package prompt

import "github.com/charmbracelet/x/term"

// ownEcho is false: a console shows a line while a program reads it, and no line ahead of that.
const ownEcho = false

// apply turns the echo off for a hidden question.
func (t *Terminal) apply(m manner) error {
	if err := term.Restore(t.in.Fd(), t.before); err != nil || m != hidden {
		return err //nolint:wrapcheck // the caller says what for
	}
	_, err := term.MakeRaw(t.in.Fd())
	return err //nolint:wrapcheck // the caller says what for
}

func (t *Terminal) watch() (end func()) { return func() {} }

func (t *Terminal) suspend() {}
