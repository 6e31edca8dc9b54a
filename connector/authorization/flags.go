package authorization

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/partner/called"
	"github.com/draftt-io/draftt-databricks/words"
)

const day = 24 * time.Hour

// idleEnd is how long a token can go unused before Databricks revokes it.
const idleEnd = 90 * day

// Flag is what is remarkable about a token.
type Flag string

// The flags of tokens. A partner's is told by its owner's name, in the manner of Partner Connect, so it may be somebody else's.
const (
	NoEnd         Flag = "no end"
	Ended         Flag = "ended"
	Stale         Flag = "stale"
	OwnerInactive Flag = "owner inactive"
	OwnerGone     Flag = "owner gone"
	Powerless     Flag = "owner has no permission"
	TooLong       Flag = "longer than new ones may"
	Partner       Flag = "partner"
)

// Flags are all of them.
var Flags = []Flag{NoEnd, Ended, Stale, OwnerInactive, OwnerGone, Powerless, TooLong, Partner}

// Owned is a token with what the snapshot tells of its owner.
type Owned struct {
	Token
	Principal Principal // the owner; without an ID where it is gone
	Gone      bool
	Flags     []Flag
	IdleLeft  time.Duration // until Databricks revokes it when it is not used; 0 for one that is over that
}

// Has reports whether the token has a flag.
func (o Owned) Has(f Flag) bool { return slices.Contains(o.Flags, f) }

// LooksLikePartner reports whether a service principal has the name that Partner Connect gives that of a known partner.
func LooksLikePartner(p Principal) bool {
	if p.Kind != ServicePrincipal {
		return false
	}
	_, known, _ := called.Of(p.DisplayName.Raw(), called.UserEnd)
	return known
}

// OwnedBy reports whether a token belongs to who has this id and, in lists of permissions, this name. The owner is who the workspace names as such,
// else who made it, by the id before the name.
func (t Token) OwnedBy(id connector.SCIMID, name connector.Remote) bool {
	switch {
	case t.Owner != "":
		return t.Owner == id
	case t.CreatedByID != "":
		return t.CreatedByID == id
	}
	return name.Raw() != "" && strings.EqualFold(t.CreatedBy.Raw(), name.Raw())
}

// owner finds the owner of a token, as OwnedBy has it.
func (s *Snapshot) owner(t Token) (int, bool) {
	if id := cmp.Or(t.Owner, t.CreatedByID); id != "" {
		i, ok := s.Directory.byID[id]
		return i, ok && s.Directory.all[i].Kind != Group
	}
	for _, kind := range []Kind{User, ServicePrincipal} {
		if i, ok := s.Directory.byName[key(kind, t.CreatedBy)]; ok {
			return i, true
		}
	}
	return 0, false
}

// Owned are all tokens with their owners and flags, as of the time of the snapshot, in the order of the workspace.
func (s *Snapshot) Owned() []Owned {
	st := s.standing(s.ACL)
	out := make([]Owned, len(s.Tokens))
	for n, t := range s.Tokens {
		out[n] = s.owned(st, t)
	}
	return out
}

func (s *Snapshot) owned(st standing, t Token) Owned {
	o := Owned{Token: t}
	i, known := s.owner(t)
	idle := s.At.Sub(t.IdleSince(s.At))
	o.IdleLeft = max(0, idleEnd-idle)
	flag := func(f Flag, is bool) {
		if is {
			o.Flags = append(o.Flags, f)
		}
	}
	if known {
		o.Principal = s.Directory.all[i]
	} else {
		o.Gone, o.Principal = true, Principal{Name: t.CreatedBy}
	}
	flag(NoEnd, t.Expires.IsZero())
	flag(Ended, !t.Expires.IsZero() && !s.At.Before(t.Expires))
	flag(Stale, idle >= idleEnd)
	flag(OwnerInactive, known && !o.Principal.Active)
	flag(OwnerGone, !known)
	flag(Powerless, known && !s.NoList && !s.Limited && st.level(i) < CanUse)
	flag(TooLong, s.Settings.MaxDays > 0 && (t.Expires.IsZero() || t.Expires.Sub(t.Created) > time.Duration(s.Settings.MaxDays)*day))
	flag(Partner, known && LooksLikePartner(o.Principal))
	return o
}

// IdleSince is since when a token is known not to have been used. Of its last use a workspace tells the day alone, so that it may have been used until the
// end of that day, or until now.
func (t Token) IdleSince(now time.Time) time.Time {
	if t.LastUsed.IsZero() {
		return t.Created
	}
	used := t.LastUsed.UTC().Truncate(day).Add(day)
	switch {
	case used.After(now):
		used = now
	case used.Before(t.Created):
		used = t.Created
	}
	return used
}

// Mine reports whether the token belongs to who the session signed in as.
func (s *Snapshot) Mine(o Owned) bool {
	return !o.Gone && (s.Me.ID != "" && o.Principal.ID == s.Me.ID || strings.EqualFold(o.Principal.Name.Raw(), s.Me.Name.Raw()))
}

// Order is what tokens can be sorted by.
type Order string

// The orders of tokens.
const (
	ByOwner   Order = "owner"
	ByCreated Order = "created"
	ByUsed    Order = "used"
	ByEnd     Order = "end"
)

// Orders are all of them.
var Orders = []Order{ByOwner, ByCreated, ByUsed, ByEnd}

var orders = map[Order]func(a, b Owned) int{
	ByOwner: func(a, b Owned) int {
		return cmp.Compare(strings.ToLower(a.Principal.order()), strings.ToLower(b.Principal.order()))
	},
	ByCreated: func(a, b Owned) int { return a.Created.Compare(b.Created) },
	ByUsed:    func(a, b Owned) int { return a.LastUsed.Compare(b.LastUsed) },
	ByEnd: func(a, b Owned) int { // what never ends comes last
		if a.Expires.IsZero() != b.Expires.IsZero() {
			return map[bool]int{true: 1, false: -1}[a.Expires.IsZero()]
		}
		return a.Expires.Compare(b.Expires)
	},
}

// Sort sorts tokens.
func Sort(tokens []Owned, by Order) {
	slices.SortStableFunc(tokens, func(a, b Owned) int { return cmp.Or(orders[by](a, b), cmp.Compare(a.ID, b.ID)) })
}

// Filter is which tokens are meant. The zero value means all.
type Filter struct {
	Text  string // in the owner, the comment or the id, without regard to case
	Flags []Flag // all of them
	IDs   []string
}

// Matches reports whether a token is meant.
func (f Filter) Matches(o Owned) bool {
	for _, flag := range f.Flags {
		if !o.Has(flag) {
			return false
		}
	}
	if len(f.IDs) > 0 && !slices.Contains(f.IDs, o.ID) {
		return false
	}
	text := strings.ToLower(f.Text)
	for _, field := range []string{o.Principal.Name.Raw(), o.Principal.DisplayName.Raw(), o.Comment.Raw(), o.ID} {
		if strings.Contains(strings.ToLower(field), text) {
			return true
		}
	}
	return false
}

// Headings are those of the columns of a token.
var Headings = []string{"OWNER", "KIND", "COMMENT", "CREATED", "LAST USED", "ENDS", "FLAGS", "ID"}

// Columns are a token as a row under Headings.
func (s *Snapshot) Columns(o Owned) []string {
	var flags []string
	for _, f := range o.Flags {
		flags = append(flags, string(f))
	}
	if !o.Has(Stale) && !o.Has(Ended) && o.IdleLeft < 30*day {
		flags = append(flags, "ends in "+words.Count(DaysLeft(o.IdleLeft), "day")+" if not used")
	}
	kind := o.Principal.Kind.Noun()
	if o.Gone {
		kind = ""
	}
	return []string{
		o.Principal.Label(), kind, o.Comment.String(), date(o.Created, "not known"), date(o.LastUsed, "never"), date(o.Expires, "never"),
		strings.Join(flags, ", "), o.ID,
	}
}

// DaysLeft are the days that a time takes until it is over, one that has begun among them.
func DaysLeft(left time.Duration) int { return int((left + day - 1) / day) }

// date is a day, and never the text for none.
func date(t time.Time, none string) string {
	if t.IsZero() {
		return none
	}
	return t.UTC().Format(time.DateOnly)
}

// ParseFlag reads a flag as a command line gives it: its words with hyphens. Errors are *connector.Error.
func ParseFlag(text string) (Flag, error) {
	var names []string
	for _, f := range Flags {
		if name := strings.ReplaceAll(string(f), " ", "-"); name == text || string(f) == text {
			return f, nil
		} else {
			names = append(names, name)
		}
	}
	return "", &connector.Error{Kind: connector.ErrInput, What: connector.CleanLine(text, 40) + " is no flag of tokens.", Remedy: "Give one of " + list(names) + "."}
}
