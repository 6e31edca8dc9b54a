package authorization

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Entry is a line of a list of permissions.
type Entry struct {
	Kind      Kind
	Name      connector.Remote
	Level     Level
	Inherited bool // from what stands above; it is not sent back

	shown string // what a person knows them by, where that is another name
}

// admins reports whether the line is that of the group admins.
func (e Entry) admins() bool { return e.Kind == Group && strings.EqualFold(e.Name.Raw(), Admins) }

// Text is the line in words.
func (e Entry) Text() string {
	name := e.Name.String()
	if e.shown != "" {
		name = e.shown + " (" + name + ")"
	}
	return e.Kind.Noun() + " " + name + ": " + e.Level.String()
}

// shown is a list in which everybody has the name that a person knows them by.
func (s *Snapshot) shown(l ACL) ACL {
	for i, e := range l {
		if p, known := s.Directory.Named(e.Kind, e.Name); known && p.Label() != e.Name.String() {
			l[i].shown = p.Label()
		}
	}
	return l
}

// ACL is a list of permissions.
type ACL []Entry

// Sorted is the list in one order, with one line for each and the group admins last, so that two lists can be compared.
func (l ACL) Sorted() ACL { return l.draft().sorted() }

func (d draft) sorted() ACL {
	out := slices.Collect(maps.Values(d))
	slices.SortFunc(out, func(a, b Entry) int {
		if a.admins() != b.admins() {
			return map[bool]int{true: 1, false: -1}[a.admins()]
		}
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(strings.ToLower(a.Name.Raw()), strings.ToLower(b.Name.Raw())))
	})
	return out
}

// Same reports whether two lists give the same levels to the same principals.
func (l ACL) Same(other ACL) bool {
	return slices.EqualFunc(l.Sorted(), other.Sorted(), func(a, b Entry) bool { return key(a.Kind, a.Name) == key(b.Kind, b.Name) && a.Level == b.Level })
}

// Token is a personal access token as an admin sees it. Its value is not known to anybody any more.
type Token struct {
	ID          string
	Owner       connector.SCIMID // empty where the workspace does not say
	CreatedBy   connector.Remote
	CreatedByID connector.SCIMID
	Comment     connector.Remote
	Created     time.Time
	Expires     time.Time // zero: never
	LastUsed    time.Time // a day; zero where it was never used
	Scopes      []string  // empty for all APIs
}

// Settings are what a workspace sets of tokens.
type Settings struct {
	Known   bool // they could be read
	Enabled bool // tokens may be made and used
	MaxDays int  // the longest life of a new token in days, 0 for no limit of the workspace's own
}

// Snapshot is all that a session read about tokens or passwords.
type Snapshot struct {
	Object    Object
	Host      string
	At        time.Time
	ACL       ACL
	Strange   []string // lines of the list that were not understood, in words: writing the whole list would lose them
	Directory *Directory
	Tokens    []Token // none for passwords
	Settings  Settings
	Me        connector.Principal
	ByToken   bool // the session itself signed in with a personal access token
	NoList    bool // there is no list yet, because no token was ever made
	Preview   bool // the workspace has the list at the path of the permissions preview alone

	// Limited tells that who signed in is no workspace admin, and is shown neither the list nor the tokens of others. Whom they could ask are
	// then the Admins, as far as that is shown.
	Limited bool
	Admins  []string
}

// Path is where this workspace has the list.
func (s *Snapshot) Path() string {
	if s.Preview {
		return s.Object.PreviewPath()
	}
	return s.Object.Path()
}

// Way is one way that a level comes to somebody.
type Way struct {
	Level  Level
	Holder Principal   // who is on the list
	Path   []Principal // the groups on the way, the holder first; empty for somebody who is on the list
}

// Text is the way in words.
func (w Way) Text() string {
	switch len(w.Path) {
	case 0:
		return "direct"
	case 1:
		return "group " + w.Path[0].Label()
	}
	var through []string
	for _, p := range slices.Backward(w.Path[1:]) {
		through = append(through, p.Label())
	}
	return "group " + w.Path[0].Label() + ", through " + strings.Join(through, " in ")
}

// Effective is the level that somebody has in the end.
type Effective struct {
	Principal Principal
	Level     Level
	Admin     bool
	Ways      []Way // the nearest first; of Levels only the nearest of the highest level
	Locked    string
}

// Can reports whether somebody may do a task.
func (e Effective) Can(t Task) bool { return t.Allows(e.Level, e.Admin) }

// holders are those on the list with at least the level, as far as the directory knows them.
func (s *Snapshot) holders(list ACL, least Level) (out []int) {
	for _, e := range list {
		if e.Level < least {
			continue
		}
		if i, ok := s.Directory.byName[key(e.Kind, e.Name)]; ok {
			out = append(out, i)
		}
	}
	return out
}

// admins is the group of workspace admins.
func (s *Snapshot) admins() []int {
	if i, ok := s.Directory.byName[key(Group, connector.FromRemote(Admins))]; ok {
		return []int{i}
	}
	return nil
}

// standing is everybody's level under a list.
type standing struct {
	snapshot      *Snapshot
	using, admins []reached
}

func (s *Snapshot) standing(list ACL) standing {
	return standing{s, s.Directory.reach(s.holders(list, CanUse)), s.Directory.reach(s.admins())}
}

// level is that of the principal at a place of the directory. Workspace admins manage tokens whatever the list says; of passwords they have what
// the list gives them.
func (st standing) level(i int) Level {
	switch {
	case st.admins[i].ok && st.snapshot.Object == Tokens:
		return CanManage
	case st.using[i].ok:
		return CanUse
	}
	return NoPermissions
}

func (st standing) effective(i int) Effective {
	d := st.snapshot.Directory
	e := Effective{Principal: d.all[i], Level: st.level(i), Admin: st.admins[i].ok}
	found := st.using
	if e.Level == CanManage {
		found, e.Locked = st.admins, whyLocked
	}
	if e.Level > NoPermissions {
		path := d.way(i, found)
		w := Way{Level: e.Level, Holder: e.Principal, Path: path}
		if len(path) > 0 {
			w.Holder = path[0]
		}
		e.Ways = []Way{w}
	}
	return e
}

// concerns reports whether somebody can have what the list is about: a service principal has no password, and a group only passes a level on.
func (s *Snapshot) concerns(p Principal) bool {
	return p.Kind == User || p.Kind == ServicePrincipal && s.Object != Passwords
}

// Levels are the effective levels of all users and service principals, of passwords of the users alone, the highest first.
func (s *Snapshot) Levels() []Effective {
	st := s.standing(s.ACL)
	var out []Effective
	for i, p := range s.Directory.all {
		if s.concerns(p) {
			out = append(out, st.effective(i))
		}
	}
	slices.SortStableFunc(out, func(a, b Effective) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), cmp.Compare(a.Principal.Kind, b.Principal.Kind), cmp.Compare(a.Principal.order(), b.Principal.order()))
	})
	return out
}

// Of is the effective level of one principal, a group too, with every way that it comes.
func (s *Snapshot) Of(p Principal) Effective {
	i, ok := s.Directory.byName[key(p.Kind, p.Name)]
	if !ok {
		return Effective{Principal: p}
	}
	e := s.standing(s.ACL).effective(i)
	e.Ways = nil
	for _, entry := range s.ACL.Sorted() {
		holder, known := s.Directory.byName[key(entry.Kind, entry.Name)]
		if !known {
			continue
		}
		found := s.Directory.reach([]int{holder})
		if !found[i].ok {
			continue
		}
		e.Ways = append(e.Ways, Way{entry.Level, s.Directory.all[holder], s.Directory.way(i, found)})
	}
	slices.SortStableFunc(e.Ways, func(a, b Way) int {
		return cmp.Or(cmp.Compare(b.Level, a.Level), cmp.Compare(len(a.Path), len(b.Path)))
	})
	return e
}

// Who are all users and service principals that may do a task.
func (s *Snapshot) Who(t Task) []Effective {
	return slices.DeleteFunc(s.Levels(), func(e Effective) bool { return !e.Can(t) })
}
