package check

import (
	"context"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/contain"
	"github.com/draftt-io/draftt-databricks/words"
)

// readOnly compares the privileges that the workspace names for this principal with the read-only set, and looks who owns what was
// chosen: an owner may do everything. It never writes to prove anything. Privileges that come through a group may not be named, so a clean
// answer is what was seen, not a certificate.
func readOnly(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Schema.IsZero() {
		return skipped("no schema is chosen yet")
	}
	if s.Schema.Legacy() {
		return unknown("hive_metastore does not show its privileges over REST")
	}
	objects := []grants.Object{grants.Catalog(s.Schema.Catalog), grants.Schema(s.Schema)}
	for _, name := range s.Tables {
		objects = append(objects, grants.Table(name, ""))
	}
	name, err := s.name(ctx)
	if err != nil {
		return notShownFor("this principal", err)
	}
	var power, unseen []string
	var wait contain.Group
	wait.Go("looking who owns it", func() { power, unseen = s.power(ctx, objects, name) })
	held, errs := make([][]connector.Grant, len(objects)), make([]error, len(objects))
	each(len(objects), func(i int) {
		held[i], errs[i] = s.Workspace.Effective(ctx, objects[i].Type, objects[i].Full(), name)
	})
	wait.Wait()
	var all []connector.Grant
	for i, object := range objects {
		if errs[i] != nil {
			return notShownFor(object.String(), errs[i])
		}
		all = append(all, held[i]...)
	}
	return beyond(append(grants.BeyondReading(objects, held, name), power...), all, unseen).keeping(func(s *Subject) { s.Held = all })
}

// beyond is the result. Whoever reads holds something: where nothing at all is named, what is held does not show, and where something could
// not be looked at, a clean rest proves nothing.
func beyond(extra []string, held []connector.Grant, unseen []string) Result {
	switch {
	case len(extra) == 0 && len(unseen) > 0:
		return unknown("the workspace does not show " + strings.Join(unseen, " and "))
	case len(extra) == 0 && len(held) == 0:
		return unknown("the workspace names no privilege of this principal, so what it holds does not show")
	case len(extra) == 0:
		return passed("no privilege seen beyond reading")
	}
	f := findingOf("beyond-read-only")
	f.Reason = "The principal holds " + strings.Join(extra[:min(3, len(extra))], ", ") + ". Draftt needs none of it."
	f.Remedy.Text = "Have the owner revoke it, or use a principal of its own for Draftt."
	return failed(f, words.Count(len(extra), "privilege")+" beyond read-only")
}

// power is what lets the principal do more than it is granted: owning what was chosen or the metastore, itself or through a group, and
// being an admin. A refusal to show an owner is no gap, because an owner sees what it owns; any other error is one, and is in unseen.
func (s *Subject) power(ctx context.Context, objects []grants.Object, name connector.Remote) (power, unseen []string) {
	names := []string{name.Raw()}
	me, err := s.whoami(ctx)
	if err != nil && !grants.Refused(err) {
		unseen = append(unseen, "the groups of this principal")
	}
	for _, group := range me.Groups {
		names = append(names, group.Raw())
		if group.Raw() == grants.AdminsGroup {
			power = append(power, "membership of "+grants.AdminsGroup)
		}
	}
	owners, errs := make([]connector.Remote, len(objects)+1), make([]error, len(objects)+1)
	each(len(owners), func(i int) {
		if i == len(objects) {
			owners[i], errs[i] = s.Workspace.MetastoreOwner(ctx)
			return
		}
		var seen sighting
		seen, errs[i] = s.look(ctx, objects[i])
		owners[i] = seen.owner
	})
	for i := range owners {
		what := "the metastore"
		if i < len(objects) {
			what = objects[i].Title()
		}
		isOwner := func(name string) bool { return owners[i].Raw() != "" && strings.EqualFold(name, owners[i].Raw()) }
		switch {
		case errs[i] != nil && !grants.Refused(errs[i]), errs[i] == nil && owners[i].Raw() == "" && i == len(objects):
			unseen = append(unseen, "who owns "+what)
		case slices.ContainsFunc(names, isOwner):
			power = append(power, "ownership of "+what)
		}
	}
	return power, unseen
}

func notShownFor(whose string, err error) Result {
	result := unknown("the workspace does not show the privileges on " + whose)
	result.Detail = said(err)
	return result
}

// notShown is the result of a stage about what the workspace shows of a principal when that takes too long.
func notShown() Result { return unknown("the workspace did not show it in time") }
