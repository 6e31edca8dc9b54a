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
	objects := Chosen(s.Schema, s.Tables)
	name, err := s.name(ctx)
	if err != nil {
		return notShownFor("this principal", err)
	}
	who, unseen := s.identities(ctx, name)
	var power []grants.Extra
	var wait contain.Group
	wait.Go("looking who owns it", func() {
		found, hidden := s.power(ctx, objects, who)
		power, unseen = found, append(unseen, hidden...)
	})
	held, errs := make([][]connector.Grant, len(objects)), make([]error, len(objects))
	each(len(objects), func(i int) {
		held[i], errs[i] = s.Workspace.Effective(ctx, objects[i].Type, objects[i].Full(), name)
	})
	wait.Wait()
	var extra []grants.Extra
	for i, object := range objects {
		if errs[i] != nil {
			return notShownFor(object.String(), errs[i])
		}
	}
	for _, e := range grants.Exceeding(objects, held, who) {
		extra = append(extra, e.Extra())
	}
	all := slices.Concat(held...)
	return beyond(append(extra, power...), all, unseen).keeping(func(s *Subject) { s.Held = all })
}

// Chosen are the objects that Read-only looks at.
func Chosen(schema connector.SchemaName, tables []connector.TableName) []grants.Object {
	objects := []grants.Object{grants.Catalog(schema.Catalog), grants.Schema(schema)}
	for _, name := range tables {
		objects = append(objects, grants.Table(name, ""))
	}
	return objects
}

// identities are the names that count for the principal, and what of them does not show. The groups are those that it is shown itself.
func (s *Subject) identities(ctx context.Context, name connector.Remote) (who grants.Who, unseen []string) {
	me, err := s.whoami(ctx)
	if err != nil {
		me = connector.Principal{}
		if !grants.Refused(err) {
			unseen = append(unseen, "the groups of this principal")
		}
	}
	me.Name = name
	return grants.Self(me), unseen
}

// beyond judges what was seen beyond the contract. Only what can change something goes against the promise; what reads more is said. Whoever
// reads holds something: where nothing at all is named, what is held does not show, and where something could not be looked at, a clean rest
// proves nothing.
func beyond(extra []grants.Extra, held []connector.Grant, unseen []string) Result {
	var writes, reads, steps []string
	var script strings.Builder
	for _, e := range extra {
		if !e.Writes {
			reads = append(reads, e.What)
			continue
		}
		writes = append(writes, e.What)
		if e.Statement() {
			script.WriteString(e.Revoke + "\n")
		} else {
			steps = append(steps, e.Revoke)
		}
	}
	switch {
	case len(writes) > 0:
	case len(unseen) > 0:
		return unknown("the workspace does not show " + strings.Join(unseen, " and "))
	case len(extra) == 0 && len(held) == 0:
		return unknown("the workspace names no privilege of this principal, so what it holds does not show")
	default:
		seen := grants.NoWrite + grants.BySelf
		if len(reads) > 0 {
			seen += "; also held: " + strings.Join(reads, ", ")
		}
		result := passed(seen)
		result.Beyond = extra
		return result
	}
	f := findingOf("beyond-read-only")
	f.Reason = "The principal holds " + strings.Join(writes[:min(3, len(writes))], ", ") + ". Draftt needs none of it."
	switch f.Remedy.Copy = script.String(); {
	case f.Remedy.Copy != "":
		f.Remedy.Text = "Have the owner run the REVOKE below in a SQL editor, or use a principal of its own for Draftt."
	case len(steps) > 0:
		f.Remedy.Text = steps[0] + " Or use a principal of its own for Draftt."
	}
	result := failed(f, words.Count(len(writes), "privilege")+" beyond read-only")
	result.Beyond = extra
	return result
}

// power is what lets the principal do more than it is granted: owning what was chosen or the metastore, itself or through a group, and
// being an admin. A refusal to show an owner is no gap, because an owner sees what it owns; any other error is one, as is an answer that
// names no owner, and is in unseen.
func (s *Subject) power(ctx context.Context, objects []grants.Object, who grants.Who) (power []grants.Extra, unseen []string) {
	if id, in, _ := who.Admin(); in {
		power = append(power, grants.InAdmins(id))
	}
	objects = append(slices.Clone(objects), grants.Metastore())
	owners, errs := make([]connector.Remote, len(objects)), make([]error, len(objects))
	each(len(owners), func(i int) {
		if objects[i].Type == grants.MetastoreType {
			owners[i], errs[i] = s.Workspace.MetastoreOwner(ctx)
			return
		}
		var seen sighting
		seen, errs[i] = s.look(ctx, objects[i])
		owners[i] = seen.owner
	})
	for i, owner := range owners {
		on := objects[i]
		id, owns, unnamed := who.Owns(on, owner)
		switch {
		case grants.Refused(errs[i]):
		case errs[i] != nil:
			unseen = append(unseen, grants.UnseenOwner(on))
		case unnamed != "":
			unseen = append(unseen, unnamed)
		case !owns:
		case on.Type == grants.MetastoreType:
			power = append(power, grants.RunsMetastore(id))
		default:
			power = append(power, grants.NewExcess(grants.Ownership, grants.Origin{Holder: id, From: on, Owner: true}).Extra())
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
