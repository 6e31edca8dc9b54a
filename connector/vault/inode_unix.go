//go:build unix

package vault

import (
	"io/fs"
	"syscall"
)

// inode is the number of a file, which a replaced file does not keep.
func inode(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Ino) //nolint:unconvert // some systems have it narrower
	}
	return 0
}
