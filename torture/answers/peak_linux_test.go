package answers

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync/atomic"
	"time"
)

// often is how often a process is looked at. What the kernel keeps is the most of all times before, so little can be missed.
const often = 5 * time.Millisecond

// peakWhile runs a command and gives the most memory that it held, in MiB. What the system tells of a process that has ended counts what
// the one held that started it, so it is looked at while it runs.
func peakWhile(cmd *exec.Cmd) (int64, error) {
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	var most atomic.Int64
	ended, looked := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(looked)
		for {
			most.Store(max(most.Load(), highest(cmd.Process.Pid)))
			select {
			case <-ended:
				return
			case <-time.After(often):
			}
		}
	}()
	err := cmd.Wait()
	close(ended)
	<-looked
	return most.Load() >> 10, err
}

// highest is VmHWM of a process in KiB, 0 where it has ended.
func highest(pid int) int64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, found := bytes.Cut(status, []byte("VmHWM:"))
	fields := bytes.Fields(after)
	if !found || len(fields) == 0 {
		return 0
	}
	n, _ := strconv.ParseInt(string(fields[0]), 10, 64)
	return n
}
