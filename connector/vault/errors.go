package vault

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/draftt-io/draftt-databricks/connector"
)

// The kinds of failure. Every error of this package that is about a vault is an *connector.Error of one of them; test with errors.Is.
var (
	ErrNoFolder         = errors.New("no folder for saved connections") // the environment names no home folder
	ErrUnprotected      = errors.New("no protection chosen yet")        // nothing was ever saved here
	ErrProtected        = errors.New("protection already chosen")       // another window was first, or the wrong key was offered
	ErrLocked           = errors.New("vault is locked")                 // Unlock or one of the Protect methods comes first
	ErrKeychain         = errors.New("keychain not available")          // unreachable, refused or too slow; it may work later
	ErrKeyMissing       = errors.New("key is missing")                  // the pinned place answered and has no key
	ErrKeyNeeded        = errors.New("key not given")                   // the caller offered no passphrase or key file
	ErrWrongKey         = errors.New("wrong key")                       // a valid key of another vault
	ErrWrongPassphrase  = errors.New("wrong passphrase")                // the sealed key is intact, the passphrase is not its own
	ErrBadKeyFile       = errors.New("unusable key file")               // unreadable, or not exactly one hybrid identity
	ErrNameTaken        = errors.New("name is taken")                   // another connection has the name, in whatever case
	ErrNotFound         = errors.New("connection not found")
	ErrAmbiguous        = errors.New("name is ambiguous")            // several files hold the name, after a restored backup
	ErrChangedElsewhere = errors.New("connection changed elsewhere") // saved again in another window since it was loaded
	ErrBusy             = errors.New("vault is busy")                // another window held the lock for ten seconds
	ErrDamaged          = errors.New("file is damaged")              // provably not what was saved
	ErrNewerVersion     = errors.New("written by a newer release")   // left untouched
	ErrUnsafe           = errors.New("file is not private")          // a link, a folder, or readable by others
	ErrStorage          = errors.New("storage failed")               // the system refused a read, a write or a lock
)

// Damaged is a file in the vault that could not be used. It is reported beside the connections and never hides them.
type Damaged struct {
	File string // its name in the connections folder, cleaned for a terminal
	Err  error  // an *connector.Error: ErrDamaged, ErrNewerVersion, ErrUnsafe or ErrStorage
}

// errHeldOpen is a file that another program keeps from being changed, which only Windows lets it.
var errHeldOpen = errors.New("held open by another program")

// remedies are what to do about the refusals of a file system that a person can do something about.
var remedies = []struct {
	is     error
	remedy string
}{
	{fs.ErrPermission, "Check that the folder and its files belong to you and can be written."},
	{syscall.EROFS, "The disk is read-only. Choose another folder with " + homeVariable + "."},
	{syscall.ENOSPC, "The disk is full. Free some space, then try again."},
	{syscall.EDQUOT, "Your disk quota is used up. Free some space, then try again."},
	{errHeldOpen, "Close what holds the file open, a virus scanner or a backup for example, then try again."},
}

// remedyFor is what to do about a refusal of the file system.
func remedyFor(cause error) string {
	for _, r := range remedies {
		if errors.Is(sameRefusal(cause), r.is) {
			return r.remedy
		}
	}
	return "Check the disk and the folder, then try again."
}

// storage is the *connector.Error for a refusal of the file system. The doing completes "Could not …".
func storage(doing string, cause error) error {
	var already *connector.Error
	if errors.As(cause, &already) {
		return cause
	}
	if errors.Is(cause, errUnconfirmed) {
		return &connector.Error{Kind: ErrStorage, What: fmt.Sprintf("The change was made, but the disk did not confirm it: %s.", reason(cause)), Remedy: "Check the disk, and look at what is saved before trying again.", Cause: cause}
	}
	return &connector.Error{Kind: ErrStorage, What: fmt.Sprintf("Could not %s: %s.", doing, reason(cause)), Remedy: remedyFor(cause), Cause: cause}
}

// reason is what the system said, without the call and the path that a person has no use for; both stay in the cause.
func reason(cause error) string {
	var call syscall.Errno
	if errors.As(cause, &call) {
		return connector.Said(call, 300)
	}
	return connector.Said(cause, 300)
}

// damaged is the *connector.Error for a file whose content is not what was saved.
func damaged(file, how string) *connector.Error {
	return &connector.Error{Kind: ErrDamaged, What: fmt.Sprintf("%s is damaged: %s.", clean(file), how), Remedy: "Restore the file from a backup, or delete it and set the connection up again."}
}

// newer is the *connector.Error for a file of a later format.
func newer(file string) *connector.Error {
	return &connector.Error{Kind: ErrNewerVersion, What: clean(file) + " was written by a newer release.", Remedy: "Update draftt-databricks to use it. The file was left as it is."}
}

// clean makes a path or the text of an error safe for one line.
func clean(text string) string { return connector.CleanLine(text, 300) }
