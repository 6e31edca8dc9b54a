package export

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// A folder below what takes none is said to be one that cannot be made, and not to be missing.
func TestAFolderThatCannotBeMadeIsNotSaidToBeMissing(t *testing.T) {
	for cause, want := range map[error]string{
		&os.PathError{Op: "mkdir", Path: "/proc/x", Err: os.ErrNotExist}:   "The export could not be written: the folder /proc/x cannot be made.",
		&os.PathError{Op: "mkdir", Path: "/proc/x", Err: errors.New("no")}: "The export could not be written: the folder /proc/x cannot be made, no.",
	} {
		if err := unmade("/proc/x", cause); !errors.Is(err, ErrFiles) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v in place of %s", err, want)
		}
	}
}
