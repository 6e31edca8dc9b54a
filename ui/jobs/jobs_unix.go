//go:build unix

package jobs

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// The terminal library's own suspension waits for the signal to go on. Where
// no shell with job control started the program, as in a container or a fresh
// tmux window, the kernel does not stop it, so that signal would never come.
const (
	stopsWithin = 500 * time.Millisecond // a process that can be stopped is stopped at once
	wakesWithin = 50 * time.Millisecond  // after a stop the timer and the signal come together
)

// Run stops the process group and returns when it goes on.
func (s *suspension) Run() error {
	awake := make(chan os.Signal, 1)
	signal.Notify(awake, syscall.SIGCONT)
	defer signal.Stop(awake)
	if err := syscall.Kill(0, syscall.SIGTSTP); err != nil {
		return fmt.Errorf("stop the program: %w", err)
	}
	for _, limit := range []time.Duration{stopsWithin, wakesWithin} {
		select {
		case <-awake:
			s.stopped = true
			return nil
		case <-time.After(limit):
		}
	}
	return nil
}

// Stop stops the process group and returns when it goes on, which is soon where no shell could bring it back.
func Stop() error { return (&suspension{}).Run() }

// InFront reports whether this is the program that the terminal belongs to now: a shell stops every other one that changes it, and edits
// its own line meanwhile, in modes that are nobody else's.
func InFront(terminal *os.File) bool {
	group, err := unix.IoctlGetInt(int(terminal.Fd()), unix.TIOCGPGRP)
	return err != nil || group == unix.Getpgrp()
}

// ToFront returns when the terminal belongs to this program. Started in the background it is stopped by the terminal itself, which looks and
// stops in one: a signal of one's own could come after the shell has brought the program to the front.
func ToFront(terminal *os.File) {
	for !InFront(terminal) {
		if err := drain(terminal.Fd()); !errors.Is(err, syscall.EINTR) {
			return // it is in front now, or no shell could bring it there
		}
	}
}
