package connector

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// principals are the kinds of which one may have the name of another: a user, a group and a service principal can all be called reports.
var principals = []Kind{KindUser, KindSP, KindGroup}

// namesake reports whether a value that is a principal's name is now known to be that of one of another kind as well. What was shown before keeps the alias
// that it had.
func (t *thing) namesake(kind Kind) bool {
	return t.number == 0 && t.kind != kind && slices.Contains(principals, t.kind) && slices.Contains(principals, kind)
}

// share has a value stand for several things from now on: its alias says that it is a name, and no longer whose. The other values of each keep theirs. The
// caller holds the lock.
func (r *Registry) share(value string, of *thing) *thing {
	both := &thing{kind: KindName, several: true}
	for _, form := range formsOf(value) {
		if r.things[form] == of {
			r.things[form] = both
		}
	}
	return both
}

var applicationID = pattern.New(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// PrincipalKind tells of which kind a principal is that is named where no kind stands beside it, as in a grant: users go by their e-mail, service
// principals by their application ID, and groups by their name.
func PrincipalKind(name string) Kind {
	switch {
	case strings.Contains(name, "@"):
		return KindUser
	case applicationID().MatchString(name):
		return KindSP
	}
	return KindGroup
}

// of is the kind of a value that is said to be of this one: where Databricks names whoever did something as a user, it may be a service principal, which goes
// by its application ID.
func (k Kind) of(value string) Kind {
	if k == KindUser && applicationID().MatchString(value) {
		return KindSP
	}
	return k
}

// Behind gives what an alias stands for that was shown, in lower case: the values of one thing, such as the name and the ID of a warehouse. It gives nothing
// for any other text.
func (r *Registry) Behind(alias string) (values []string) {
	if !isAlias(alias) {
		return nil
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, all := range []map[string]*thing{r.things, r.cases} {
		for value, t := range all {
			if t.number > 0 && strings.EqualFold(r.alias(t), alias) {
				values = append(values, strings.ToLower(value))
			}
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}
