//go:build unix

package vault

import (
	"os/signal"
	"strconv"
	"syscall"
	"testing"
)

// limitFiles makes every write that goes beyond so many bytes a short one.
func limitFiles(bytes string) error {
	n, err := strconv.ParseUint(bytes, 10, 32)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: n})
}

func TestAShortWriteOfTheSystemKeepsTheOldFile(t *testing.T) {
	template, keyFile := protected(t)
	for n := range 3 {
		save(t, template, bare(numbered(n), n))
	}
	before := files(t, template.Dir())
	for _, limit := range []string{"0", "1", "200", "2000"} {
		cmd := process("once", template.Dir(), keyFile, "change")
		cmd.Env = append(cmd.Env, limitVariable+"="+limit)
		cmd.Stdout = nil
		out, err := cmd.Output()
		if err != nil || string(out) != "failed\n" {
			t.Errorf("with files of at most %s bytes it said %q, %v", limit, out, err)
		}
		unchangedFiles(t, template.Dir(), before)
	}
}
