package grants_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// seenBy is a state as somebody is shown it, without a network between.
type seenBy struct {
	state
	name string
}

func (s seenBy) who() *model.Principal { return must(s.world.Principal(s.name)) }

func securable(kind connector.SecurableType, full string) unity.Securable {
	on, err := unity.ParseSecurable(strings.ToUpper(string(kind)), full)
	if err != nil {
		panic(err)
	}
	return on
}

func (s seenBy) Effective(_ context.Context, kind connector.SecurableType, full string, whose connector.Remote) (out []connector.Grant, err error) {
	found, err := s.world.Effective(s.who(), securable(kind, full), whose.Raw())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", apierr.ErrPermissionDenied, err)
	}
	for _, a := range found {
		for _, h := range a.Privileges {
			g := connector.Grant{Principal: connector.FromRemote(a.Principal), Privilege: connector.Privilege(h.Privilege.REST())}
			if h.From.Kind != "" {
				g.InheritedFrom, g.InheritedType = connector.FromRemote(h.From.FullName()), connector.SecurableType(h.From.Kind.REST())
			}
			out = append(out, g)
		}
	}
	return out, nil
}

func (s seenBy) owner(full string) (connector.Remote, error) {
	if s.away {
		return connector.Remote{}, fmt.Errorf("%w: the catalog is not accessible in current workspace", apierr.ErrPermissionDenied)
	}
	return connector.FromRemote(s.owners[full]), nil
}

func (s seenBy) Catalog(_ context.Context, name connector.Ident) (c connector.Catalog, err error) {
	c.Owner, err = s.owner(name.Raw())
	return c, err
}

func (s seenBy) Schema(_ context.Context, name connector.SchemaName) (c connector.Schema, err error) {
	c.Owner, err = s.owner(name.Full())
	return c, err
}

func (s seenBy) Table(_ context.Context, name connector.TableName) (c connector.Table, err error) {
	c.Owner, err = s.owner(name.Full())
	return c, err
}

func (s seenBy) Me(context.Context) (connector.Principal, error) {
	p := connector.Principal{Name: connector.FromRemote(s.name), Active: true}
	for _, group := range s.world.Groups(s.who()) {
		p.Groups = append(p.Groups, connector.FromRemote(group.Name))
	}
	return p, nil
}

// collected is all of a state as access has it from a collector, for questions to it.
type collected struct {
	*testing.T
	facts     *access.Facts
	in, store access.Place
}

func (s state) collect(t *testing.T) collected {
	t.Helper()
	b := access.New(access.Table())
	c := collected{T: t, in: b.Workspace(here), store: b.Metastore("m")}
	b.AssignMetastore(c.in, c.store)
	b.AllPrincipals()
	for kind, is := range map[model.PrincipalKind]access.PrincipalKind{model.User: access.User, model.ServicePrincipal: access.ServicePrincipal, model.Group: access.Group} {
		for _, p := range s.world.InWorkspace().List(kind) {
			place := access.Account
			if p.WorkspaceLocal {
				place = c.in
			}
			who := b.Principal(access.Member{Kind: is, Place: place, Name: p.Name, Members: true, Everybody: p.Name == model.AccountUsers})
			for _, group := range p.MemberOf {
				b.Join(b.Named(c.in, access.Group, group), who)
			}
			for _, e := range p.Entitlements {
				b.Grant(b.On(c.in), who, e)
			}
			b.Grant(b.On(c.in), who, "USER")
		}
	}
	named := func(name string) access.Principal { return b.Named(c.in, 0, name) }
	b.Describe(b.On(c.in), access.Thing{Seen: access.SeenAll})
	b.Describe(b.On(c.store), access.Thing{Seen: access.SeenAll, Owner: named(s.world.Metastore().Owner)})
	for _, full := range slices.Sorted(maps.Keys(s.owners)) {
		parent, _, _ := cutLast(full)
		thing := access.Thing{Seen: access.SeenAll, Owner: named(s.owners[full])}
		if parent != "" {
			thing.Parent = b.Object(kindOf(parent), c.store, parent)
		}
		at := b.Object(kindOf(full), c.store, full)
		b.Describe(at, thing)
		found, err := s.world.Assignments(must(s.world.Principal(adminID)), securable(connector.SecurableType(kindOf(full)), full), "")
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range found {
			for _, h := range a.Privileges {
				if !b.Grant(at, named(a.Principal), h.Privilege.REST()) {
					t.Fatalf("no %s on %s", h.Privilege.REST(), full)
				}
			}
		}
	}
	var err error
	if c.facts, err = b.Build(); err != nil {
		t.Fatal(err)
	}
	return c
}

func cutLast(full string) (before, last string, cut bool) {
	at := strings.LastIndexByte(full, '.')
	if at < 0 {
		return "", full, false
	}
	return full[:at], full[at+1:], true
}

func kindOf(full string) access.Kind {
	return []access.Kind{access.CatalogKind, access.SchemaKind, access.TableKind}[strings.Count(full, ".")]
}

func (c collected) question(who, full, privilege string) access.Question {
	c.Helper()
	p, err := c.facts.Find(c.in, who)
	if err != nil {
		c.Fatal(err)
	}
	on, known := c.facts.Lookup(kindOf(full), c.store, full)
	right, is := c.facts.Rules().Named(kindOf(full), privilege)
	if !known || !is {
		c.Fatalf("no %s on %s", privilege, full)
	}
	return access.Question{Who: p, Right: right, On: on, In: c.in}
}

// worlds is how many states of the embedded workspace are held against access; with -states more, as many as that.
const worlds = 2000

// What grants finds held, missing and beyond in a state of the embedded workspace, and who may grant, is what access says of the same state, of
// which each has been told in its own way.
func TestGrantsAndAccessNeverDiffer(t *testing.T) {
	met := map[string]int{}
	for seed := range uint64(max(worlds, *states)) {
		s := newState(t, seed)
		if s.away { // shows nothing to be held against anything
			continue
		}
		c := s.collect(t)
		views, err := grants.Look(t.Context(), seenBy{s, adminID}, draftt.Name, grants.Objects(s.needs))
		if err != nil {
			t.Fatal(err)
		}
		found := grants.Diff(s.needs, views, grants.Known(draftt, groupsOfDraftt), false)
		for _, line := range slices.Concat(found.Have, found.Missing) {
			held := c.facts.Held(c.question(applicationID, line.On.Full(), string(line.Privilege)))
			if met["need "+held.Verdict.String()]++; line.Held() != (held.Verdict == access.Yes) || len(line.Origins) != len(held.Ways) || line.Unknown != "" {
				t.Fatalf("state %d: %s: access says %s by %d ways; %+v", seed, line.Title(), held.Verdict, len(held.Ways), line)
			}
		}
		reads := access.Yes
		for _, table := range s.reads {
			reads = min(reads, c.facts.Verdict(c.question(applicationID, "c-`1.s."+table, "SELECT")))
		}
		if met["all "+reads.String()]++; len(found.Missing) == 0 != (reads == access.Yes) || s.readable() != (reads == access.Yes) {
			t.Fatalf("state %d: access says %s to reading all, the workspace %t; missing are %v", seed, reads, s.readable(), found.Missing)
		}
		for _, v := range views {
			c.beyond(seed, v.Object, found)
		}
		for _, a := range grants.WhoCan(s.needs, views, connector.FromRemote(adminID)) {
			c.granters(seed, a, met)
		}
	}
	for _, what := range []string{"need yes", "need no", "all yes", "all no", "grants yes", "grants no"} {
		if met[what] < 100 {
			t.Errorf("only %v were met", met)
		}
	}
}

// beyond holds what is held on an object beyond the needs against the ways in which access says that each privilege is held there.
func (c collected) beyond(seed uint64, on grants.Object, found grants.Comparison) {
	c.Helper()
	for _, right := range c.facts.Rules().Asked(kindOf(on.Full())) {
		p := connector.Privilege(c.facts.Rules().API(right))
		q := c.question(applicationID, on.Full(), string(p))
		given := slices.ContainsFunc(c.facts.Held(q).Ways, func(w access.Way) bool {
			last := w.Last()
			return last.On == q.On && (p == grants.Ownership) == (last.Kind == access.IsOwner) && (p == grants.Ownership || last.Right == right)
		})
		e := grants.NewExcess(p, grants.Origin{From: on})
		asked := slices.ContainsFunc(slices.Concat(found.Have, found.Missing), func(l grants.Line) bool { return l.Covers(e) }) || p == connector.Browse
		listed := slices.ContainsFunc(found.Extra, func(e grants.Excess) bool { return e.Privilege == p && e.Origin.From.Same(on) })
		if listed != (given && !asked) {
			c.Fatalf("state %d: %s on %s: access says it was given: %t, asked for: %t, listed as beyond: %t", seed, p, on, given, asked, listed)
		}
	}
}

// granters holds those who may grant against whom access says so of.
func (c collected) granters(seed uint64, a grants.Authority, met map[string]int) {
	c.Helper()
	for _, p := range c.facts.Everybody() {
		q := c.question(c.facts.Name(p), a.Object.Full(), string(connector.Manage))
		held := c.facts.Held(q).Verdict
		named := slices.ContainsFunc(c.facts.Circle(p, c.in), func(one access.Belonging) bool {
			return slices.ContainsFunc(a.Granters, func(g grants.Granter) bool { return strings.EqualFold(g.Name.Raw(), c.facts.Name(one.To)) })
		})
		if met["grants "+held.String()]++; named != (held == access.Yes) {
			c.Fatalf("state %d: %s on %s: access says %s, and named are %v", seed, c.facts.Name(p), a.Object, held, a.Granters)
		}
		if c.facts.Verdict(q) == access.Yes && held != access.Yes {
			c.Fatalf("state %d: %s may grant on %s and has not what that takes", seed, c.facts.Name(p), a.Object)
		}
	}
}

// What the survey of a certificate finds is, object by object, what access says was given there.
func TestTheSurveyOfACertificateAndAccessNeverDiffer(t *testing.T) {
	st := newStage(t)
	met := 0
	for seed := *first; seed < *first+uint64(*states); seed++ {
		s := newState(t, seed)
		if s.away {
			continue
		}
		st.show(s.world)
		c := s.collect(t)
		held, err := audit.Survey(t.Context(), st.admin.next(), grants.Known(draftt, groupsOfDraftt), func(connector.SchemaName) bool { return true })
		if err != nil || len(held.Unseen) > 0 {
			t.Fatalf("state %d: %v, unseen %q", seed, err, held.Unseen)
		}
		want := map[string]bool{}
		for full := range s.owners {
			for _, right := range c.facts.Rules().Asked(kindOf(full)) {
				q := c.question(applicationID, full, c.facts.Rules().API(right))
				for _, w := range c.facts.Held(q).Ways {
					if last := w.Last(); last.On == q.On && (last.Kind == access.IsHolder && last.Right == right || last.Kind == access.IsOwner && c.facts.Rules().API(right) == string(grants.Ownership)) {
						want[c.facts.Rules().API(right)+" on "+full+" by "+c.facts.Name(last.From)] = true
					}
				}
			}
		}
		got := map[string]bool{}
		for _, e := range held.Privileges {
			got[string(e.Privilege)+" on "+e.Origin.From.Full()+" by "+e.Origin.Holder.Name.Raw()] = true
		}
		if met += len(got); !maps.Equal(got, want) {
			t.Fatalf("state %d: the survey found %v, access %v", seed, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
		}
	}
	if met < *states {
		t.Errorf("%d privileges prove little", met)
	}
}

// What the principal is shown itself is a part of it all: of that part nothing is said to be held that is not, and nothing to be missing that is
// held.
func TestWhatIsSeenOfItselfIsNeverWrong(t *testing.T) {
	st := newStage(t)
	met := map[string]int{}
	for seed := *first; seed < *first+uint64(*states); seed++ {
		s := newState(t, seed)
		if s.away {
			continue
		}
		c := s.collect(t)
		found := st.compare(t, s, true)
		for _, line := range slices.Concat(found.Have, found.Missing) {
			truth := c.facts.Held(c.question(applicationID, line.On.Full(), string(line.Privilege))).Verdict
			said := access.Unknown
			switch {
			case line.Held():
				said = access.Yes
			case line.Unknown == "":
				said = access.No
			}
			if met[truth.String()+" "+said.String()]++; said != access.Unknown && said != truth {
				t.Errorf("state %d: %s: it is %s, and said to be %s: %+v", seed, line.Title(), truth, said, line)
			}
		}
	}
	if met["yes yes"] < 50 || met["no no"] < 5 || met["no unknown"] < 50 {
		t.Errorf("only %v were met", met)
	}
}
