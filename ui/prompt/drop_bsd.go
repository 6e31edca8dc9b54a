//go:build unix && !linux

package prompt

import "golang.org/x/sys/unix"

// noKey has no key do what a control character of the terminal does, as _POSIX_VDISABLE.
const noKey = 0xff

// drop forgets what was typed and not read.
func (t *Terminal) drop() {
	const typed = 1 // FREAD of sys/fcntl.h
	_ = unix.IoctlSetPointerInt(int(t.in.Fd()), unix.TIOCFLUSH, typed)
}
