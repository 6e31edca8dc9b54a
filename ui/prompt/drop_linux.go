package prompt

import "golang.org/x/sys/unix"

// noKey has no key do what a control character of the terminal does, as _POSIX_VDISABLE.
const noKey = 0

// drop forgets what was typed and not read.
func (t *Terminal) drop() { _ = unix.IoctlSetInt(int(t.in.Fd()), unix.TCFLSH, unix.TCIFLUSH) }
