package connector

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Scope is what SELECT is granted on.
type Scope string

// ScopeSchema covers current and future tables of the schema; ScopeTables only the chosen ones.
const (
	ScopeSchema Scope = "schema"
	ScopeTables Scope = "tables"
)

// Short says in a few words what SELECT is granted on.
func (s Scope) Short() string {
	if s == ScopeTables {
		return "granted by table"
	}
	return "granted by schema"
}

// Note says what a scope means; it stands beside the choice and beside its GRANT.
func (s Scope) Note() string {
	if s == ScopeTables {
		return "only chosen tables; new ones stay closed"
	}
	return "the whole schema, future tables too"
}

// Ticked says what it means to tick tables under a scope.
func (s Scope) Ticked() string {
	if s == ScopeTables {
		return "Tick what Draftt may read; it is read once now."
	}
	return "Ticked tables are read now, as a sample of the schema."
}

// TableList names up to three tables and counts the others.
func TableList(tables []TableName) string {
	var names []string
	for i, t := range tables {
		if i == 3 {
			names = append(names, fmt.Sprintf("%d more", len(tables)-i))
			break
		}
		names = append(names, t.Table.String())
	}
	return strings.Join(names, ", ")
}

// TablesThrough is TableList, and for each thing that tables were read through, which of them those are. by names it, empty where there is
// nothing. It is a line, however many tables there are.
func TablesThrough(tables []TableName, by func(TableName) string) string {
	var limits []string
	through := map[string][]TableName{}
	for _, t := range tables {
		if limit := by(t); limit != "" {
			if through[limit] == nil {
				limits = append(limits, limit)
			}
			through[limit] = append(through[limit], t)
		}
	}
	said := TableList(tables)
	for _, limit := range limits {
		switch some := through[limit]; {
		case len(tables) == 1:
			said += " through " + limit
		case len(some) == len(tables):
			said += "; all of them through " + limit
		case len(some) == 1:
			said += "; " + TableList(some) + " through " + limit
		default:
			said += fmt.Sprintf("; %d of them through %s: %s", len(some), limit, TableList(some))
		}
	}
	return said
}

// WarehouseRef is the part of a warehouse that a saved connection keeps.
type WarehouseRef struct {
	ID       WarehouseID
	Name     Remote
	Type     WarehouseType
	HTTPPath string
}

// Proof is what was shown to hold when a connection was last tested.
type Proof struct {
	At        time.Time
	Passed    bool   // the chosen tables were read as the connector, and nothing stood in the way
	Broader   bool   // it can write: a privilege beyond reading was seen
	Summary   string // one sentence without its full stop
	ReadOnly  string // what is known about privileges beyond the contract, one sentence
	Elsewhere string // what it may change outside of what was chosen, which a test does not look at; a look at everything found it

	SeenAt time.Time // when a look at everything came to a verdict, of which ReadOnly speaks then; zero: only the choice was looked at
	SeenBy string    // the admin who looked; empty: the connector itself
}

// Rights is what is known about privileges beyond the contract, with who saw it and when where that was a look at everything.
func (p Proof) Rights() string {
	if p.SeenAt.IsZero() || p.ReadOnly == "" {
		return p.ReadOnly
	}
	return p.ReadOnly + "; seen " + p.SeenAt.Local().Format("2 January 2006, 15:04") + " by " + cmp.Or(CleanLine(p.SeenBy, 80), "the connector itself")
}

// Connection is everything that a saved connection keeps. It is sealed whole by the vault.
type Connection struct {
	ID          string // assigned by the vault, kept when the connection is renamed
	Name        string
	Host        Host
	Credentials Credentials
	Principal   Principal
	CACerts     []byte // PEM of certificate authorities that are trusted beside those of the machine
	Warehouse   WarehouseRef
	Schema      SchemaName
	Scope       Scope
	Tables      []TableName
	CreatedAt   time.Time
	SavedAt     time.Time
	SecretSetAt time.Time

	SecretExpires time.Time // when the secret or token ends, as its maker wrote it down; zero: not known, since only an admin sees it
	Proof         Proof
}

// maxName is long enough for any sentence-like name and short enough for a table row.
const maxName = 80

// ParseConnectionName trims a name and notes it for share mode. It returns an *Error of kind ErrInput for an empty one, one over 80
// characters, or one with control or invisible characters, and, as an ErrStray too, for a secret.
func ParseConnectionName(text string) (string, error) {
	if err := RefuseStray(text, "the name of the connection"); err != nil {
		return "", err
	}
	name := strings.Join(strings.Fields(text), " ")
	switch {
	case name == "":
		return "", &Error{Kind: ErrInput, What: "The name is empty.", Remedy: "Give the connection a name, for example Asset inventory – prod."}
	case utf8.RuneCountInString(name) > maxName:
		return "", &Error{Kind: ErrInput, What: fmt.Sprintf("The name is longer than %d characters.", maxName), Remedy: "Shorten it."}
	case CleanLine(name, maxName) != name:
		return "", &Error{Kind: ErrInput, What: "The name has characters that cannot be shown.", Remedy: "Use letters, digits and punctuation."}
	}
	Known().Note(KindConnection, name)
	return name, nil
}
