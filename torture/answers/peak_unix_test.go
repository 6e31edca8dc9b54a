//go:build unix

package answers

import (
	"os"
	"runtime"
	"syscall"
)

// peakOf is the most memory that a process held, in MiB.
func peakOf(p *os.ProcessState) int64 {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	switch {
	case !ok:
		return 0
	case runtime.GOOS == "darwin": // which counts bytes
		return int64(usage.Maxrss) >> 20
	}
	return int64(usage.Maxrss) >> 10
}
