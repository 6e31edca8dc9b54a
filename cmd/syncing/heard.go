package syncing

import (
	"errors"
	"io"

	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// heard does what says something, and returns why that could not be written where nothing else went wrong. What is done is done either way.
func heard(out io.Writer, do func(io.Writer) error) error {
	noted := &noting{to: out}
	err := do(noted)
	if noted.fault != nil && (err == nil || errors.Is(err, noted.fault)) {
		return sync.Unwritten(noted.fault)
	}
	return err
}

// noting keeps the error of those that write into it, who do not look at it, and writes no more then.
type noting struct {
	to    io.Writer
	fault error
}

func (n *noting) Write(text []byte) (int, error) {
	if n.fault != nil {
		return 0, n.fault
	}
	var wrote int
	wrote, n.fault = n.to.Write(text)
	return wrote, n.fault
}
