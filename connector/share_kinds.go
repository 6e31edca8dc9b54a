package connector

import "slices"

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
