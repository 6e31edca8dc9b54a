package prompt

import "golang.org/x/sys/windows"

// drop forgets what was typed and not read.
func (t *Terminal) drop() { _ = windows.FlushConsoleInputBuffer(windows.Handle(t.in.Fd())) }
