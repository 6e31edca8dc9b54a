//go:build !windows

package vault

// sameRefusal gives an error as it is: the table of remedies is in the terms of these systems.
func sameRefusal(err error) error { return err }

// cannotRemoveAt is false: every such system deletes a file by an open folder.
func cannotRemoveAt(error) bool { return false }
