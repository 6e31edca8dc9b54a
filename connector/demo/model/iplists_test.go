package model

import (
	"strconv"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/settings"
)

func TestIPListsHaveBounds(t *testing.T) {
	w, _ := company(t)
	admin, stranger := principal(t, w, "workspace-admin"), principal(t, w, "stranger")
	_, err := w.CreateIPList(admin, IPList{Label: strings.Repeat("a", settings.MaxIPLabel+1)})
	if e := refusal(t, err); e.Code != "INVALID_PARAMETER_VALUE" {
		t.Errorf("with an endless label: %v", e)
	}
	var last IPList
	for range settings.MaxIPLists {
		last, err = w.CreateIPList(admin, IPList{Label: strings.Repeat("a", settings.MaxIPLabel)})
		must(t, err)
	}
	_, err = w.CreateIPList(admin, IPList{Label: "one more"})
	if e := refusal(t, err); e.Code != "QUOTA_EXCEEDED" {
		t.Errorf("one more: %v", e)
	}
	_, err = w.ChangeIPList(admin, last.ID, func(l *IPList) { l.Label = "another" })
	must(t, err)
	must(t, w.DeleteIPList(admin, last.ID))
	_, err = w.CreateIPList(admin, IPList{Label: "in its place"})
	must(t, err)
	if lists, err := w.IPLists(stranger); err == nil || len(lists) > 0 {
		t.Errorf("somebody who is no admin is handed %d lists, %v", len(lists), err)
	}
}

// TestAnAddressIsCountedInEveryList fills one list, so that another has no room.
func TestAnAddressIsCountedInEveryList(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	var all []string
	for i := range settings.MaxIPs {
		all = append(all, "10.0."+strconv.Itoa(i/250)+"."+strconv.Itoa(i%250))
	}
	_, err := w.CreateIPList(admin, IPList{Label: "full", Addresses: all})
	must(t, err)
	_, err = w.CreateIPList(admin, IPList{Label: "no room", Addresses: []string{"192.0.2.1"}})
	if e := refusal(t, err); e.Code != "QUOTA_EXCEEDED" {
		t.Errorf("one address more: %v", e)
	}
}

// TestAListingOfIPListsStaysAsItWasGiven changes and deletes lists after they were listed.
func TestAListingOfIPListsStaysAsItWasGiven(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	for _, label := range []string{"office", "home"} {
		_, err := w.CreateIPList(admin, IPList{Label: label})
		must(t, err)
	}
	given, err := w.IPLists(admin)
	must(t, err)
	_, err = w.ChangeIPList(admin, given[1].ID, func(l *IPList) { l.Label = "elsewhere" })
	must(t, err)
	must(t, w.DeleteIPList(admin, given[0].ID))
	if len(given) != 2 || given[0].Label != "office" || given[1].Label != "home" {
		t.Errorf("what was given before is now %+v", given)
	}
	if left, err := w.IPLists(admin); err != nil || len(left) != 1 || left[0].Label != "elsewhere" {
		t.Errorf("left are %+v, %v", left, err)
	}
}
