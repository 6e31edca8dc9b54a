//go:build !unix

package infile

// NoWait is nothing where no pipe stands among the files.
const NoWait = 0
