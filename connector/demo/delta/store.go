package delta

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"strconv"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// FeedKey is the property that makes a table record its changes, as the page on the change data feed has it.
const FeedKey = "delta.enableChangeDataFeed"

// Of a table the log takes so many commits, statements may put so many rows into all its versions, with so many bytes of text, and its
// properties are so many bytes long: they are kept in memory.
const (
	mostVersions   = 10_000
	mostWritten    = 1_000_000
	mostText       = 64 << 20
	mostProperties = 4096
)

// Retentions are the defaults of Delta Lake: how long the log keeps a commit, and the files of a version that is no longer the latest.
const (
	logRetention  = 30 * 24 * time.Hour
	fileRetention = 7 * 24 * time.Hour
)

// Found is a table as it is now, with what its log begins with.
type Found struct {
	Table        engine.Table
	Created      time.Time
	By           string // who made it
	ID, Location string
}

// Options connects a [Store] to the rest of the workspace. Both are required.
type Options struct {
	Now  func() time.Time
	Find func(engine.Name) (Found, error)
}

// Store keeps the logs of all tables. It is an [engine.Versions].
type Store struct {
	opts  Options
	began time.Time

	mu   sync.Mutex
	logs map[engine.Name]*log
	set  map[engine.Name]map[string]string // properties that the world began with
}

// log is what happened to a table, the oldest first.
type log struct {
	versions   []version
	properties map[string]string
	written    int // the rows that statements put into the versions
	text       int // and how many bytes of text they have
}

// version is a commit, and the table that it left.
type version struct {
	engine.Commit
	table   engine.Table
	changes []span // what it changed
	feed    bool   // and whether that was recorded
	removes bool   // files of the version before it
}

// span are rows that changed in one way.
type span struct {
	kind string // as _change_type has it
	rows int
	row  func(i int) []any
}

// New makes a store. The tables that its world begins with have changed before now, and not since.
func New(opts Options) *Store {
	return &Store{opts: opts, began: opts.Now(), logs: map[engine.Name]*log{}, set: map[engine.Name]map[string]string{}}
}

// Preset gives a table properties from its beginning.
func (s *Store) Preset(name engine.Name, properties map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.set[name] = properties
}

// Write does something to a table, and adds it to the table's log as one commit: a CREATE, a REPLACE where the table is there already, or a
// WRITE that appends. Writes wait for each other, so that the log has each of them with the rows that it left.
func (s *Store) Write(name engine.Name, by string, appends bool, properties map[string]string, do func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var l *log
	if before, err := s.opts.Find(name); err == nil {
		l = s.log(name, before)
	}
	if err := cmp.Or(l.full(), tooLong(properties)); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	after, err := s.opts.Find(name)
	if err != nil || after.Table.SQL != "" {
		delete(s.logs, name)
		return nil // a view, of which there are no versions
	}
	switch {
	case l == nil:
		l = &log{properties: maps.Clone(properties)}
		s.logs[name] = l
		l.add(created("CREATE TABLE", by, s.opts.Now(), after.Table))
	case appends:
		l.add(appended(by, s.opts.Now(), l.latest().table, after.Table))
	default:
		l.properties = maps.Clone(properties)
		v := created("CREATE OR REPLACE TABLE", by, s.opts.Now(), after.Table)
		old := l.latest().table
		v.changes, v.removes = []span{{"delete", old.Rows, old.Row}, {"insert", after.Table.Rows, after.Table.Row}}, true
		l.add(v)
	}
	l.count()
	return nil
}

// created is the commit that makes a table, with the rows that a query gave it.
func created(operation, by string, at time.Time, table engine.Table) version {
	v := version{Commit: commit(operation, by, at), table: table}
	if table.Rows > 0 {
		v.Operation += " AS SELECT"
		v.Metrics = map[string]string{"numFiles": "1", "numOutputRows": strconv.Itoa(table.Rows)}
		v.changes = []span{{"insert", table.Rows, table.Row}}
	}
	v.Parameters = map[string]string{"isManaged": strconv.FormatBool(table.Kind == "MANAGED"), "partitionBy": "[]"}
	v.Blind = true
	return v
}

// appended is the commit that puts rows behind those of before.
func appended(by string, at time.Time, before, after engine.Table) version {
	v := version{Commit: commit("WRITE", by, at), table: after}
	first := before.Rows
	v.changes = []span{{"insert", after.Rows - first, func(i int) []any { return after.Row(first + i) }}}
	v.Parameters = map[string]string{"mode": "Append", "partitionBy": "[]"}
	v.Metrics = map[string]string{"numFiles": "1", "numOutputRows": strconv.Itoa(after.Rows - first)}
	v.Blind = true
	return v
}

func commit(operation, by string, at time.Time) engine.Commit {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(by)) // it never fails
	return engine.Commit{At: at.Truncate(time.Millisecond), User: by, UserID: fmt.Sprint(1e15 + hash.Sum64()%8e15), Operation: operation}
}

// add puts a commit at the end. No two have the same time.
func (l *log) add(v version) {
	v.feed = l.properties[FeedKey] == "true"
	if n := len(l.versions); n > 0 {
		v.Version = l.versions[n-1].Version + 1
		if before := l.versions[n-1].At; !v.At.After(before) {
			v.At = before.Add(time.Millisecond)
		}
	}
	l.versions = append(l.versions, v)
}

// count counts what a statement put into the latest version.
func (l *log) count() {
	for _, s := range l.latest().changes {
		if s.kind != "insert" && s.kind != "update_postimage" {
			continue
		}
		l.written += s.rows
		for i := range s.rows {
			l.text += lengthOf(s.row(i))
		}
	}
}

// lengthOf is how many bytes of text a row has.
func lengthOf(row []any) (n int) {
	for _, v := range row {
		switch v := v.(type) {
		case string:
			n += len(v)
		case []byte:
			n += len(v)
		}
	}
	return n
}

// full refuses to go on with a log that has all that is kept of one.
func (l *log) full() error {
	switch {
	case l == nil:
		return nil
	case len(l.versions) >= mostVersions:
		return tooMuch("A table of the embedded workspace keeps %d versions.", mostVersions)
	case l.written >= mostWritten:
		return tooMuch("The versions of a table of the embedded workspace keep %d rows that were written.", mostWritten)
	case l.text >= mostText:
		return tooMuch("The versions of a table of the embedded workspace keep %d bytes of text that was written.", mostText)
	}
	return nil
}

func tooLong(properties map[string]string) error {
	size := 0
	for key, value := range properties {
		size += len(key) + len(value)
	}
	if size > mostProperties {
		return tooMuch("The properties of a table of the embedded workspace take %d bytes at most.", mostProperties)
	}
	return nil
}

func (l *log) latest() *version { return &l.versions[len(l.versions)-1] }

// log gives the log of a table. One that nobody wrote to yet has a past that is made up.
func (s *Store) log(name engine.Name, found Found) *log {
	if l := s.logs[name]; l != nil {
		return l
	}
	l := &log{properties: maps.Clone(s.set[name])}
	for _, v := range past(found, s.began) {
		l.add(v)
	}
	s.logs[name] = l
	return l
}

// Forget drops an object, and with it the logs of the tables that it is or holds: one that is made by the same name later begins anew.
func (s *Store) Forget(on unity.Securable, drop func() error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := drop(); err != nil {
		return err
	}
	within := func(n engine.Name) bool { return unity.OnTable(n.Catalog, n.Schema, n.Table).Within(on) }
	maps.DeleteFunc(s.logs, func(n engine.Name, _ *log) bool { return within(n) })
	maps.DeleteFunc(s.set, func(n engine.Name, _ map[string]string) bool { return within(n) })
	return nil
}
