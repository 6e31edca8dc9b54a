package authorization

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// Want is what is asked for. Names are understood as Directory.Find does.
type Want struct {
	Grant  []string // are given Can Use
	Remove []string // whose own Can Use is taken
	Whole  *ACL     // the list takes the place of all that there is; nil leaves what is there
	Keep   []string // are given Can Use of their own, whatever else is taken
}

// Plan is a change of a list, with the request that makes it and what it does.
type Plan struct {
	Object   Object
	Before   ACL
	After    ACL
	Replaces bool // the whole list is written, because nothing else takes something away
	Given    ACL  // the lines that are new
	Taken    ACL  // the lines that go
	Effect   Effect
	Method   string
	Body     json.RawMessage
	want     Want
}

// Empty reports whether the list is as it was wanted.
func (p Plan) Empty() bool { return len(p.Given) == 0 && len(p.Taken) == 0 }

// Want is what the plan was made for, to make it again from a newer snapshot.
func (p Plan) Want() Want { return p.want }

// Count is how many tokens are deleted.
func (p Plan) Count() int { return len(p.Effect.Dying) }

// Plan computes a change. It writes nothing. Errors are *connector.Error that are ErrRefused.
func (s *Snapshot) Plan(w Want) (Plan, error) {
	p := Plan{Object: s.Object, Before: s.shown(s.ACL.Sorted()), want: w}
	if s.NoList {
		return p, refusal(ErrRefused, "There are no permissions on personal access tokens yet: Databricks makes the list with the first token.", "Make one token, then plan again.")
	}
	after, err := s.wanted(w)
	if err != nil {
		return p, err
	}
	p.After = s.shown(after.sorted())
	p.Given, p.Taken = p.After.Without(p.Before), p.Before.Without(p.After)
	p.Replaces = len(p.Taken) > 0
	if err := s.mayReplace(p); err != nil {
		return p, err
	}
	if !p.Empty() {
		p.Effect = s.Effect(p.After, p.Replaces)
		p.Method, p.Body, err = p.request()
	}
	return p, err
}

// Without are the lines of the list that another has not.
func (l ACL) Without(other ACL) (out ACL) {
	there := other.draft()
	for _, e := range l {
		if had, ok := there[key(e.Kind, e.Name)]; !ok || had.Level != e.Level {
			out = append(out, e)
		}
	}
	return out
}

// draft is a list while it is changed, with the line of each under its key.
type draft map[string]Entry

func (l ACL) draft() draft {
	d := make(draft, len(l))
	for _, e := range l {
		had, ok := d[key(e.Kind, e.Name)]
		if direct := had.Level == e.Level && had.Inherited; !ok || had.Level < e.Level || direct { // only a direct line is sent back
			d[key(e.Kind, e.Name)] = e
		}
	}
	return d
}

// wanted is the list that is asked for, with the line of the group admins as it is.
func (s *Snapshot) wanted(w Want) (draft, error) {
	after := s.ACL.draft()
	if w.Whole != nil {
		var err error
		if after, err = s.whole(*w.Whole); err != nil {
			return nil, err
		}
	}
	var taken []Principal
	for _, name := range w.Remove {
		p, err := s.Directory.Find(name)
		if err != nil {
			if p, err = s.onList(name, err); err != nil {
				return nil, err
			}
		}
		taken = append(taken, p)
	}
	if err := s.take(after, taken); err != nil {
		return nil, err
	}
	for _, name := range slices.Concat(w.Grant, w.Keep) {
		p, err := s.Directory.Find(name)
		if err != nil {
			return nil, err
		}
		if s.Object == Tokens && p.admins() {
			continue // it has more
		}
		if k := key(p.Kind, p.Name); after[k].Level < CanUse {
			after[k] = Entry{Kind: p.Kind, Name: p.Name, Level: CanUse}
		}
	}
	return after, nil
}

// admins reports whether the principal is the group admins.
func (p Principal) admins() bool { return p.Kind == Group && strings.EqualFold(p.Name.Raw(), Admins) }

// onList finds somebody who is gone from the workspace and still on the list, where nobody else could be meant.
func (s *Snapshot) onList(name string, otherwise error) (Principal, error) {
	if !errors.Is(otherwise, ErrNobody) {
		return Principal{}, otherwise
	}
	kinds, rest := kindsOf(strings.TrimSpace(name))
	var found []Principal
	for _, e := range s.ACL.Sorted() {
		if kinds[e.Kind] && strings.EqualFold(e.Name.Raw(), rest) {
			found = append(found, Principal{Kind: e.Kind, Name: e.Name})
		}
	}
	switch len(found) {
	case 0:
		return Principal{}, otherwise
	case 1:
		return found[0], nil
	}
	return Principal{}, ambiguous(rest, found)
}

// take takes the own lines of some away. Whoever has the level by another way is refused, unless that goes too.
func (s *Snapshot) take(list draft, some []Principal) error {
	var through []Principal
	for _, p := range some {
		if p.admins() && s.Object == Tokens {
			return refusal(ErrLocked, "The group admins keeps Can Manage: "+whyLocked+".", "Take somebody out of the group admins instead.")
		}
		if k := key(p.Kind, p.Name); list[k].Level > NoPermissions {
			delete(list, k)
		} else {
			through = append(through, p)
		}
	}
	left := *s
	left.ACL = list.sorted()
	for _, p := range through {
		if e := left.Of(p); e.Level > NoPermissions && len(e.Ways) > 0 {
			return refusal(ErrThroughElse, fmt.Sprintf("%s has %s by the way of %s.", words.UpperFirst(p.Title()), e.Level, e.Ways[0].Text()),
				"Take it from the group, or take them out of it.")
		}
	}
	return nil
}

// mayReplace refuses to write a whole list that would lose what was not understood, or lock everybody out.
func (s *Snapshot) mayReplace(p Plan) error {
	if p.Replaces && len(s.Strange) > 0 {
		return refusal(ErrStrange, "The list has what this program does not understand, and writing the whole list would lose it: "+list(s.Strange)+".",
			"Change this in Databricks, in the permissions settings. Giving Can Use works here.")
	}
	return s.lockOut(p)
}

// lockOut refuses a list of passwords that lets no admin in any more.
func (s *Snapshot) lockOut(p Plan) error {
	if s.Object != Passwords || !p.Replaces || s.admits(p.After) || !s.admits(p.Before) {
		return nil
	}
	return refusal(ErrLockOut, "No admin could sign in with a password any more, and where single sign-on fails nobody could mend it.", "Keep Can Use for one admin who is a user, or for the group admins.")
}

// line is a line of a request.
type line struct {
	User             string `json:"user_name,omitempty"`
	Group            string `json:"group_name,omitempty"`
	ServicePrincipal string `json:"service_principal_name,omitempty"`
	Level            string `json:"permission_level"`
}

type body struct {
	List []line `json:"access_control_list"`
}

func (l ACL) body() body {
	b := body{List: []line{}}
	for _, e := range l {
		one := line{Level: e.Level.API()}
		switch e.Kind {
		case User:
			one.User = e.Name.Raw()
		case Group:
			one.Group = e.Name.Raw()
		case ServicePrincipal:
			one.ServicePrincipal = e.Name.Raw()
		}
		b.List = append(b.List, one)
	}
	return b
}

// sent is the list as a request has it: what is inherited is not sent, and the line of the group admins always is where it has its own.
func (l ACL) sent() ACL {
	return slices.DeleteFunc(slices.Clone(l), func(e Entry) bool { return e.Inherited && !e.admins() })
}

func (p Plan) request() (method string, encoded json.RawMessage, err error) {
	method, lines := http.MethodPatch, p.Given
	if p.Replaces {
		method, lines = http.MethodPut, p.After.sent()
		if p.Object == Tokens && !slices.ContainsFunc(lines, Entry.admins) {
			lines = append(lines, Entry{Kind: Group, Name: connector.FromRemote(Admins), Level: CanManage})
		}
	}
	encoded, err = json.Marshal(lines.body())
	if err != nil {
		return "", nil, fmt.Errorf("encode a list of permissions: %w", err)
	}
	return method, encoded, nil
}

// Texts are the list in words, a line for each.
func (l ACL) Texts() (out []string) {
	for _, e := range l {
		out = append(out, e.Text())
	}
	return out
}

// Confirm is what a person types to have the plan carried out: how many tokens are deleted, or how many principals lose their passwords.
func (p Plan) Confirm() string {
	if p.Object == Passwords {
		return strconv.Itoa(len(p.Effect.Losing))
	}
	return strconv.Itoa(p.Count())
}

// BeforeBody is the list before the plan as a request would write it.
func (p Plan) BeforeBody() json.RawMessage { return must(json.Marshal(p.Before.sent().body())) }
