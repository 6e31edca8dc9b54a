// Package jobs is job control: ctrl+z gives the terminal back to the shell that started the program, until it goes on.
package jobs

import (
	"io"
	"runtime"

	tea "charm.land/bubbletea/v2"
)

// Control is false where the system has no job control.
const Control = runtime.GOOS != "windows"

// suspension gives the terminal back and stops the program until a shell
// continues it.
type suspension struct{ stopped bool }

// SetStdin is not needed: nothing is read meanwhile.
func (*suspension) SetStdin(io.Reader) {}

// SetStdout is not needed: nothing is written meanwhile.
func (*suspension) SetStdout(io.Writer) {}

// SetStderr is not needed: nothing is written meanwhile.
func (*suspension) SetStderr(io.Writer) {}

// Resumed is told when the program goes on. Stopped is false where it never stopped, because no shell could have brought it back.
type Resumed struct{ Stopped bool }

// Suspend stops the program; a Resumed message follows.
func Suspend() tea.Cmd {
	s := &suspension{}
	return tea.Exec(s, func(error) tea.Msg { return Resumed{s.stopped} })
}
