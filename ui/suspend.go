package ui

import (
	"io"
	"runtime"

	tea "charm.land/bubbletea/v2"
)

// canSuspend is false where the system has no job control.
const canSuspend = runtime.GOOS != "windows"

// notSuspended is said where ctrl+z could not stop the program.
const notSuspended = "No shell here could bring the program back, so ctrl+z did nothing."

// suspension gives the terminal back and stops the program until a shell
// continues it.
type suspension struct{ stopped bool }

// SetStdin is not needed: nothing is read meanwhile.
func (*suspension) SetStdin(io.Reader) {}

// SetStdout is not needed: nothing is written meanwhile.
func (*suspension) SetStdout(io.Writer) {}

// SetStderr is not needed: nothing is written meanwhile.
func (*suspension) SetStderr(io.Writer) {}

type resumedMsg struct{ stopped bool }

func suspend() tea.Cmd {
	s := &suspension{}
	return tea.Exec(s, func(error) tea.Msg { return resumedMsg{s.stopped} })
}

// resume says so when the program was never stopped.
func (s *Shell) resume(msg resumedMsg) {
	if !msg.stopped {
		s.theme.Notice = notSuspended
	}
}
