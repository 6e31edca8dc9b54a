package model

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"time"

	"github.com/google/uuid"
)

// IPList is an IP access list. The lists are kept; nobody is let in or kept out by them.
type IPList struct {
	ID, Label            string
	Block                bool // else the addresses are allowed
	Addresses            []string
	Enabled              bool
	Created, Updated     time.Time
	CreatedBy, UpdatedBy string // SCIM ids
}

// Limits of IP access lists. That of the addresses and ranges of all lists together is documented, the others keep what is held within bounds.
const (
	maxIPs     = 1000
	maxIPLists = 1000
	maxIPLabel = 256
)

// AddIPList adds a list without asking who does.
func (w *World) AddIPList(l IPList) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkIPList(l); err != nil {
		return err
	}
	w.ipLists = append(w.ipLists, l)
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
	i := slices.IndexFunc(w.ipLists, func(l IPList) bool { return l.ID == id })
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
	if err := w.checkIPList(l); err != nil {
		return IPList{}, err
	}
	w.ipLists = append(w.ipLists, l)
	return l, nil
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
	if err := w.checkIPList(l); err != nil {
		return IPList{}, err
	}
	w.ipLists[i] = l
	return l, nil
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

func (w *World) checkIPList(l IPList) error {
	if l.Label == "" {
		return invalidParameter("An IP access list needs a label.")
	}
	if len(l.Label) > maxIPLabel {
		return invalidParameter("The label of an IP access list has at most %d bytes.", maxIPLabel)
	}
	lists, addresses := 1, len(l.Addresses)
	for _, other := range w.ipLists {
		if other.ID != l.ID {
			lists++
			addresses += len(other.Addresses)
		}
	}
	switch {
	case lists > maxIPLists:
		return overQuota("A workspace has at most %d IP access lists.", maxIPLists)
	case addresses > maxIPs:
		return overQuota("All IP access lists together have at most %d addresses.", maxIPs)
	}
	for _, text := range l.Addresses {
		if !ipv4(text) {
			return invalidParameter("'%s' is neither an IPv4 address nor a range of them.", text)
		}
	}
	return nil
}

func overQuota(format string, limit int) error {
	return &Error{Code: "QUOTA_EXCEEDED", Status: http.StatusBadRequest, Message: fmt.Sprintf(format, limit)}
}

// ipv4 reports whether text is an address or a range in CIDR notation. Databricks takes IPv4 alone.
func ipv4(text string) bool {
	if a, err := netip.ParseAddr(text); err == nil {
		return a.Is4()
	}
	p, err := netip.ParsePrefix(text)
	return err == nil && p.Addr().Is4()
}
