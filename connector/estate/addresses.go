package estate

import (
	"encoding/json"
	"net/netip"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// AddressList is an IP access list of a workspace as it was collected.
type AddressList struct {
	Label   string   `json:"label"`
	Type    string   `json:"list_type"` // ALLOW or BLOCK
	Enabled bool     `json:"enabled"`
	Entries []string `json:"ip_addresses"`
}

// Switch is whether the IP access lists of a workspace count.
type Switch string

// The states of the switch.
const (
	SwitchOn     Switch = "on"
	SwitchOff    Switch = "off"
	SwitchUntold Switch = "unknown"
)

// Admission is whether the IP access lists of a workspace let an address in.
type Admission struct {
	Address string   `json:"address"`
	Verdict string   `json:"verdict"`         // now: yes, no, or unknown
	Lists   Switch   `json:"lists"`           // whether they count now
	ByLists string   `json:"by_lists"`        // by the lists alone, were they switched on
	List    string   `json:"list,omitempty"`  // the one that decides
	Entry   string   `json:"entry,omitempty"` // the entry of it
	Says    string   `json:"says"`            // why, in a sentence
	Warns   string   `json:"warns,omitempty"` // what switching the lists on would do
	ToKnow  []string `json:"to_know"`         // what the lists do not decide

	unread bool // a list, or an entry of one, could not be read
}

// The verdicts.
const (
	letIn    = "yes"
	keptOut  = "no"
	cannotBe = "unknown"
)

// ParseAddress reads an address as a person writes it. The error, of kind connector.ErrInput, is that of what is none, or is a range.
func ParseAddress(text string) (netip.Addr, error) {
	at, err := netip.ParseAddr(strings.TrimSpace(text))
	if err != nil || at.Zone() != "" {
		return netip.Addr{}, &connector.Error{Kind: connector.ErrInput, What: connector.Refused(connector.KindAddress, text) + " is no IP address.", Remedy: "Give one address, such as 203.0.113.7."}
	}
	return at.Unmap(), nil
}

// Admits answers whether the IP access lists that a run has let an address into the workspace. A list that blocks counts before those that allow;
// where there is a list that allows, what is in none is kept out. The errors are those of the store.
func Admits(run *store.Run, at netip.Addr) (Admission, error) {
	seen, err := CoverageOf(run)
	if err != nil {
		return Admission{}, err
	}
	var lists []AddressList
	for row, err := range run.Rows("ip-access-lists") {
		if err != nil {
			return Admission{}, err //nolint:wrapcheck // the store's errors have words
		}
		var one AddressList
		if json.Unmarshal([]byte(row.Body), &one) != nil || one.Type == "" {
			one = AddressList{Label: row.Name, Enabled: true} // of which no more is known
		}
		lists = append(lists, one)
	}
	on := SwitchUntold
	for row, err := range run.Rows("workspace-settings") {
		if err != nil {
			return Admission{}, err //nolint:wrapcheck // as above
		}
		var said struct {
			Lists string `json:"enableIpAccessLists"`
		}
		switch _ = json.Unmarshal([]byte(row.Body), &said); said.Lists {
		case "true":
			on = SwitchOn
		case "false":
			on = SwitchOff
		}
	}
	return admission(at, lists, seen.Whole("ip-access-lists"), on), nil
}

// admission judges by lists, of which whole tells that they are all.
func admission(at netip.Addr, lists []AddressList, whole bool, on Switch) Admission {
	a := Admission{Address: connector.Shown(connector.KindAddress, at.String()), Lists: on, ToKnow: []string{
		"IP access lists count for everybody, workspace admins too. The account console has lists of its own.",
		"Private Link and network policies are not looked at.",
	}}
	blocked, isBlocked := a.find(at, lists, "BLOCK")
	allowed, isAllowed := a.find(at, lists, "ALLOW")
	allows := slices.ContainsFunc(lists, func(l AddressList) bool { return l.Enabled && l.Type == "ALLOW" })
	switch {
	case isBlocked:
		a.by(keptOut, "blocks", blocked)
	case !whole || a.unread:
		a.ByLists, a.Says = cannotBe, "not all IP access lists were collected, or not all of them can be read"
	case isAllowed:
		a.by(letIn, "allows", allowed)
	case allows:
		a.ByLists, a.Says = keptOut, "only what is on an enabled list that allows comes in, and it is on none"
	default:
		a.ByLists, a.Says = letIn, "no enabled list blocks it, and none allows other addresses alone"
	}
	a.decide()
	return a
}

// Sentence is the verdict with its reason. Where the lists do not count, it says what they would decide.
func (a Admission) Sentence() string {
	switch {
	case a.Lists == SwitchOff:
		return a.Verdict + ": IP access lists are switched off. Were they on, it would be " + a.ByLists + ", since " + a.Says + "."
	case a.Verdict != a.ByLists:
		return a.Verdict + ": where IP access lists are switched on it is " + a.ByLists + ", since " + a.Says + "."
	}
	return a.Verdict + ": " + a.Says + "."
}

// by has an entry of a list decide.
func (a *Admission) by(verdict, does string, e entryOf) {
	a.ByLists = verdict
	a.List, a.Entry = connector.Shown(connector.KindName, connector.CleanLine(e.list, 80)), connector.Shown(connector.KindAddress, connector.CleanLine(e.entry, 80))
	a.Says = "the list " + a.List + " " + does + " " + a.Entry
}

// decide is what holds now, since the lists may be switched off.
func (a *Admission) decide() {
	switch a.Lists {
	case SwitchOn:
		a.Verdict = a.ByLists
	case SwitchOff:
		a.Verdict = letIn
	default:
		a.Verdict = cannotBe
		if a.ByLists == letIn {
			a.Verdict = letIn
		}
	}
	switch {
	case a.Lists == SwitchOn || a.ByLists == letIn:
	case a.Lists == SwitchOff && a.ByLists == keptOut:
		a.Warns = "Switching IP access lists on would lock this address out."
	case a.Lists == SwitchOff:
		a.Warns = "Whether switching IP access lists on would lock this address out cannot be told."
	default:
		a.Warns = "Whether IP access lists are switched on was not collected."
	}
}

// entryOf is an entry of a list.
type entryOf struct{ list, entry string }

// find looks for an address in the enabled lists of a type.
func (a *Admission) find(at netip.Addr, lists []AddressList, kind string) (found entryOf, is bool) {
	for _, l := range lists {
		if a.unread = a.unread || l.Type == ""; !l.Enabled || l.Type != kind {
			continue
		}
		for _, entry := range l.Entries {
			within, err := rangeOf(entry)
			if a.unread = a.unread || err != nil; err == nil && within.Contains(at) && !is {
				found, is = entryOf{l.Label, entry}, true
			}
		}
	}
	return found, is
}

// rangeOf reads an entry of a list: an address, or a range in the notation of CIDR.
func rangeOf(entry string) (netip.Prefix, error) {
	if at, err := netip.ParseAddr(entry); err == nil {
		return at.Unmap().Prefix(at.Unmap().BitLen()) //nolint:wrapcheck // it is only counted
	}
	return netip.ParsePrefix(entry) //nolint:wrapcheck // as above
}
