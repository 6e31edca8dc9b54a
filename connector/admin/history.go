package admin

import (
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// history is what the journal tells about one workspace, oldest first.
type history []Entry

func (j *Journal) history(host connector.Host) (history, error) {
	all, err := j.Entries()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(history(all), func(e Entry) bool { return e.Host != host.String() }), nil
}

// ended gives the last entry that ends a step, if it has one. A step can be started again after it failed.
func (h history) ended(plan string, step int) (Entry, bool) {
	for i := len(h) - 1; i >= 0; i-- {
		if e := h[i]; e.Plan == plan && e.Step == step && e.Event != Planned {
			return e, e.Event != Started
		}
	}
	return Entry{}, false
}

// success gives the entry of a step that was taken.
func (h history) success(plan string, step int) (Entry, bool) {
	e, ok := h.ended(plan, step)
	return e, ok && e.Event != Failed
}

// openEnd gives the start of the last creation, among those that match, after which nothing shows that it was taken or cleaned up. The
// workspace may have made something that nobody was told about. A step that the workspace refused made nothing.
func (h history) openEnd(matches func(Entry) bool, cleansUp func(Entry) bool) (Entry, bool) {
	type step struct {
		plan string
		at   int
	}
	refused := map[step]bool{}
	for i := len(h) - 1; i >= 0; i-- {
		e := h[i]
		this := step{e.Plan, e.Step}
		switch {
		case cleansUp(e) && (e.Event == Done || e.Event == Already):
			return Entry{}, false
		case e.Event == Failed:
			refused[this] = e.Refused
		case e.Event == Started && refused[this]:
			delete(refused, this) // an earlier try of the same step may be open still
		case matches(e) && e.Event == Started:
			return e, true
		}
	}
	return Entry{}, false
}

// madeSecrets gives the fingerprint of each secret of a principal that was made here, by id.
func (h history) madeSecrets(scimID connector.SCIMID) map[string]string {
	made := map[string]string{}
	for _, e := range h {
		if e.Kind == CreateSecret && e.Event == Done && e.Target.ID == scimID {
			made[e.Result.SecretID] = e.Result.Fingerprint
		}
	}
	return made
}

// createdHere picks the service principal that was made here: by the journal, or, when a creation was interrupted, the one that was not
// there before it.
func (h history) createdHere(displayName string, found []ServicePrincipal) (ServicePrincipal, bool) {
	mine := func(e Entry) bool { return e.Kind == CreatePrincipal && e.Target.DisplayName == displayName }
	for i := len(h) - 1; i >= 0; i-- {
		if e := h[i]; mine(e) && e.Event == Done {
			if k := slices.IndexFunc(found, func(p ServicePrincipal) bool { return p.ID == e.Target.ID }); k >= 0 {
				return found[k], true
			}
		}
	}
	if start, open := h.openEnd(mine, mine); open {
		fresh := slices.DeleteFunc(slices.Clone(found), func(p ServicePrincipal) bool { return slices.Contains(start.Known, string(p.ID)) })
		if len(fresh) == 1 {
			return fresh[0], true
		}
	}
	return ServicePrincipal{}, false
}

// sameTime is how far the workspace's clock and this machine's may be apart for a secret to count as made by an interrupted step.
const sameTime = 10 * time.Minute

// lost lists the secrets of a principal that this program made and whose value nobody has: made, but in no saved connection, or made by a
// step that was interrupted before the value arrived.
func (h history) lost(scimID connector.SCIMID, secrets []SecretInfo, inUse []connector.Secret) []SecretInfo {
	made := h.madeSecrets(scimID)
	of := func(kind Kind) func(Entry) bool {
		return func(e Entry) bool { return e.Kind == kind && e.Target.ID == scimID }
	}
	start, open := h.openEnd(of(CreateSecret), func(e Entry) bool { return of(CreateSecret)(e) || of(DeleteSecret)(e) })
	var out []SecretInfo
	for _, s := range secrets {
		fingerprint, known := made[s.ID]
		switch {
		case known && !slices.ContainsFunc(inUse, func(u connector.Secret) bool { return u.Fingerprint() == fingerprint }):
			out = append(out, s)
		case !known && open && !slices.Contains(start.Known, s.ID) && (s.Created.IsZero() || s.Created.Sub(start.At).Abs() < sameTime):
			out, open = append(out, s), false
		}
	}
	return out
}

// using gives the id of the secret that one of the saved connections signs in with, as far as the journal knows it.
func (h history) using(scimID connector.SCIMID, secrets []SecretInfo, inUse []connector.Secret) (ids []string) {
	for id, fingerprint := range h.madeSecrets(scimID) {
		there := slices.ContainsFunc(secrets, func(s SecretInfo) bool { return s.ID == id })
		if there && slices.ContainsFunc(inUse, func(u connector.Secret) bool { return u.Fingerprint() == fingerprint }) {
			ids = append(ids, id)
		}
	}
	return ids
}

// Deleted are the service principals of a workspace that plans of this journal deleted, or were about to delete when they ended.
func (j *Journal) Deleted(host connector.Host) ([]Target, error) {
	past, err := j.history(host)
	var out []Target
	for _, e := range past {
		if e.Kind == DeletePrincipal && (e.Event == Started || e.Event == Done || e.Event == Already) && !slices.Contains(out, e.Target) {
			out = append(out, e.Target)
		}
	}
	return out, err
}
