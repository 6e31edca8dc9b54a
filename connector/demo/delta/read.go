package delta

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// find gives a table with its log, unless refuse says that it has none.
func (s *Store) find(name engine.Name, refuse func(engine.Table) error) (Found, *log, error) {
	found, err := s.opts.Find(name)
	if err != nil {
		return Found{}, nil, err
	}
	found.Table.Name = name
	if err := refuse(found.Table); err != nil {
		return Found{}, nil, err
	}
	return found, s.log(name, found), nil
}

// kept is the first version whose commit the log still has. The latest always is there.
func (s *Store) kept(l *log) int {
	oldest := s.opts.Now().Add(-logRetention)
	i := slices.IndexFunc(l.versions, func(v version) bool { return v.At.After(oldest) })
	if i < 0 {
		i = len(l.versions) - 1
	}
	return i
}

// gone reports whether the files of a version were removed: another one took its place longer ago than files are kept.
func (s *Store) gone(l *log, i int) bool {
	for j := i + 1; j < len(l.versions); j++ {
		if l.versions[j].removes {
			return l.versions[j].At.Before(s.opts.Now().Add(-fileRetention))
		}
	}
	return false
}

// place finds the version that a moment means.
func (s *Store) place(l *log, at engine.Moment) (int, error) {
	first, last := s.kept(l), len(l.versions)-1
	if at.Time == "" {
		if at.Version < int64(first) || at.Version > int64(last) {
			return 0, noVersion(at.Version, int64(first), int64(last))
		}
		return int(at.Version), nil
	}
	t, err := parse(at.Time)
	switch {
	case err != nil:
		return 0, err
	case t.Before(l.versions[first].At):
		return 0, tooEarly(t, l.versions[first].At)
	case t.After(l.versions[last].At):
		return 0, tooLate(t, l.versions[last].At)
	}
	i := first
	for i < last && !l.versions[i+1].At.After(t) {
		i++
	}
	return i, nil
}

// layouts are the forms that a time is read in, in UTC where it names no zone. Behind the seconds a fraction may follow.
var layouts = []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006-01-02 15:04:05Z07:00", time.RFC3339, "2006-01-02 15:04", "2006-01-02"}

func parse(text string) (time.Time, error) {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, noTime("'" + text + "'")
}

// At is the table at a version.
func (s *Store) At(name engine.Name, at engine.Moment) (*engine.Table, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, l, err := s.find(name, noTravel)
	if err != nil {
		return nil, err
	}
	i, err := s.place(l, at)
	if err != nil {
		return nil, err
	}
	if s.gone(l, i) {
		return nil, vacuumed(found.file(i))
	}
	table := l.versions[i].table
	table.Name = name
	if err := noTravel(table); err != nil {
		return nil, err // it had a row filter or masks then
	}
	return &table, nil
}

// file is the first file of a version.
func (f Found) file(i int) string {
	return f.Location + "/part-00000-" + f.ID[:min(18, len(f.ID))] + "-" + strconv.Itoa(i) + ".c000.snappy.parquet"
}

// Changes are the rows that changed between two versions.
func (s *Store) Changes(name engine.Name, from, to engine.Moment) (*engine.Table, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, l, err := s.find(name, noChanges)
	if err != nil {
		return nil, err
	}
	first, last, err := s.between(l, from, to)
	if err != nil {
		return nil, err
	}
	latest := l.latest().table
	out := changed{}
	for i := first; i <= last; i++ {
		v := l.versions[i]
		guarded := cmp.Or(noChanges(v.table), noChanges(l.versions[max(0, i-1)].table)) // what a commit deletes is of the version before it
		switch {
		case guarded != nil:
			return nil, guarded
		case !v.feed:
			return nil, notRecorded(int64(first), int64(last), int64(i))
		case len(v.changes) > 0 && (v.At.Before(s.opts.Now().Add(-fileRetention)) && s.gone(l, i)):
			return nil, changesVacuumed(found.file(i))
		case !slices.EqualFunc(v.table.Columns, latest.Columns, sameColumn):
			return nil, otherSchema(int64(first), int64(last), int64(len(l.versions)-1), int64(i+1))
		}
		out.add(v)
	}
	latest.Name, latest.Rows, latest.Sorted, latest.Row = name, out.rows, 0, out.row
	latest.Columns = append(slices.Clone(latest.Columns), feedColumns...)
	return &latest, nil
}

func sameColumn(a, b engine.Column) bool { return a.Name == b.Name && a.Type.Text == b.Type.Text }

// between finds the versions of a range. One that begins behind the latest version is refused, and one that ends there ends with it, as in
// Delta Lake.
func (s *Store) between(l *log, from, to engine.Moment) (first, last int, err error) {
	latest := len(l.versions) - 1
	if from.Time == "" && from.Version > int64(latest) {
		return 0, 0, startsTooLate(from.Version, int64(latest))
	}
	if first, err = s.place(l, from); err != nil {
		return 0, 0, err
	}
	if t, _ := parse(from.Time); from.Time != "" && l.versions[first].At.Before(t) {
		first++ // the changes after a time begin with the next commit
	}
	last = latest
	switch {
	case to.Given && to.Time == "" && to.Version <= int64(latest):
		last = int(to.Version)
	case to.Time != "":
		if last, err = s.place(l, to); err != nil {
			return 0, 0, err
		}
	}
	if last < first {
		return 0, 0, endsBefore(int64(first), int64(last))
	}
	return first, last, nil
}

// History lists the commits of the log.
func (s *Store) History(name engine.Name) ([]engine.Commit, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, l, err := s.find(name, noHistory)
	if err != nil {
		return nil, err
	}
	var list []engine.Commit
	for _, v := range slices.Backward(l.versions[s.kept(l):]) {
		list = append(list, v.Commit)
	}
	return list, nil
}

// bytesOfRow is about what a row of four columns takes in a file.
const bytesOfRow = 64

// Detail is what DESCRIBE DETAIL says.
func (s *Store) Detail(name engine.Name) (engine.Detail, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, l, err := s.find(name, func(t engine.Table) error {
		if isView(t) {
			return refusal("DELTA_UNSUPPORTED_DESCRIBE_DETAIL_VIEW", "42809",
				"%s is a view. DESCRIBE DETAIL is only supported for tables.", t.Name.Quoted())
		}
		return onlyTables(t, "DESCRIBE DETAIL")
	})
	if err != nil {
		return engine.Detail{}, err
	}
	const rowsOfFile = 1_000_000
	rows := int64(l.latest().table.Rows)
	d := engine.Detail{
		ID: found.ID, Location: found.Location, Created: l.versions[0].At, Modified: l.latest().At, Files: (rows + rowsOfFile - 1) / rowsOfFile,
		Bytes: rows * bytesOfRow * int64(len(found.Table.Columns)) / 4, Properties: maps.Clone(l.properties), Reader: reader,
		Writer: writer(l.properties),
	}
	return d, nil
}

// reader is the version of the protocol for who reads a table.
const reader = 1

// writer is the one for who writes to it: 4 is the first that knows of the feed.
func writer(properties map[string]string) int {
	if properties[FeedKey] == "true" {
		return 4
	}
	return 2
}

// Properties are those that are set, and the versions of the protocol.
func (s *Store) Properties(name engine.Name) (map[string]string, error) {
	if _, err := s.Detail(name); err != nil {
		return nil, err
	}
	return s.Shown(name), nil
}

// Shown is [Store.Properties] for a table that there is.
func (s *Store) Shown(name engine.Name) map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	set := s.set[name]
	if l := s.logs[name]; l != nil {
		set = l.properties
	}
	out := map[string]string{"delta.minReaderVersion": strconv.Itoa(reader), "delta.minWriterVersion": strconv.Itoa(writer(set))}
	maps.Copy(out, set)
	return out
}
