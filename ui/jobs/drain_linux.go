package jobs

import "golang.org/x/sys/unix"

// drain waits until everything was written, which only the program in front may.
func drain(terminal uintptr) error { return unix.IoctlSetInt(int(terminal), unix.TCSBRK, 1) } //nolint:wrapcheck // it is only asked for
