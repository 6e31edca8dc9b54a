//go:build unix

package vault

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// unseen is a disk on which a file is exchanged after it was looked at.
type unseen struct{ osDisk }

func (unseen) Stat(string) (fs.FileInfo, error) { return nil, fs.ErrNotExist }

func TestAKeyFileThatIsNoPlainFileIsNotWaitedFor(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, d := range []disk{osDisk{}, unseen{}} {
		for _, path := range []string{fifo, filepath.Dir(fifo), os.DevNull} {
			if _, err := readKeyFile(d, path); err == nil || !strings.Contains(err.Error(), path+" is not a plain file.") {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}
