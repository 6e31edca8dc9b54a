//go:build !unix

package vault

import "io/fs"

// inode is 0: what Windows knows about a file without opening it has no number.
func inode(fs.FileInfo) uint64 { return 0 }
