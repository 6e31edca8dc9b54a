package grants

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
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
	d := differ{views: views, who: who, own: own}
	for _, need := range needs {
		if v, ok := d.view(need.On); ok && v.Object.Keyword != "" {
			need.On.Keyword = v.Object.Keyword
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
	views []View
	who   Who
	own   bool
}

func (d differ) view(o Object) (View, bool) {
	i := slices.IndexFunc(d.views, func(v View) bool { return v.Object.Same(o) })
	if i < 0 {
		return View{}, false
	}
	return d.views[i], true
}

func (d differ) line(need Need) Line {
	line := Line{Need: need}
	v, ok := d.view(need.On)
	switch {
	case !ok:
		line.Unknown = "it was not looked at"
		return line
	case v.Elsewhere:
		line.Unknown = "the catalog is bound to other workspaces"
		return line
	}
	line.Origins = d.origins(v, need.Privilege)
	unnamed := d.unnamed(v)
	if len(line.Origins) > 0 || v.Everybody && d.who.Complete && unnamed == "" {
		return line
	}
	if d.own && !v.Everybody && d.inEffect(need, v) {
		line.Origins = []Origin{{From: need.On, Unseen: true}}
		return line
	}
	switch {
	case v.Unseen != "":
		line.Unknown = v.Unseen
	case !v.Everybody:
		line.Unknown = "no grant to the principal itself; inherited-by-group detail not visible"
	case unnamed != "":
		line.Unknown = "it does not show " + unnamed
	}
	return line
}

// unnamed is what is not known because an object is shown without its owner, empty where nothing is.
func (d differ) unnamed(v View) string {
	if v.Sight == Hidden {
		return ""
	}
	_, _, unseen := d.who.Owns(v.Object, v.Owner)
	return unseen
}

// origins are the grants and the ownership that give a privilege on the object of a view.
func (d differ) origins(v View, p connector.Privilege) []Origin {
	var out []Origin
	for _, g := range v.Grants {
		if !Gives(g.Privilege, p) {
			continue
		}
		if o, counts := d.origin(v, g); counts {
			o.All = g.Privilege != p
			out = append(out, o)
		}
	}
	if holder, owns, _ := d.who.Owns(v.Object, v.Owner); owns && ownerHas(v.Object, p) {
		out = append(out, Origin{Holder: holder, From: v.Object, Owner: true})
	}
	slices.SortStableFunc(out, func(a, b Origin) int { return a.distance() - b.distance() })
	return out
}

// ownerHas reports whether owning an object is having a privilege on it, which table access control does not tell by the rules of Unity Catalog.
func ownerHas(o Object, p connector.Privilege) bool {
	if o.Name.Legacy() {
		return p != connector.Select || o.Type == connector.TableType
	}
	return access.Table().OwnerHas(o.kind(), string(p))
}

func (d differ) origin(v View, g connector.Grant) (Origin, bool) {
	holder, counts := d.who.Is(g.Principal)
	if !counts {
		return Origin{}, false
	}
	o := Origin{Holder: holder, From: v.Object}
	if g.InheritedFrom.Raw() != "" {
		from, err := ObjectNamed(g.InheritedType, g.InheritedFrom)
		if err != nil {
			return Origin{}, false
		}
		o.From, o.Above = from, true
	}
	return o, true
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
// more, because they manage the object, were shown everybody's grants instead. Of a schema, SELECT shows in its tables.
func (d differ) inEffect(need Need, v View) bool {
	if need.Privilege != connector.Select || need.On.Type == connector.TableType {
		return v.Sight == Full
	}
	return slices.ContainsFunc(d.views, func(t View) bool {
		_, owns, unnamed := d.who.Owns(t.Object, t.Owner)
		return t.Object.Type == connector.TableType && t.Object.Name.SchemaName == need.On.Name.SchemaName && t.Sight == Full && !t.Everybody && !owns && unnamed == "" &&
			!slices.ContainsFunc(t.Grants, func(g connector.Grant) bool {
				return g.InheritedFrom.Raw() == "" && Gives(g.Privilege, connector.Select)
			})
	})
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
	for _, v := range d.views {
		if holder, owns, _ := d.who.Owns(v.Object, v.Owner); owns {
			add(NewExcess(Ownership, Origin{Holder: holder, From: v.Object, Owner: true}))
		}
		for _, g := range v.Grants {
			o, counts := d.origin(v, g)
			e := NewExcess(g.Privilege, o)
			asked := slices.ContainsFunc(needs, func(n Need) bool { return n.Covers(e) })
			if counts && !asked && g.Privilege != connector.Browse {
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
	for _, v := range d.views {
		unnamed := d.unnamed(v)
		add(unnamed != "", "It does not show "+unnamed+", who may do everything with it.")
		add(v.RowFilter, "A row filter limits which rows of "+v.Object.String()+" the connector sees, whatever is granted.")
		add(v.ColumnMasks, "A column mask hides values of "+v.Object.String()+" from the connector, whatever is granted.")
	}
	return out
}
