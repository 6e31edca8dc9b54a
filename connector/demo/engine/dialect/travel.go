package dialect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// Moment is a version of a table, by its number or by a time: the version that was the latest then. The zero Moment is none.
type Moment struct {
	Given    bool
	Version  int64
	Time     string // as it was written; empty where the number tells
	Numbered bool   // the table as it is, with the number of each row in a column of its own; nobody can write this one
}

// Travel is a table as it was, or what changed in it, that a query names in place of the table.
type Travel struct {
	Table    Name
	Key      string // under which SQLite knows it
	At       Moment
	Changes  bool // what changed from At to To, or to the latest version
	To       Moment
	function string // what the query has it from
}

// Refused is the error of an engine whose tables have no versions.
func (t Travel) Refused() *values.Error {
	if t.Changes {
		return lackingFunction(t.function)
	}
	return Unsupported(t.function)
}

// shorthand is the form of a version right behind a table's name: of a number, or of a time to the millisecond.
var shorthand = pattern.New(`^@(v[0-9]+|[0-9]{17})`)

// moment reads the version that a table is asked for at the token n places on, and gives the place behind it: the same where none is.
func (r *rewriter) moment(n int) (at Moment, words string, end int, err error) {
	if r.peek(n).Is(numberedMark) {
		return Moment{Given: true, Numbered: true}, "", n + 1, nil
	}
	if t := r.peek(n); t.Kind == symbol && strings.HasPrefix(t.Value, "@") {
		at, err := shortMoment(t)
		return at, "VERSION AS OF", n + 1, err
	}
	start := n
	if r.peek(n).Is("FOR") {
		n++
	}
	byTime := r.peek(n).Is("TIMESTAMP") || r.peek(n).Is("SYSTEM_TIME")
	if !byTime && !r.peek(n).Is("VERSION") && !r.peek(n).Is("SYSTEM_VERSION") || !r.peek(n+1).Is("AS") || !r.peek(n+2).Is("OF") {
		return Moment{}, "", start, nil
	}
	words = "VERSION AS OF"
	if byTime {
		words = "TIMESTAMP AS OF"
	}
	at, end, err = r.bound(n + 3)
	if err == nil && !byTime && at.Time != "" {
		at, err = numbered(at, r.peek(n+3))
	}
	if err == nil && byTime && at.Time == "" {
		at = Moment{Given: true, Time: strconv.FormatInt(at.Version, 10)}
	}
	return at, words, end, err
}

// numbered reads a version that was written as a text.
func numbered(at Moment, t Token) (Moment, error) {
	version, err := strconv.ParseInt(at.Time, 10, 64)
	if err != nil {
		return Moment{}, SyntaxAt(t)
	}
	return Moment{Given: true, Version: version}, nil
}

// bound reads a version or a time: a whole number, a text, or a literal date or timestamp. An empty text is neither.
func (r *rewriter) bound(n int) (at Moment, end int, err error) {
	t := r.peek(n)
	switch {
	case t.Kind == number:
		version, err := strconv.ParseInt(t.Value, 10, 64)
		if err != nil {
			return Moment{}, n, SyntaxAt(t)
		}
		return Moment{Given: true, Version: version}, n + 1, nil
	case t.Kind == Text && t.Value == "":
		return Moment{}, n, SyntaxAt(t)
	case t.Kind == Text:
		return Moment{Given: true, Time: t.Value}, n + 1, nil
	case (t.Is("TIMESTAMP") || t.Is("DATE")) && r.peek(n+1).Kind == Text && r.peek(n+1).Value != "":
		return Moment{Given: true, Time: r.peek(n + 1).Value}, n + 2, nil
	case t.raw == "" || t.Kind == symbol && !t.Is("("):
		return Moment{}, n, SyntaxAt(t)
	}
	return Moment{}, n, Unsupported("a version that is an expression")
}

func shortMoment(t Token) (Moment, error) {
	if text, ok := strings.CutPrefix(t.Value, "@v"); ok {
		version, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return Moment{}, SyntaxAt(t)
		}
		return Moment{Given: true, Version: version}, nil
	}
	d := t.Value[1:]
	return Moment{Given: true, Time: fmt.Sprintf("%s-%s-%s %s:%s:%s.%s", d[:4], d[4:6], d[6:8], d[8:10], d[10:12], d[12:14], d[14:])}, nil
}

// key is the name of the table as it was then. No name of Unity Catalog has a slash in it.
func (t Travel) key() string {
	key := fmt.Sprintf("%s/%d/%s", t.Table.Key(), t.At.Version, t.At.Time)
	if t.At.Numbered {
		key += "/numbered"
	}
	if t.Changes {
		key += fmt.Sprintf("/to/%t/%d/%s", t.To.Given, t.To.Version, t.To.Time)
	}
	return key
}

// named notes that the query reads a table so, as its author wrote the name.
func (q *Query) named(t Travel, written []string) string {
	t.Key = t.key()
	if !slices.Contains(q.Travels, t) {
		q.Travels = append(q.Travels, t)
		q.written[t.Table] = written
	}
	return t.Key
}

// changesTable writes table_changes('table', start [, end]) as a table.
func (r *rewriter) changesTable() error {
	t := r.peek(2)
	if t.Kind != Text {
		return SyntaxAt(t)
	}
	name, written, err := r.spelled(t)
	if err != nil {
		return err
	}
	travel := Travel{Table: name, Changes: true, function: "table_changes"}
	n := 3
	for _, at := range []*Moment{&travel.At, &travel.To} {
		if !r.peek(n).Is(",") {
			break
		}
		if r.peek(n + 1).Is("NULL") {
			return &values.Error{Class: "DELTA_CDC_READ_NULL_RANGE_BOUNDARY", SQLState: "22004",
				Message: "CDC read start/end parameters cannot be null. Please provide a valid version or timestamp."}
		}
		if *at, n, err = r.bound(n + 1); err != nil {
			return err
		}
	}
	if !travel.At.Given || !r.peek(n).Is(")") {
		return SyntaxAt(r.peek(n))
	}
	after := r.peek(n + 1)
	r.pos += n
	r.tokens[r.pos].spaced = true
	r.emit(SQLIdentifier(r.query.named(travel, written)))
	if !after.Is("AS") && !aliases(after) {
		r.out.WriteString(` AS "table_changes"`)
		r.spaceNext = true
	}
	return nil
}

// spelled reads the name of a table out of a text.
func (r *rewriter) spelled(t Token) (Name, []string, error) {
	tokens, err := Lex(t.Value)
	if err != nil {
		return Name{}, nil, SyntaxAt(t)
	}
	p := NewParser(tokens, 0)
	name, err := p.TableName(r.catalog, r.schema)
	if err == nil {
		err = p.End()
	}
	if err != nil {
		return Name{}, nil, SyntaxAt(t)
	}
	var written []string
	for i := 0; i < len(tokens); i += 2 {
		written = append(written, identifierText(tokens[i]))
	}
	return name, written, nil
}

// behindMoment is the place behind the version that a table is asked for at a place, the same where none is.
func behindMoment(tokens []Token, i int) int {
	_, _, end, err := (&rewriter{tokens: tokens}).moment(i)
	if err != nil {
		return i
	}
	return end
}
