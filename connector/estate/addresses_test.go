package estate

import (
	"errors"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestListsThatBlockComeBeforeThoseThatAllow(t *testing.T) {
	offices := AddressList{Label: "Offices", Type: "ALLOW", Enabled: true, Entries: []string{"203.0.113.0/24", "198.51.100.17", "2001:db8::/32"}}
	scanner := AddressList{Label: "Scanner", Type: "BLOCK", Enabled: true, Entries: []string{"203.0.113.9"}}
	off, odd, untold := offices, offices, AddressList{Label: "?", Enabled: true}
	off.Enabled, odd.Entries = false, []string{"an office"}
	for _, asks := range []struct {
		at            string
		lists         []AddressList
		part          bool
		on            Switch
		verdict, list string
		byLists       string
		warns         bool
	}{
		{at: "203.0.113.7", lists: []AddressList{offices, scanner}, on: SwitchOn, verdict: "yes", byLists: "yes", list: "Offices"},
		{at: "::ffff:203.0.113.7", lists: []AddressList{offices}, on: SwitchOn, verdict: "yes", byLists: "yes", list: "Offices"},
		{at: "198.51.100.17", lists: []AddressList{offices}, on: SwitchOn, verdict: "yes", byLists: "yes", list: "Offices"},
		{at: "198.51.100.18", lists: []AddressList{offices}, on: SwitchOn, verdict: "no", byLists: "no"},
		{at: "2001:db8::1", lists: []AddressList{offices}, on: SwitchOn, verdict: "yes", byLists: "yes", list: "Offices"},
		{at: "203.0.113.9", lists: []AddressList{offices, scanner}, on: SwitchOn, verdict: "no", byLists: "no", list: "Scanner"},
		{at: "203.0.113.9", lists: []AddressList{scanner}, part: true, on: SwitchOn, verdict: "no", byLists: "no", list: "Scanner"},
		{at: "203.0.113.8", lists: []AddressList{scanner}, on: SwitchOn, verdict: "yes", byLists: "yes"},
		{at: "192.0.2.1", lists: []AddressList{off}, on: SwitchOn, verdict: "yes", byLists: "yes"},
		{at: "192.0.2.1", lists: []AddressList{offices}, on: SwitchOff, verdict: "yes", byLists: "no", warns: true},
		{at: "192.0.2.1", lists: []AddressList{offices}, on: SwitchUntold, verdict: "unknown", byLists: "no", warns: true},
		{at: "203.0.113.7", lists: []AddressList{offices}, on: SwitchUntold, verdict: "yes", byLists: "yes", list: "Offices"},
		{at: "203.0.113.7", lists: []AddressList{offices}, part: true, on: SwitchOn, verdict: "unknown", byLists: "unknown"},
		{at: "203.0.113.7", lists: []AddressList{offices, odd}, on: SwitchOn, verdict: "unknown", byLists: "unknown"},
		{at: "203.0.113.7", lists: []AddressList{offices, untold}, on: SwitchOff, verdict: "yes", byLists: "unknown", warns: true},
		{at: "203.0.113.7", on: SwitchOn, verdict: "yes", byLists: "yes"},
	} {
		at, err := ParseAddress(asks.at)
		if err != nil {
			t.Fatal(err)
		}
		a := admission(at, asks.lists, !asks.part, asks.on)
		if a.Verdict != asks.verdict || a.ByLists != asks.byLists || a.List != asks.list || (a.Warns != "") != asks.warns || a.Says == "" {
			t.Errorf("%+v: %+v", asks, a)
		}
	}
	for _, text := range []string{"", "an office", "203.0.113.0/24", "fe80::1%eth0", "203.0.113"} {
		if _, err := ParseAddress(text); !errors.Is(err, connector.ErrInput) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
