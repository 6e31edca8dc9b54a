//go:build !unix

package jobs

import "os"

// Run does nothing: there is no job control here.
func (*suspension) Run() error { return nil }

// InFront is true: there is no background here.
func InFront(*os.File) bool { return true }

// ToFront has nothing to wait for.
func ToFront(*os.File) {}
