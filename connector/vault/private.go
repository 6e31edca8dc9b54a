package vault

import (
	"fmt"
	"io/fs"
	"runtime"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// private is nil for a regular file, or a folder where one is wanted, that nobody but its owner may use.
// Windows has no modes; there the access list of the person's profile decides, and nothing more is claimed.
func private(info fs.FileInfo, path string, wantFolder bool) error {
	kind, mode := "file", fs.FileMode(privateFile)
	if wantFolder {
		kind, mode = "folder", privateFolder
	}
	if info.IsDir() != wantFolder || !wantFolder && !info.Mode().IsRegular() {
		return &connector.Error{Kind: ErrUnsafe, What: fmt.Sprintf("%s is not a plain %s.", clean(path), kind), Remedy: "Move it away. Links and special files are not followed."}
	}
	if runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return &connector.Error{
		Kind:   ErrUnsafe,
		What:   fmt.Sprintf("%s is open to other users of this computer (mode %04o).", clean(path), info.Mode().Perm()),
		Remedy: fmt.Sprintf("Run chmod %o %s. On a Windows drive in WSL that has no effect; choose a folder on the Linux disk with %s.", mode, words.ShellArgument(clean(path)), homeVariable),
	}
}
