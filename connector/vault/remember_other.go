//go:build !linux && !windows

package vault

// systemMemory is nil where nothing keeps a key for one login session alone. On macOS the login keychain protects a vault without any
// passphrase, and its items are there in every session of the user.
func systemMemory() memory { return nil }
