package estate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// The first ids of those who are made here. SCIM ids are numbers, of users and service principals of 16 digits.
const (
	firstGroup   = 2_300_001
	firstUser    = 8_860_000_000_000_000
	firstService = 5_110_000_000_000_000
)

// A family is a chain of as many groups as count, and groups that hang from it.
const (
	family = 20
	chain  = 10
)

// addGroups makes groups until the account has so many.
func (f *filling) addGroups() {
	for i := range f.size.Groups - len(f.InAccount().List(model.Group)) {
		p := model.Principal{Kind: model.Group, ID: strconv.Itoa(firstGroup + i), Name: f.groupName(i)}
		if at, within := parent(i % family); within {
			p.MemberOf = []string{f.groupName(i - i%family + at)}
		}
		if throw(f.size.Seed, forGroups, i/family).inHundred(60, 0) {
			p.Profile.ExternalID = identifier(p.Name) // whole families come from the identity provider
		}
		f.AddPrincipal(p)
		f.groups = append(f.groups, p.Name)
	}
}

// parent is the group that one of a family is in: one of the chain in the one before it, the others in one of the chain each, and the last in
// the first, because in the last of the chain it would not count any more.
func parent(k int) (in int, within bool) {
	switch {
	case k == 0:
		return 0, false
	case k < chain:
		return k - 1, true
	case k == family-1:
		return 0, true
	}
	return k - chain, true
}

// groupName is a name such as commerce-004-site-auditors.
func (f *filling) groupName(i int) string {
	number, k := i/family, i%family
	name := fmt.Sprintf("%s-%03d-%s", divisions[number%len(divisions)], number, layers[k%chain])
	if k >= chain {
		name += "-" + roles[(k-chain)%len(roles)]
	}
	return name
}

// services is how many service principals are made: one in sixteen.
func (s Size) services() int { return s.Principals / 16 }

// addPeople makes users and service principals until the account has so many.
func (f *filling) addPeople() {
	there := len(f.InAccount().List(model.User)) + len(f.InAccount().List(model.ServicePrincipal))
	for i := range f.size.Principals - there - f.size.services() {
		f.addUser(i)
	}
	for i := range f.size.services() {
		f.addService(i)
	}
}

// administrators are so many users, the first ones.
const administrators = 3

func (f *filling) addUser(i int) {
	d := throw(f.size.Seed, forUsers, i)
	given, last, round := givenNames[i%len(givenNames)], familyNames[i/len(givenNames)%len(familyNames)], i/len(givenNames)/len(familyNames)
	p := model.Principal{
		Kind: model.User, ID: strconv.Itoa(firstUser + i), DisplayName: given + " " + last, Active: !d.inHundred(3, 0),
		Name:     plain.Replace(strings.ToLower(given + "." + last)),
		MemberOf: append(f.someGroups(d), model.WorkspaceUsers),
		Profile:  model.Profile{GivenName: given, FamilyName: last},
	}
	if round > 0 {
		p.Name += strconv.Itoa(round + 1)
	}
	p.Name += "@contoso.example"
	if i < administrators {
		p.MemberOf = append(p.MemberOf, model.Admins)
	}
	f.AddPrincipal(p)
	f.users = append(f.users, p.Name)
}

// plain spells names as mail does.
var plain = strings.NewReplacer("ö", "o", "ó", "o")

func (f *filling) addService(i int) {
	d := throw(f.size.Seed, forServices, i)
	name := fmt.Sprintf("svc-%s-%s-%03d", of(d, divisions, 0), of(d, purposes, 1), i)
	p := model.Principal{
		Kind: model.ServicePrincipal, ID: strconv.Itoa(firstService + i), Name: identifier(name), DisplayName: name, Active: true,
		MemberOf: append(f.someGroups(d), model.WorkspaceUsers), EntraManaged: d.inHundred(30, 2),
	}
	f.AddPrincipal(p)
	f.services = append(f.services, p.Name)
}

// someGroups are one to three groups.
func (f *filling) someGroups(d dice) []string {
	var out []string
	for turn := range 1 + d.below(3, 10) {
		if name := of(d, f.groups, 20+turn); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// identifier is the UUID of a name: the same in every run.
func identifier(name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("contoso.example/"+name)).String()
}
