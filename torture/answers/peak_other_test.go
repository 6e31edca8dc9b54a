//go:build !linux

package answers

import "os/exec"

// peakWhile runs a command. How much memory it held is not known here.
func peakWhile(cmd *exec.Cmd) (int64, error) { return 0, cmd.Run() }
