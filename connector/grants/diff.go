package grants

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Line is one need of the contract and whether it is met.
type Line struct {
	Need
	Origins []Origin // where it comes from, the nearest first; empty when it is not held as far as is known
	Unknown string   // why it cannot be told, empty when it can; an absent line of this kind may be held all the same
}

// Held reports whether the privilege is known to be held.
func (l Line) Held() bool { return len(l.Origins) > 0 }

// Excess is a privilege that the contract does not ask for.
type Excess struct {
	Privilege connector.Privilege // OWNERSHIP, which is not granted but has, for an owner
	Origin    Origin
	Writes    bool // it allows more than reading
}

// NewExcess is an excess with what it allows. Reading the files of a volume is more than Draftt needs, and changes nothing.
func NewExcess(p connector.Privilege, origin Origin) Excess {
	return Excess{Privilege: p, Origin: origin, Writes: !p.ReadOnly() && p != readVolume}
}

const readVolume connector.Privilege = "READ_VOLUME"

// Ownership stands for owning an object, among privileges that are granted.
const Ownership connector.Privilege = "OWNERSHIP"

// Comparison is what is held, missing and extra.
type Comparison struct {
	Who      Who
	Have     []Line
	Missing  []Line
	Extra    []Excess
	Obstacle string   // why no grant helps here, with what to do, empty when grants help
	Notes    []string // what to know about these objects, each a sentence
}

// Done reports whether nothing of the contract is missing and nothing is in the way.
func (c Comparison) Done() bool { return len(c.Missing) == 0 && c.Obstacle == "" }

// Needs are the missing needs, for a script or a packet. They are none where a grant would not help.
func (c Comparison) Needs() []Need {
	if c.Obstacle != "" {
		return nil
	}
	var out []Need
	for _, line := range c.Missing {
		out = append(out, line.Need)
	}
	return out
}

// SQL is one block with every missing statement, at all levels, since a workspace reveals them one at a time. It is empty when nothing
// is missing or no grant helps. Errors are those of Script.
func (c Comparison) SQL() (string, error) { return Script(c.Needs(), c.Who.Principal) }

// Diff compares what was seen of the objects with the needs. own says that the views are the principal's own: then an object that it
// sees in full although no grant shows is one that it may use through a group.
func Diff(needs []Need, views []View, who Who, own bool) Comparison {
	c := Comparison{Who: who}
	d := newDiffer(views, who, own)
	for _, need := range needs {
		if i, ok := d.of(need.On); ok && views[i].Object.Keyword != "" {
			need.On.Keyword = views[i].Object.Keyword
		}
		if line := d.line(need); line.Held() {
			c.Have = append(c.Have, line)
		} else {
			c.Missing = append(c.Missing, line)
		}
	}
	c.Extra = d.extra(needs)
	c.Obstacle, c.Notes = d.obstacle(c.Missing), d.notes(needs)
	return c
}

type differ struct {
	looks
	own    bool
	judged []Judged // by the view
}

// looks are views of which that of an object is found.
type looks struct {
	views []View
	at    map[place]int
}

// place is what tells objects apart, whatever word SQL has for them.
type place struct {
	kind connector.SecurableType
	name connector.TableName
}

func newLooks(views []View) looks {
	l := looks{views: views, at: make(map[place]int, len(views))}
	for i, v := range slices.Backward(views) {
		l.at[place{v.Object.Type, v.Object.Name}] = i
	}
	return l
}

func newDiffer(views []View, who Who, own bool) differ {
	d := differ{looks: newLooks(views), own: own}
	for _, v := range views {
		d.judged = append(d.judged, who.judge(v, d.owner))
	}
	return d
}

// of is which look is that of an object.
func (l looks) of(o Object) (int, bool) {
	i, ok := l.at[place{o.Type, o.Name}]
	return i, ok
}

// owner is the owner of an object, empty where that was not seen.
func (l looks) owner(o Object) connector.Remote {
	if i, ok := l.of(o); ok {
		return l.views[i].Owner
	}
	return connector.Remote{}
}

func (d differ) line(need Need) Line {
	line := Line{Need: need}
	i, ok := d.of(need.On)
	if !ok {
		line.Unknown = "it was not looked at"
		return line
	}
	v := d.views[i]
	if v.Elsewhere {
		line.Unknown = "the catalog is bound to other workspaces"
		return line
	}
	line.Origins, line.Unknown = d.judged[i].origins(need.Privilege)
	if line.Unknown != "" && d.own && !v.Everybody && d.inEffect(need, v) {
		line.Origins, line.Unknown = []Origin{{From: need.On, Unseen: true}}, ""
	}
	return line
}

// distance orders origins: the principal's own before those of groups, the object's own before inherited ones.
func (o Origin) distance() int {
	far := 0
	if o.Holder.Group {
		far = 2 + len(o.Holder.Via)
	}
	if o.Above {
		far++
	}
	return far
}

// inEffect reports whether the principal's own sight proves a privilege. The catalog shows in full only what may be used; those who see
// more, because they manage the object, were shown everybody's grants instead. Of a schema, SELECT shows in its tables: in one that is seen in full
// by nothing that was given on it alone.
func (d differ) inEffect(need Need, v View) bool {
	if need.Privilege != connector.Select || need.On.Type == connector.TableType {
		return v.Sight == Full
	}
	for i, t := range d.views {
		if t.Object.Type != connector.TableType || t.Object.Name.SchemaName != need.On.Name.SchemaName || t.Sight != Full || t.Everybody {
			continue
		}
		_, owns, unnamed := d.judged[i].Owner()
		by, _ := d.judged[i].origins(connector.Select)
		if !owns && unnamed == "" && !slices.ContainsFunc(by, func(o Origin) bool { return !o.Above }) {
			return true
		}
	}
	return false
}

// extra lists what is held on the objects without being asked for, each grant once although everything below inherits it. BROWSE shows
// metadata only and does not count.
func (d differ) extra(needs []Need) []Excess {
	var out []Excess
	add := func(e Excess) {
		if containsExcess(out, e) {
			return
		}
		e.Origin.Above = false
		out = append(out, e)
	}
	for i, v := range d.views {
		if holder, owns, _ := d.judged[i].Owner(); owns {
			add(NewExcess(Ownership, Origin{Holder: holder, From: v.Object, Owner: true}))
		}
		for _, g := range v.Grants {
			o, counts := d.judged[i].origin(g)
			if !counts || g.Privilege == connector.Browse {
				continue
			}
			e := NewExcess(g.Privilege, o)
			if !slices.ContainsFunc(needs, func(n Need) bool { return n.Covers(e) }) {
				add(e)
			}
		}
	}
	return out
}

func (d differ) obstacle(missing []Line) string {
	for _, v := range d.views {
		if v.Elsewhere {
			return "The catalog " + v.Object.Name.Catalog.String() + " is bound to other workspaces, so no grant opens it here. Its owner can bind it to this workspace."
		}
	}
	if len(missing) > 0 && missing[0].On.Name.Catalog.Raw() == connector.SamplesCatalog {
		return "The catalog samples is shared by Databricks; its privileges cannot be changed. Choose another catalog."
	}
	return ""
}

func (d differ) notes(needs []Need) []string {
	var out []string
	add := func(on bool, text string) {
		if on && !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	for _, need := range needs {
		schemaWide := need.Privilege == connector.Select && need.On.Type == connector.SchemaType
		add(schemaWide, "SELECT on the schema covers its current and its future tables.")
		add(need.On.Type == connector.TableType, "SELECT on single tables does not cover tables that are created later.")
		add(need.On.Name.Catalog.Raw() == connector.SystemCatalog, "Privileges on the catalog system do not reach its schemas; each schema is granted by itself.")
		add(need.On.Name.Legacy(), "hive_metastore has table access control of its own; granting what is already held changes nothing.")
		add(strings.HasSuffix(need.On.Keyword, "VIEW"), "A view reads with its owner's rights; SELECT on the view is enough.")
	}
	for i, v := range d.views {
		_, _, unnamed := d.judged[i].Owner()
		add(unnamed != "" && v.Sight != Hidden, "It does not show "+unnamed+", who may do everything with it.")
		add(v.RowFilter, "A row filter limits which rows of "+v.Object.String()+" the connector sees, whatever is granted.")
		add(v.ColumnMasks, "A column mask hides values of "+v.Object.String()+" from the connector, whatever is granted.")
	}
	return out
}
