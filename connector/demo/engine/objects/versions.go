package objects

import (
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
)

// Versions keeps the tables of Delta Lake as they were. It is asked about what the principal may read; an error of type [*values.Error] is
// shown to the client as it is. It is safe for use by many goroutines.
type Versions interface {
	// At is the table at a version.
	At(name dialect.Name, at dialect.Moment) (*Table, error)

	// Changes are the rows that changed from one version to another, both of them included, or to the latest where none is given.
	Changes(name dialect.Name, from, to dialect.Moment) (*Table, error)

	// History lists the commits that the log still has, the latest first.
	History(name dialect.Name) ([]Commit, error)

	// Detail is what DESCRIBE DETAIL says of the table.
	Detail(name dialect.Name) (Detail, error)

	// Properties are those of the table that are set, and those that Delta Lake shows besides.
	Properties(name dialect.Name) (map[string]string, error)

	// Configure sets properties of the table, and Unset takes some away. With
	// tolerant they need not be there.
	Configure(principal string, name dialect.Name, properties map[string]string) error
	Unset(principal string, name dialect.Name, keys []string, tolerant bool) error
}

// Commit is one entry of a table's log.
type Commit struct {
	Version             int64
	At                  time.Time
	User, UserID        string
	Operation           string
	Parameters, Metrics map[string]string
	Blind               bool // it read nothing of the table
}

// Detail is what DESCRIBE DETAIL says of a table.
type Detail struct {
	ID, Location      string
	Created, Modified time.Time
	Files, Bytes      int64
	Properties        map[string]string
	Reader, Writer    int // the versions of the protocol
}
