//go:build unix

package jobs

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
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
