package vault

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/danieljoos/wincred"
)

// sessionCredential is the Credential Manager of this logon session: what is kept with PersistSession is sealed by the system, shows in no
// other logon session, and is gone at logoff. It knows no end of its own, so that stands in front of the value.
type sessionCredential struct{}

func systemMemory() memory { return sessionCredential{} }

func (sessionCredential) keep(name string, value []byte, idle time.Duration) error {
	c := wincred.NewGenericCredential(name)
	c.Persist = wincred.PersistSession
	c.CredentialBlob = append(fmt.Appendf(nil, "%d\n", time.Now().Add(idle).Unix()), value...)
	defer clear(c.CredentialBlob)
	if err := c.Write(); err != nil {
		return fmt.Errorf("keep it in the Credential Manager: %w", err)
	}
	return nil
}

func (s sessionCredential) recall(name string, idle func([]byte) time.Duration) ([]byte, error) {
	c, err := wincred.GetGenericCredential(name)
	if errors.Is(err, wincred.ErrElementNotFound) {
		return nil, errForgotten
	}
	if err != nil {
		return nil, fmt.Errorf("ask the Credential Manager: %w", err)
	}
	end, value, _ := bytes.Cut(c.CredentialBlob, []byte("\n"))
	until, err := strconv.ParseInt(string(end), 10, 64)
	if err != nil || time.Now().After(time.Unix(until, 0)) {
		_ = c.Delete()
		return nil, errForgotten
	}
	return value, s.keep(name, value, idle(value))
}

func (sessionCredential) drop(name string) error {
	c, err := wincred.GetGenericCredential(name)
	if errors.Is(err, wincred.ErrElementNotFound) {
		return errForgotten
	}
	if err == nil {
		err = c.Delete()
	}
	if err != nil {
		return fmt.Errorf("ask the Credential Manager: %w", err)
	}
	return nil
}
