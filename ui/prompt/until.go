package prompt

import (
	"io"

	"github.com/draftt-io/draftt-databricks/contain"
)

// Until is an input that ends when the program does: Ctrl+C is a signal, and does not end a read from a terminal.
type Until struct {
	Ended <-chan struct{}
	In    io.Reader
}

// Read leaves a read behind that nobody waits for any more. The program ends soon after.
func (u Until) Read(into []byte) (int, error) {
	buffer := make([]byte, len(into))
	answers := contain.Ask("reading a line", func() (int, error) { return u.In.Read(buffer) })
	select {
	case a := <-answers:
		copy(into, buffer[:a.Value])
		return a.Value, a.Err
	case <-u.Ended:
		return 0, io.EOF
	}
}
