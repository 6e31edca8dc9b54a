package model

import (
	"errors"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/settings"
)

// IPList is an IP access list.
type IPList = settings.IPList

// AddIPList adds a list without asking who does.
func (w *World) AddIPList(l IPList) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.putIPList(l)
}

// putIPList keeps a list, or returns an *Error for one that cannot be.
func (w *World) putIPList(l IPList) error {
	all, err := w.ipLists.Put(l)
	switch {
	case errors.As(err, new(settings.OverQuota)):
		return &Error{Code: "QUOTA_EXCEEDED", Status: http.StatusBadRequest, Message: err.Error()}
	case err != nil:
		return invalidParameter("%s", err)
	}
	w.ipLists = all
	return nil
}

// IPLists gives the IP access lists in the order they were made. Like all that is done with them it takes a workspace admin.
func (w *World) IPLists(by *Principal) ([]IPList, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.checkAdmin(by); err != nil {
		return nil, err
	}
	return slices.Clone(w.ipLists), nil
}

// IPList gives one list.
func (w *World) IPList(by *Principal, id string) (IPList, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	i, err := w.ipList(by, id)
	if err != nil {
		return IPList{}, err
	}
	return w.ipLists[i], nil
}

func (w *World) ipList(by *Principal, id string) (int, error) {
	if err := w.checkAdmin(by); err != nil {
		return 0, err
	}
	i := w.ipLists.Find(id)
	if i < 0 {
		return 0, noResource("IP access list with id %s does not exist.", id)
	}
	return i, nil
}

// CreateIPList makes a list, which is in force at once as far as any is.
func (w *World) CreateIPList(by *Principal, l IPList) (IPList, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkAdmin(by); err != nil {
		return IPList{}, err
	}
	l.ID, l.Enabled, l.Created, l.CreatedBy = uuid.NewString(), true, w.clock.Now(), by.ID
	l.Updated, l.UpdatedBy = l.Created, l.CreatedBy
	return l, w.putIPList(l)
}

// ChangeIPList changes a copy of a list and puts it in its place.
func (w *World) ChangeIPList(by *Principal, id string, change func(*IPList)) (IPList, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i, err := w.ipList(by, id)
	if err != nil {
		return IPList{}, err
	}
	l := w.ipLists[i]
	change(&l)
	l.Updated, l.UpdatedBy = w.clock.Now(), by.ID
	return l, w.putIPList(l)
}

// DeleteIPList ends a list.
func (w *World) DeleteIPList(by *Principal, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	i, err := w.ipList(by, id)
	if err != nil {
		return err
	}
	w.ipLists = slices.Delete(w.ipLists, i, i+1)
	return nil
}
