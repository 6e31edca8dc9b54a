package settings

import (
	"fmt"
	"net/netip"
	"slices"
	"time"
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

// IPLists are those of a workspace, in the order they were made.
type IPLists []IPList

// Limits of IP access lists. That of the addresses and ranges of all lists together is documented, the others keep what is held within bounds.
const (
	MaxIPs     = 1000
	MaxIPLists = 1000
	MaxIPLabel = 256
)

// Wrong is the refusal of a list that cannot be, and OverQuota of what would be more than a workspace may have. Both are shown as they are.
type (
	Wrong     string
	OverQuota string
)

// Error is the text.
func (e Wrong) Error() string { return string(e) }

// Error is the text.
func (e OverQuota) Error() string { return string(e) }

// Find gives the place of a list, or -1.
func (all IPLists) Find(id string) int {
	return slices.IndexFunc(all, func(l IPList) bool { return l.ID == id })
}

// Put puts a list in the place of the one with its id, or at the end. It returns an error for one that cannot be, which is OverQuota where there
// is no room for it.
func (all IPLists) Put(l IPList) (IPLists, error) {
	if err := all.check(l); err != nil {
		return all, err
	}
	i := all.Find(l.ID)
	if i < 0 {
		return append(all, l), nil
	}
	all[i] = l
	return all, nil
}

func (all IPLists) check(l IPList) error {
	if l.Label == "" {
		return Wrong("An IP access list needs a label.")
	}
	if len(l.Label) > MaxIPLabel {
		return Wrong(fmt.Sprintf("The label of an IP access list has at most %d bytes.", MaxIPLabel))
	}
	lists, addresses := 1, len(l.Addresses)
	for _, other := range all {
		if other.ID != l.ID {
			lists++
			addresses += len(other.Addresses)
		}
	}
	switch {
	case lists > MaxIPLists:
		return OverQuota(fmt.Sprintf("A workspace has at most %d IP access lists.", MaxIPLists))
	case addresses > MaxIPs:
		return OverQuota(fmt.Sprintf("All IP access lists together have at most %d addresses.", MaxIPs))
	}
	for _, text := range l.Addresses {
		if !ipv4(text) {
			return Wrong("'" + text + "' is neither an IPv4 address nor a range of them.")
		}
	}
	return nil
}

// ipv4 reports whether text is an address or a range in CIDR notation. Databricks takes IPv4 alone.
func ipv4(text string) bool {
	if a, err := netip.ParseAddr(text); err == nil {
		return a.Is4()
	}
	p, err := netip.ParsePrefix(text)
	return err == nil && p.Addr().Is4()
}
