//go:build !windows

package prompt

// redrawsWithoutTerm is false: a terminal that nobody named may not know any sequence.
func redrawsWithoutTerm(uintptr) bool { return false }
