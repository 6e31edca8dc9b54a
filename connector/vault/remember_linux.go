package vault

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// kernelKeyring is the kernel's own store of keys (keyrings(7)). A key of type "user" is never swapped to a disk, ends by itself, and can be made
// one that only its possessor reads.
type kernelKeyring struct{}

// systemMemory is nil in a container or on a kernel that has no keyrings.
func systemMemory() memory {
	if _, _, err := place(""); err != nil {
		return nil
	}
	return kernelKeyring{}
}

const (
	keyType = "user"
	// possessorOnly is KEY_POS_ALL: neither the same user's other sessions nor anybody else may even see the key.
	possessorOnly = 0x3f000000
	// noAudit is the ID of a process that audit knows no login session of.
	noAudit = "4294967295"
)

// place is the ring, and what a key is called in it. A login session has a ring of its own where the system's sign-in makes one
// (pam_keyinit); elsewhere all sessions of a user share one, and the name of the session is part of the key's.
func place(name string) (ring int, description string, err error) {
	own, err := unix.KeyctlGetKeyringID(unix.KEY_SPEC_SESSION_KEYRING, false)
	if err != nil {
		return 0, "", noKeyring(err)
	}
	if shared, err := unix.KeyctlGetKeyringID(unix.KEY_SPEC_USER_SESSION_KEYRING, false); err == nil && shared != own {
		return unix.KEY_SPEC_SESSION_KEYRING, name, nil
	}
	session, err := loginSession()
	if err != nil {
		return 0, "", err
	}
	return unix.KEY_SPEC_USER_KEYRING, name + ":" + session, nil
}

// loginSession names the login session of this process: as audit counts it, as systemd does, or by the process that leads the session.
func loginSession() (string, error) {
	if id, err := os.ReadFile("/proc/self/sessionid"); err == nil {
		if text := strings.TrimSpace(string(id)); text != noAudit && text != "0" && text != "" {
			return "audit-" + text, nil
		}
	}
	if id := os.Getenv("XDG_SESSION_ID"); id != "" {
		return "systemd-" + clean(id), nil
	}
	leader, err := unix.Getsid(0)
	if err != nil {
		return "", fmt.Errorf("name the login session: %w", errNoMemory)
	}
	// The number of a process is used again; the moment it began is not.
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", leader))
	if err != nil {
		return "", fmt.Errorf("name the login session: %w", errNoMemory)
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	const began = 19 // starttime of proc(5), counted from behind the name
	if len(fields) <= began {
		return "", fmt.Errorf("name the login session: %w", errNoMemory)
	}
	return fmt.Sprintf("leader-%d-%s", leader, fields[began]), nil
}

func (kernelKeyring) keep(name string, value []byte, idle time.Duration) error {
	ring, description, err := place(name)
	if err != nil {
		return err
	}
	id, err := unix.AddKey(keyType, description, value, ring)
	if err != nil {
		return noKeyring(err)
	}
	// The end comes first: a key that may not stay readable must not stay.
	if err := cmp.Or(expire(id, idle), unix.KeyctlSetperm(id, possessorOnly)); err != nil {
		return cmp.Or(forgetKey(ring, id), noKeyring(err))
	}
	return nil
}

func (kernelKeyring) recall(name string, idle func([]byte) time.Duration) ([]byte, error) {
	ring, description, err := place(name)
	if err != nil {
		return nil, err
	}
	id, err := unix.KeyctlSearch(ring, keyType, description, 0)
	if err != nil {
		return nil, noKeyring(err)
	}
	value := make([]byte, 4096)
	n, err := unix.KeyctlBuffer(unix.KEYCTL_READ, id, value, 0)
	if err != nil || n > len(value) {
		return nil, noKeyring(cmp.Or(err, error(unix.EMSGSIZE)))
	}
	value = value[:n]
	if err := expire(id, idle(value)); err != nil {
		return nil, noKeyring(err)
	}
	return value, nil
}

func (kernelKeyring) drop(name string) error {
	ring, description, err := place(name)
	if err != nil {
		return err
	}
	id, err := unix.KeyctlSearch(ring, keyType, description, 0)
	if err != nil {
		return noKeyring(err)
	}
	return forgetKey(ring, id)
}

func expire(id int, idle time.Duration) error {
	seconds := int(min(idle.Seconds(), math.MaxInt32))
	_, err := unix.KeyctlInt(unix.KEYCTL_SET_TIMEOUT, id, seconds, 0, 0)
	return err
}

// forgetKey takes a key away from everybody at once, and then out of its ring.
func forgetKey(ring, id int) error {
	_, err := unix.KeyctlInt(unix.KEYCTL_REVOKE, id, 0, 0, 0)
	_, _ = unix.KeyctlInt(unix.KEYCTL_UNLINK, id, ring, 0, 0)
	if err != nil {
		return noKeyring(err)
	}
	return nil
}

// noKeyring tells a key that is not there any more from a kernel, or a container, without keyrings.
func noKeyring(err error) error {
	for _, gone := range []error{unix.ENOKEY, unix.EKEYEXPIRED, unix.EKEYREVOKED} {
		if errors.Is(err, gone) {
			return fmt.Errorf("ask the kernel's keyring: %w: %w", errForgotten, err)
		}
	}
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EPERM) {
		return fmt.Errorf("ask the kernel's keyring: %w: %w", errNoMemory, err)
	}
	return fmt.Errorf("ask the kernel's keyring: %w", err)
}
