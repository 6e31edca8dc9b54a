package vault

import (
	"errors"
	"io/fs"
	"syscall"

	"golang.org/x/sys/windows"
)

// refusals are the errors of Windows in the terms of the table of remedies, whose own numbers no call of Windows returns.
var refusals = map[syscall.Errno]error{
	windows.ERROR_DISK_FULL:           syscall.ENOSPC,
	windows.ERROR_HANDLE_DISK_FULL:    syscall.ENOSPC,
	windows.ERROR_DISK_QUOTA_EXCEEDED: syscall.EDQUOT,
	windows.ERROR_WRITE_PROTECT:       syscall.EROFS,
	windows.ERROR_SHARING_VIOLATION:   errHeldOpen,
	windows.ERROR_LOCK_VIOLATION:      errHeldOpen,
	windows.ERROR_PRIVILEGE_NOT_HELD:  fs.ErrPermission,
}

// sameRefusal translates what Windows said.
func sameRefusal(err error) error {
	var call syscall.Errno
	if errors.As(err, &call) && refusals[call] != nil {
		return refusals[call]
	}
	return err
}

// cannotRemoveAt tells of a call that this system, or the driver of this drive, does not have.
func cannotRemoveAt(err error) bool { return errors.Is(err, windows.ERROR_INVALID_FUNCTION) }
