// Package store keeps what inventories found: one SQLite file a run, in a folder of the place that was read, each readable by its owner alone.
//
// A run that is not over is resumed where it stopped: the rows of a page and how far its listing is are written together, so that a killed
// program loses what was on its way and nothing else. A run that is over is sealed: a manifest beside it has its size and its hash, so that a
// file which was torn is found out, and the last whole run opens in its place. Nothing here holds a secret, a token's value or a hash of either.
package store

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"github.com/draftt-io/draftt-databricks/connector"
)

// Version is that of the files. One of a newer version is refused and not touched.
const Version = 1

// The kinds of what keeps a store from being used, for errors.Is.
var (
	ErrNewer = errors.New("the inventory is of a newer version")
	ErrTorn  = errors.New("the inventory is torn")
	ErrBusy  = errors.New("another run writes the inventory")
	ErrNone  = errors.New("there is no inventory")
	ErrFiles = errors.New("the files of the inventory")
)

const schema = `
CREATE TABLE rows (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, parent TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL);
CREATE UNIQUE INDEX by_id ON rows (kind, id);
CREATE INDEX by_kind ON rows (kind);
CREATE TABLE ledger (collector TEXT PRIMARY KEY, line TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE progress (collector TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (collector, kind)) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`

// tables are so many in it.
const tables = 4

// Run is the file of one run.
type Run struct {
	path     string
	db       *sql.DB
	readOnly bool
	made     bool // its tables are there
}

// create begins the file of a run, which must not be there.
func create(path string) (*Run, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, files(err)
	}
	if err := file.Close(); err != nil {
		return nil, files(err)
	}
	r, err := open(path, false)
	if err != nil {
		return nil, err
	}
	if _, err := r.db.Exec("BEGIN;" + schema + fmt.Sprintf("PRAGMA user_version = %d; COMMIT; PRAGMA wal_checkpoint(TRUNCATE);", Version)); err != nil {
		_ = r.Close()
		return nil, torn(path, err)
	}
	r.made = true
	return r, nil
}

// open opens the file of a run. What is of a newer version is refused before SQLite touches it.
func open(path string, readOnly bool) (*Run, error) {
	if err := checkHeader(path); err != nil {
		return nil, err
	}
	at := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	if readOnly {
		at += "?mode=ro&immutable=1"
	} else {
		if err := plainBeside(path); err != nil {
			return nil, err
		}
		at += "?mode=rw&_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(2000)"
	}
	db, err := sql.Open("sqlite", at)
	if err != nil {
		return nil, torn(path, err)
	}
	db.SetMaxOpenConns(1 + 7*int(btoi(readOnly)))
	r := &Run{path: path, db: db, readOnly: readOnly}
	var n int
	if err := db.QueryRow("SELECT count(*) FROM sqlite_master WHERE name IN ('rows','ledger','progress','facts')").Scan(&n); err != nil {
		_ = db.Close()
		return nil, torn(path, err)
	}
	if r.made = n == tables; readOnly && !r.made {
		_ = db.Close()
		return nil, torn(path, nil)
	}
	return r, nil
}

func btoi(on bool) int8 {
	if on {
		return 1
	}
	return 0
}

// The header of an SQLite file has its user_version in these bytes. A file that was just made is empty.
const (
	headerSize = 100
	versionAt  = 60
)

// checkHeader reads the version of a file as any program may, so that a newer one is neither locked nor given a journal.
func checkHeader(path string) error {
	head, err := header(path)
	switch {
	case err != nil:
		return err
	case len(head) == 0:
		return nil
	case !isHeader(head):
		return torn(path, nil)
	case binary.BigEndian.Uint32(head[versionAt:]) > Version:
		return &connector.Error{
			Kind: ErrNewer, What: fmt.Sprintf("%s was written by a newer version of this program.", filepath.Base(path)),
			Remedy: "Update draftt-databricks, or move the file away and run the inventory again.",
		}
	}
	return nil
}

// Close closes the file.
func (r *Run) Close() error {
	if err := r.db.Close(); err != nil {
		return torn(r.path, err)
	}
	return nil
}

// Path is where the file is.
func (r *Run) Path() string { return r.path }

func torn(path string, cause error) error {
	if cause != nil && strings.Contains(cause.Error(), "disk is full") { // nothing that was written is lost by that
		return files(cause)
	}
	return &connector.Error{
		Kind: ErrTorn, What: fmt.Sprintf("%s is not whole.", filepath.Base(path)), Cause: cause,
		Remedy: "Whole runs before it are still there. draftt-databricks inventory run --fresh begins a new one.",
	}
}

func files(cause error) error {
	return &connector.Error{
		Kind: ErrFiles, What: "The files of the inventory cannot be used: " + connector.CleanLine(cause.Error(), 200) + ".", Cause: cause,
		Remedy: "Check the folder and the room on its disk.",
	}
}
