package authorization

import (
	"cmp"
	"slices"
)

// Loss is somebody who loses access by a change.
type Loss struct {
	Principal Principal
	Before    Way     // the nearest way of the access that is lost
	Tokens    []Owned // that are deleted
}

// Effect is what a change does to people and to tokens.
type Effect struct {
	Losing  []Loss      // service principals and partners first
	Gaining []Principal // who has access afterwards and had none
	Dying   []Owned     // all tokens that are deleted, in the order of their owners
	Orphans int         // of these, those of owners who had no permission before or are gone
	Unseen  []Principal // groups with members that nothing tells of, who may lose access too
	Veiled  []Principal // such groups that keep access: who is in them loses nothing, so what is taken from the others is not sure
}

// Effect is what a list would do that takes the place of that of the snapshot. replaced tells that the whole list is written: only then does
// Databricks delete the tokens of those who have no permission.
func (s *Snapshot) Effect(after ACL, replaced bool) Effect {
	before, then := s.standing(s.ACL), s.standing(after)
	var e Effect
	dying := map[int][]Owned{}
	if replaced && s.Object == Tokens {
		for _, t := range s.Tokens {
			i, known := s.owner(t)
			if known && then.level(i) >= CanUse {
				continue
			}
			o := s.owned(before, t)
			if known && before.level(i) >= CanUse {
				dying[i] = append(dying[i], o)
			} else {
				e.Orphans++
			}
			e.Dying = append(e.Dying, o)
		}
	}
	for i, p := range s.Directory.all {
		if !s.concerns(p) {
			continue
		}
		had, has := before.level(i) >= CanUse, then.level(i) >= CanUse
		switch {
		case had && !has:
			e.Losing = append(e.Losing, Loss{p, before.effective(i).Ways[0], dying[i]})
		case has && !had:
			e.Gaining = append(e.Gaining, p)
		}
	}
	e.Unseen, e.Veiled = s.unseen(before, then, after)
	slices.SortStableFunc(e.Losing, func(a, b Loss) int {
		return cmp.Or(weight(a.Principal)-weight(b.Principal), cmp.Compare(a.Principal.order(), b.Principal.order()))
	})
	slices.SortStableFunc(e.Dying, func(a, b Owned) int {
		return cmp.Or(weight(a.Principal)-weight(b.Principal), cmp.Compare(a.Principal.order(), b.Principal.order()), b.LastUsed.Compare(a.LastUsed), cmp.Compare(a.ID, b.ID))
	})
	return e
}

// weight puts those first whose loss stops something that runs by itself.
func weight(p Principal) int {
	switch {
	case LooksLikePartner(p):
		return 0
	case p.Kind == ServicePrincipal:
		return 1
	}
	return 2
}

// unseen are the groups with members that nothing tells of, or that nothing at all tells of: those that lose access, and those that have it afterwards.
func (s *Snapshot) unseen(before, then standing, after ACL) (losing, keeping []Principal) {
	seen := map[int]bool{}
	for _, i := range s.Directory.opaque {
		switch had, has := before.level(i) >= CanUse, then.level(i) >= CanUse; {
		case seen[i]:
		case has:
			keeping = append(keeping, s.Directory.all[i])
		case had:
			losing = append(losing, s.Directory.all[i])
		}
		seen[i] = true
	}
	kept := after.draft()
	for _, e := range s.ACL {
		if _, known := s.Directory.byName[key(e.Kind, e.Name)]; known || e.Kind != Group {
			continue
		}
		gone := Principal{Kind: Group, Name: e.Name}
		if kept[key(e.Kind, e.Name)].Level == NoPermissions {
			losing = append(losing, gone)
		} else {
			keeping = append(keeping, gone)
		}
	}
	return losing, keeping
}

// Same reports whether two effects take the same from the same, so that what a person confirmed is what happens.
func (e Effect) Same(other Effect) bool {
	token := func(a, b Owned) bool { return a.ID == b.ID }
	loss := func(a, b Loss) bool {
		return a.Principal.same(b.Principal) && slices.EqualFunc(a.Tokens, b.Tokens, token)
	}
	return slices.EqualFunc(e.Losing, other.Losing, loss) && slices.EqualFunc(e.Dying, other.Dying, token) &&
		slices.EqualFunc(e.Unseen, other.Unseen, Principal.same) && slices.EqualFunc(e.Veiled, other.Veiled, Principal.same)
}

func (p Principal) same(q Principal) bool { return key(p.Kind, p.Name) == key(q.Kind, q.Name) }

// SettingEffect is what it would do to switch tokens off or on, or to limit their life.
type SettingEffect struct {
	Stopping, Reviving []Owned // tokens that stop working or work again; none is deleted
	Longer             []Owned // that last longer than a new one may, and stay as they are
}

// SettingEffect is what a change of the settings would do.
func (s *Snapshot) SettingEffect(to Settings) (e SettingEffect) {
	for _, o := range s.Owned() {
		if o.Has(Ended) || o.Has(OwnerGone) || o.Has(Powerless) {
			continue
		}
		switch {
		case s.Settings.Enabled && !to.Enabled:
			e.Stopping = append(e.Stopping, o)
		case !s.Settings.Enabled && to.Enabled:
			e.Reviving = append(e.Reviving, o)
		}
		if to.MaxDays > 0 && (o.Expires.IsZero() || o.Expires.Sub(o.Created).Hours() > float64(to.MaxDays*24)) {
			e.Longer = append(e.Longer, o)
		}
	}
	return e
}

// admits reports whether the list of passwords lets an active admin in who is a user.
func (s *Snapshot) admits(list ACL) bool {
	st := s.standing(list)
	for i, p := range s.Directory.all {
		if p.Kind == User && p.Active && st.admins[i].ok && st.using[i].ok {
			return true
		}
	}
	return false
}
