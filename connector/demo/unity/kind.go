package unity

import (
	"errors"
	"slices"
	"strings"
)

// Kind is a kind of securable object, in the spelling of the REST API, such as "EXTERNAL_LOCATION".
type Kind string

// The kinds that code or the demo's world names. Views are tables here, as in the REST API.
const (
	MetastoreKind Kind = "METASTORE"
	CatalogKind   Kind = "CATALOG"
	SchemaKind    Kind = "SCHEMA"
	TableKind     Kind = "TABLE"
	FunctionKind  Kind = "FUNCTION"
	VolumeKind    Kind = "VOLUME"
	ModelKind     Kind = "MODEL"

	ExternalLocationKind  Kind = "EXTERNAL_LOCATION"
	StorageCredentialKind Kind = "STORAGE_CREDENTIAL"
	ConnectionKind        Kind = "CONNECTION"
	ShareKind             Kind = "SHARE"
	RecipientKind         Kind = "RECIPIENT"
	ProviderKind          Kind = "PROVIDER"
)

// KindRow says all that the workspace has to know of a kind of object: its REST routes, its words in SQL, its views of the information
// schema and its rules follow from it.
type KindRow struct {
	Kind       Kind
	Path       string      // its collection in the REST API, below unity-catalog/, such as "external-locations"
	Parent     Kind        // what it is in: a schema, a catalog, or the metastore
	Privileges []Privilege // what can be granted on it
	Opens      Privilege   // what it takes to use it, and so to see it in full: SELECT of a table
	FromAbove  bool        // Opens is not granted on one, but on the metastore for all of them, as USE SHARE is
	Grantee    Kind        // whom privileges on it are for, where that is no principal: the recipients of a share
	Renames    bool        // the REST API takes a new_name for it
	GrantedAs  Kind        // the kind that it is to grants, and that it shares its names with: a model is a function to them

	List string // the field of its list in the REST API, where that is not Path
	ID   string // the field of its id there, where that is not the kind and _id
	// Refers has the fields that name another object, such as credential_name, with its kind; the id of that is in a field beside it.
	Refers map[string]Kind
	// Fields has the REST names of columns in SQL that go by another name there.
	Fields map[string]string

	SQL         []Noun  // how statements name it after ON; the first is what SHOW GRANTS shows
	Show        Listing // the statement that lists it, such as VOLUMES, if there is one
	Information Listing // its view of the information schema, if there is one
	Grants      Listing // the view of the privileges on it, such as volume_privileges
	Missing     string  // the class of the SQL error for one that does not exist
	Word        string  // what error texts call it, where that is not the name of the kind
}

// Noun is a name that statements have for a kind of object, and what SHOW GRANTS calls an object that was named so.
type Noun struct{ Words, Shown string }

// Listing is a list of objects in SQL: its name, and its columns as "name type" by commas. A column that ends in _catalog, _schema, _name
// or _owner has that of the object, comment its comment, and every other the detail of that name.
type Listing struct{ Name, Columns string }

// Kinds lists the rows of all kinds, outermost first.
func Kinds() []KindRow { return slices.Clone(kinds) }

// elsewhere are the securable types of Unity Catalog of which this workspace has no objects, as long as they have no row.
var elsewhere = []Kind{
	"CLEAN_ROOM", "CREDENTIAL", "EXTERNAL_METADATA", "PIPELINE", "STAGING_TABLE",
}

// ErrNotCovered is that of a securable type that Databricks has and this workspace does not.
var ErrNotCovered = errors.New("this securable type is not covered")

// ParseKind reads a kind in any case. It returns a WordError for a word that is none, and ErrNotCovered for a type that is missing here alone.
func ParseKind(text string) (Kind, error) {
	k := Kind(strings.ToUpper(text))
	if row, known := k.Row(); known && row.GrantedAs == "" {
		return k, nil
	}
	if slices.Contains(elsewhere, k) {
		return "", ErrNotCovered
	}
	return "", wrong("%q is not a securable type.", text)
}

// Row finds the row of the kind.
func (k Kind) Row() (KindRow, bool) {
	i := slices.IndexFunc(kinds, func(r KindRow) bool { return r.Kind == k })
	if i < 0 {
		return KindRow{}, false
	}
	return kinds[i], true
}

// Plain reports whether the objects of the kind are no more than their row says: those that the world keeps as an Item.
func (r KindRow) Plain() bool {
	return !slices.Contains([]Kind{MetastoreKind, CatalogKind, SchemaKind, TableKind}, r.Kind)
}

// Parts is how many parts the full name of such an object has: 0 of the metastore, which goes by its id.
func (r KindRow) Parts() int {
	switch r.Parent {
	case "":
		return 0
	case MetastoreKind:
		return 1
	}
	parent, _ := r.Parent.Row()
	return parent.Parts() + 1
}

// IDField is the field of an object's id in the REST API.
func (r KindRow) IDField() string {
	if r.ID != "" {
		return r.ID
	}
	return strings.ToLower(string(r.Kind)) + "_id"
}

// ListField is the field of a list of such objects in the REST API.
func (r KindRow) ListField() string {
	if r.List != "" {
		return r.List
	}
	return strings.ReplaceAll(r.Path, "-", "_")
}

// String is the word of error texts, for example "Catalog" or "External Location".
func (k Kind) String() string {
	if row, _ := k.Row(); row.Word != "" {
		return row.Word
	}
	parts := strings.Split(strings.ToLower(string(k)), "_")
	for i, p := range parts {
		if p != "" {
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, " ")
}

// REST is the word of request paths and answers, for example "CATALOG".
func (k Kind) REST() string { return string(k) }

// Takes reports whether the privilege can be granted on objects of this kind.
func (k Kind) Takes(p Privilege) bool {
	row, _ := k.Row()
	return slices.Contains(row.Privileges, p)
}

// ForGrants is what an object of this kind is to grants.
func (k Kind) ForGrants() Kind {
	if row, _ := k.Row(); row.GrantedAs != "" {
		return row.GrantedAs
	}
	return k
}

// Opens is the privilege that it takes to use an object of this kind.
func (k Kind) Opens() Privilege {
	row, _ := k.Row()
	return row.Opens
}
