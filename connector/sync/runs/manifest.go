// Package runs keeps what was read of the tables of a connection in a folder: one folder for each run, which is whole or not there, and
// "latest" beside them.
package runs

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// form is the version of the manifest's own form. A newer one is refused rather than half understood.
const form = 1

// mostManifest bounds a manifest that is read: 10,000 tables of 1,000 columns are below it.
const mostManifest = 1 << 30

// Manifest tells everything about a run. It is written last: whoever sees one sees a whole run.
type Manifest struct {
	Form       int       `json:"manifest"`
	Tool       string    `json:"tool"` // name and version
	Connection string    `json:"connection"`
	Host       string    `json:"workspace_host"`
	Warehouse  string    `json:"warehouse"`
	Began      time.Time `json:"began"`
	Ended      time.Time `json:"ended"`
	Format     string    `json:"format"`
	Shards     int       `json:"shards,omitempty"`            // in how many parts it was read, 0: at once
	Storages   []string  `json:"cloud_fetch_hosts,omitempty"` // that large results could come from, beside the workspace
	Tables     []Table   `json:"tables"`
}

// Table is one table of a run.
type Table struct {
	Name       string            `json:"table"`
	ID         string            `json:"table_id,omitempty"`
	Folder     string            `json:"folder"` // of its files, within the run
	Kind       string            `json:"kind,omitempty"`
	Owner      string            `json:"owner,omitempty"`
	Comment    string            `json:"comment,omitempty"`
	Columns    []Column          `json:"columns"`
	Tags       map[string]string `json:"tags,omitempty"`
	TagsHidden bool              `json:"tags_not_visible,omitempty"` // the workspace did not give those of the table or of its columns
	Key        []string          `json:"key,omitempty"`              // by which rows were compared; none: the whole row
	SchemaHash string            `json:"schema_sha256"`
	Only       []string          `json:"only_columns,omitempty"` // the columns that were asked for, where not all of them were
	Limit      int64             `json:"limit,omitempty"`
	Cursor     *Cursor           `json:"cursor,omitempty"`
	Through    string            `json:"through,omitempty"` // what keeps a read from showing everything, such as a row filter
	Mode       string            `json:"mode"`
	Reason     string            `json:"reason"`
	Version    *int64            `json:"version,omitempty"` // nil: it was read as it was at ReadAt
	ReadAt     time.Time         `json:"read_at"`
	Rows       int64             `json:"rows"`
	Bytes      int64             `json:"bytes"`
	Files      []File            `json:"files"`
	Statements []string          `json:"statements"`
	Changes    *Changes          `json:"changes,omitempty"` // nil: there was nothing to compare with
	Schema     []byte            `json:"arrow_schema"`      // as the first message of an Arrow stream
	ReadBy     string            `json:"read_by,omitempty"` // the cursor since whose first run the rows were read by it: rows that were removed may be there
}

// Cursor is the column that a person named to tell newer rows by.
type Cursor struct {
	Column  string  `json:"column"`
	Highest *string `json:"highest,omitempty"` // when the table was planned, as the next run goes on from it; nil: not known, or all are NULL
	Since   string  `json:"since,omitempty"`   // rows below it were left out
}

// since is what rows were left out below, empty where none were.
func (t *Table) since() Cursor {
	if t.Cursor == nil || t.Cursor.Since == "" {
		return Cursor{}
	}
	return Cursor{Column: t.Cursor.Column, Since: t.Cursor.Since}
}

// Partly reports that two tables were read of other columns or rows.
func (t *Table) Partly(other *Table) bool {
	return !slices.Equal(t.Only, other.Only) || t.Limit != other.Limit || t.since() != other.since()
}

// Column is a column as the workspace describes it.
type Column struct {
	Name    string            `json:"name"`
	Type    string            `json:"type"`
	Comment string            `json:"comment,omitempty"`
	NotNull bool              `json:"not_null,omitempty"`
	Masked  bool              `json:"masked,omitempty"`
	Tags    map[string]string `json:"tags,omitempty"`
}

// File is one file of a table.
type File struct {
	Path   string `json:"path"` // within the run
	Rows   int64  `json:"rows"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Changes is what became of the rows since an earlier run.
type Changes struct {
	Since    string   `json:"since"` // the run
	From     string   `json:"from"`  // "version", "change feed", "comparison" or "cursor"
	Added    int64    `json:"added"`
	Changed  int64    `json:"changed"`
	Removed  int64    `json:"removed"`
	Drift    []string `json:"schema_drift,omitempty"` // column by column
	File     string   `json:"file,omitempty"`         // within the run; none where nothing changed
	SHA256   string   `json:"sha256,omitempty"`       // of that file
	Compared bool     `json:"compared"`               // false: Drift says why not
}

// Find is the table of that name, nil where there is none.
func (m *Manifest) Find(name string) *Table {
	for i := range m.Tables {
		if m.Tables[i].Name == name {
			return &m.Tables[i]
		}
	}
	return nil
}

// Totals are the rows and the bytes of all tables.
func (m *Manifest) Totals() (rows, bytes int64) {
	for _, t := range m.Tables {
		rows, bytes = rows+t.Rows, bytes+t.Bytes
	}
	return rows, bytes
}

// Changes are those of all tables together, nil where none was compared with an earlier run.
func (m *Manifest) Changes() (all *Changes) {
	for _, t := range m.Tables {
		if c := t.Changes; c != nil {
			if all == nil {
				all = &Changes{Since: c.Since}
			}
			all.Added, all.Changed, all.Removed = all.Added+c.Added, all.Changed+c.Changed, all.Removed+c.Removed
		}
	}
	return all
}

// ErrNewer is a manifest of a later release.
var ErrNewer = errors.New("it was written by a newer release")

var errNoManifest = errors.New("it is no manifest")

func readManifest(path string) (*Manifest, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err //nolint:wrapcheck // it names the path
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, mostManifest))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var m Manifest
	err = json.Unmarshal(text, &m)
	if m.Form > form { // which may have other types as well
		return nil, fmt.Errorf("read %s: %w", path, ErrNewer)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if m.Form < 1 {
		return nil, fmt.Errorf("read %s: %w", path, errNoManifest)
	}
	return &m, nil
}

// write writes the manifest into a run that is not whole yet.
func (m *Manifest) write(folder string) error {
	m.Form = form
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(m); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	return replace(filepath.Join(folder, manifestFile), text.Bytes())
}
