package seed

import (
	"fmt"
	"maps"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// objectsFile is demo-objects.yaml.
type objectsFile struct {
	Catalogs []catalog
	Objects  []object
}

type catalog struct {
	Name, Owner, Comment string
	Type                 string
	Isolated             bool
	Bindings             []struct {
		Workspace string
		ReadOnly  bool `yaml:"read_only"`
	}
	FixedGrants   bool `yaml:"fixed_grants"`
	NoInheritance bool `yaml:"no_inheritance"`
	Legacy        bool
	Grants        map[string][]string // privileges by principal
	Schemas       map[string][]string // names of plain tables by schema
}

type object struct {
	Kind, Name, Owner, Comment string
	Details                    map[string]any
	Grants                     map[string][]string
}

// catalogTypes are the values of catalog_type.
var catalogTypes = []string{"", "MANAGED_CATALOG", "DELTASHARING_CATALOG", "SYSTEM_CATALOG", "FOREIGN_CATALOG", "INTERNAL_CATALOG"}

func (f objectsFile) into(s *Seed) error {
	for _, c := range f.Catalogs {
		if err := c.into(s); err != nil {
			return fmt.Errorf("catalog %s: %w", c.Name, err)
		}
	}
	for _, o := range f.Objects {
		if err := o.into(s); err != nil {
			return fmt.Errorf("%s %s: %w", o.Kind, o.Name, err)
		}
	}
	return nil
}

func (c catalog) into(s *Seed) error {
	if err := s.mayOwn(c.Owner); err != nil {
		return err
	}
	if !slices.Contains(catalogTypes, c.Type) {
		return fmt.Errorf("%q is not a type of a catalog", c.Type)
	}
	made := model.Catalog{
		Name: c.Name, Owner: c.Owner, Comment: c.Comment, Type: c.Type, Isolated: c.Isolated,
		FixedGrants: c.FixedGrants, NoInheritance: c.NoInheritance, Legacy: c.Legacy,
	}
	for _, b := range c.Bindings {
		made.Bindings = append(made.Bindings, model.Binding{WorkspaceID: b.Workspace, ReadOnly: b.ReadOnly})
	}
	s.Catalogs = append(s.Catalogs, made)
	for _, schema := range slices.Sorted(maps.Keys(c.Schemas)) {
		s.Schemas = append(s.Schemas, model.Schema{Catalog: c.Name, Name: schema, Owner: c.Owner})
		for i, table := range c.Schemas[schema] {
			s.Tables = append(s.Tables, PlainTable(c.Name, schema, table, c.Owner, uint64(i)))
		}
	}
	return s.grant(unity.OnCatalog(c.Name), c.Grants)
}

func (o object) into(s *Seed) error {
	if err := s.mayOwn(o.Owner); err != nil {
		return err
	}
	i := slices.IndexFunc(unity.Kinds(), func(r unity.KindRow) bool { return r.Kind == unity.Kind(o.Kind) && r.Plain() })
	if i < 0 {
		return fmt.Errorf("%q is not a kind of object", o.Kind)
	}
	on, err := unity.ParseName(unity.Kind(o.Kind), o.Name)
	if err != nil {
		return err
	}
	s.Items = append(s.Items, model.Item{On: on, Owner: o.Owner, Comment: o.Comment, Details: o.Details})
	return s.grant(on, o.Grants)
}

// holds returns an error for a name that can hold no privilege on an object: that of no principal, or of no recipient where it is a share.
func (s *Seed) holds(on unity.Securable, name string) error {
	if on.Kind != unity.ShareKind {
		return s.knows(name)
	}
	to := unity.Securable{Kind: unity.RecipientKind, Name: name}
	if slices.ContainsFunc(s.Items, func(i model.Item) bool { return i.On == to }) {
		return nil
	}
	return fmt.Errorf("there is no recipient %q", name)
}

func (s *Seed) grant(on unity.Securable, words map[string][]string) error {
	for _, to := range slices.Sorted(maps.Keys(words)) {
		if err := s.holds(on, to); err != nil {
			return err
		}
		g := Grant{On: on, To: to}
		for _, word := range words[to] {
			p, err := unity.ParsePrivilege(word)
			if err != nil {
				return err
			}
			g.Privileges = append(g.Privileges, p)
		}
		s.Grants = append(s.Grants, g)
	}
	return nil
}
