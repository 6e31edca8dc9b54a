package check

import (
	"context"
	"fmt"
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
	var power []string
	var wait contain.Group
	wait.Go("looking who owns it", func() { power = s.power(ctx, objects, name) })
	held, errs := make([][]connector.Grant, len(objects)), make([]error, len(objects))
	each(len(objects), func(i int) {
		held[i], errs[i] = s.Workspace.Effective(ctx, objects[i].Type, objects[i].Full(), name)
	})
	wait.Wait()
	var all []connector.Grant
	var extra []string
	for i, object := range objects {
		if errs[i] != nil {
			return notShownFor(object.String(), errs[i])
		}
		all = append(all, held[i]...)
		for _, g := range grants.Beyond(held[i]) {
			extra = append(extra, fmt.Sprintf("%s on %s", connector.CleanLine(g.Privilege.SQL(), 40), object))
		}
	}
	return beyond(append(extra, power...)).keeping(func(s *Subject) { s.Held = all })
}

func beyond(extra []string) Result {
	if len(extra) == 0 {
		return passed("no privilege seen beyond reading")
	}
	f := findingOf("beyond-read-only")
	f.Reason = "The principal holds " + strings.Join(extra[:min(3, len(extra))], ", ") + ". Draftt needs none of it."
	f.Remedy.Text = "Have the owner revoke it, or use a principal of its own for Draftt."
	return failed(f, words.Count(len(extra), "privilege")+" beyond read-only")
}

// power is what lets the principal do more than it is granted: owning what was chosen or the metastore, itself or through a group, and
// being an admin. What cannot be seen is left out: an owner sees what it owns.
func (s *Subject) power(ctx context.Context, objects []grants.Object, name connector.Remote) []string {
	names := []string{name.Raw()}
	var power []string
	if me, err := s.whoami(ctx); err == nil {
		for _, group := range me.Groups {
			names = append(names, group.Raw())
			if group.Raw() == grants.AdminsGroup {
				power = append(power, "membership of "+grants.AdminsGroup)
			}
		}
	}
	isOwner := func(owner connector.Remote, err error) bool {
		return err == nil && owner.Raw() != "" && slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, owner.Raw()) })
	}
	owned := make([]bool, len(objects)+1)
	each(len(owned), func(i int) {
		if i == len(objects) {
			owned[i] = isOwner(s.Workspace.MetastoreOwner(ctx))
			return
		}
		seen, err := s.look(ctx, objects[i])
		owned[i] = isOwner(seen.owner, err)
	})
	for i, object := range objects {
		if owned[i] {
			power = append(power, "ownership of "+object.String())
		}
	}
	if owned[len(objects)] {
		power = append(power, "ownership of the metastore")
	}
	return power
}

func notShownFor(whose string, err error) Result {
	result := unknown("the workspace does not show the privileges on " + whose)
	result.Detail = said(err)
	return result
}

// notShown is the result of a stage about what the workspace shows of a principal when that takes too long.
func notShown() Result { return unknown("the workspace did not show it in time") }
