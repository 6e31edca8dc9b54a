package access

import (
	"fmt"
	"slices"
	"sync"

	"github.com/draftt-io/draftt-databricks/assets"
)

// Kind is a kind of object: a securable type of Unity Catalog such as TABLE, an object type of the permissions API such as jobs, or one of the
// four below.
type Kind string

// The kinds that the rules name.
const (
	MetastoreKind Kind = "METASTORE"
	CatalogKind   Kind = "CATALOG"
	SchemaKind    Kind = "SCHEMA"
	TableKind     Kind = "TABLE"
	VolumeKind    Kind = "VOLUME"
	FunctionKind  Kind = "FUNCTION" // also a model, which to grants is a function
	ShareKind     Kind = "SHARE"
	RecipientKind Kind = "RECIPIENT"
	ProviderKind  Kind = "PROVIDER"

	WarehouseKind Kind = "warehouses"
	TokensKind    Kind = "tokens" // personal access tokens, of all of the workspace
	PasswordsKind Kind = "passwords"

	AccountKind          Kind = "account"          // roles are held on it
	WorkspaceKind        Kind = "workspace"        // entitlements and assignments are held on it
	GroupKind            Kind = "group"            // the roles of its managers are held on it
	ServicePrincipalKind Kind = "servicePrincipal" // the roles of its managers and users are held on it
)

// Rights that the rules name.
const (
	ownershipBit = 63 // in Unity Catalog: owning the object, which is not granted but has
)

// Correction is where the documents are wrong: what they say at a place, what holds, why, and when that was looked up where.
type Correction struct {
	ID   string `yaml:"id"`
	At   string `yaml:"at"`
	Was  string `yaml:"was"`
	Is   string `yaml:"is"`
	Why  string `yaml:"why"`
	Date string `yaml:"date"`
	Read string `yaml:"read"`
}

// Source is when a table was held against Databricks' documentation, and where that is.
type Source struct{ Reviewed, Read string }

// Privilege is a row of the table of privileges.
type Privilege struct {
	Name        string `yaml:"name"`
	On          []Kind `yaml:"on"`
	Acts        []Kind `yaml:"acts"`
	Allows      string `yaml:"allows"`
	Risk        string `yaml:"risk"`
	BeyondAll   bool   `yaml:"beyond-all"`
	BeyondOwner bool   `yaml:"beyond-owner"`
	Writes      bool   `yaml:"writes"`
	Makes       bool   `yaml:"makes"`
	Legacy      bool   `yaml:"legacy"`
	Right       Right  `yaml:"-"`
}

// Level is a level of a kind of object.
type Level struct {
	API    string `yaml:"api"`
	UI     string `yaml:"ui"`
	Allows string `yaml:"allows"`
	Brief  string `yaml:"brief"`
	Right  Right  `yaml:"-"`
}

// LevelKind is a kind of object with an access control list.
type LevelKind struct {
	Kind    Kind     `yaml:"kind"`
	Name    string   `yaml:"name"`
	Folders bool     `yaml:"folders"`
	Creator string   `yaml:"creator"`
	Admins  string   `yaml:"admins"`
	Note    string   `yaml:"note"`
	Second  []string `yaml:"second"`
	Levels  []Level  `yaml:"levels"`
}

// Securable is a kind of object of Unity Catalog.
type Securable struct {
	Kind  Kind   `yaml:"kind"`
	Name  string `yaml:"name"`
	In    Kind   `yaml:"in"`
	Opens string `yaml:"opens"`
}

// Rules are the rules of Databricks as the engine goes by them.
type Rules struct {
	Privileges []Privilege
	Securables []Securable
	Levels     []LevelKind
	Roles      RoleTables

	PrivilegeSource, LevelSource           Source
	PrivilegeCorrections, LevelCorrections []Correction

	names map[Right]rightName
	byAPI [3]map[string]Right
	kinds map[Kind]kindRow
	codes []Kind // by the number that facts keep
	order []Right

	// Rights that the rules are written with.
	use, useSchema, sel, manage, browse, all, usage, readMetadata, ownership, canManage, isOwner, scopeManage Right
	beyondAll, beyondOwner, writes, makes                                                                     mask
	changing                                                                                                  mask // levels
	accountAdmin, assignedUser, assignedAdmin                                                                 Right
	untold                                                                                                    mask // roles of which no API tells who has them
	managers                                                                                                  mask // of a group, or a service principal
	access, sql                                                                                               mask // entitlements that open a workspace, and its SQL
}

// kindRow is what the engine needs to know of a kind.
type kindRow struct {
	code    uint8
	name    string
	class   class
	in      Kind
	opens   Right // of a container: what it takes to use what is inside
	opening bool
	applies mask // what can be granted on it
	acts    mask // what takes effect on it
	levels  []Level
	second  []string
	admins  Right // what workspace admins have
}

// Table gives the rules that are built into the program.
var Table = sync.OnceValue(func() *Rules {
	rules, err := loadRules()
	if err != nil {
		panic(err) // a fault of the build, as in assets.Must; a test reads the files too
	}
	return rules
})

type privilegeFile struct {
	Reviewed    string       `yaml:"reviewed"`
	Read        string       `yaml:"read"`
	Securables  []Securable  `yaml:"securables"`
	Privileges  []Privilege  `yaml:"privileges"`
	Corrections []Correction `yaml:"corrections"`
}

type levelFile struct {
	Reviewed    string       `yaml:"reviewed"`
	Read        string       `yaml:"read"`
	Order       []string     `yaml:"order"`
	Changing    []string     `yaml:"changing"`
	Kinds       []LevelKind  `yaml:"kinds"`
	Corrections []Correction `yaml:"corrections"`
}

func loadRules() (*Rules, error) {
	granted, err := assets.Read[privilegeFile]("access-privileges.yaml")
	if err != nil {
		return nil, fmt.Errorf("the privileges: %w", err)
	}
	leveled, err := assets.Read[levelFile]("access-levels.yaml")
	if err != nil {
		return nil, fmt.Errorf("the levels: %w", err)
	}
	roles, err := assets.Read[RoleTables]("access-roles.yaml")
	if err != nil {
		return nil, fmt.Errorf("the roles: %w", err)
	}
	s := &Rules{
		Privileges: granted.Privileges, Securables: granted.Securables, Levels: leveled.Kinds, Roles: roles,
		PrivilegeSource: Source{granted.Reviewed, granted.Read}, LevelSource: Source{leveled.Reviewed, leveled.Read},
		PrivilegeCorrections: granted.Corrections, LevelCorrections: leveled.Corrections,
		names: map[Right]rightName{}, kinds: map[Kind]kindRow{},
	}
	for c := range s.byAPI {
		s.byAPI[c] = map[string]Right{}
	}
	for _, load := range []func() error{s.loadPrivileges, func() error { return s.loadLevels(leveled.Order, leveled.Changing) }, s.loadPlaces, s.nameThem} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Asked are the rights that can be asked of objects of a kind, the lowest first.
func (s *Rules) Asked(k Kind) []Right {
	row, known := s.kind(k)
	switch {
	case !known:
		return nil
	case row.class == levels:
		out := make([]Right, len(row.levels))
		for i, l := range row.levels {
			out[i] = l.Right
		}
		return out
	case row.class == unity && k == MetastoreKind:
		return append(row.applies.rights(unity), s.manage, s.ownership)
	case row.class == unity:
		return append((row.applies | row.acts).rights(unity), s.ownership)
	}
	return row.applies.rights(standing)
}

// KindName is how pages call a kind, such as "SQL warehouse".
func (s *Rules) KindName(k Kind) string {
	if row, known := s.kind(k); known {
		return row.name
	}
	return string(k)
}

// Kinds lists the kinds of which the engine can judge.
func (s *Rules) Kinds() []Kind { return slices.Clone(s.codes) }

func (s *Rules) kind(k Kind) (kindRow, bool) {
	row, known := s.kinds[k]
	return row, known
}

func (s *Rules) at(code uint8) kindRow { return s.kinds[s.codes[code]] }
