package dialect

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// placed are the errors that end in the place of a name in the statement. The
// name is the last one in back-ticks of the first group in their text.
var placed = map[string]bool{
	"UNRESOLVED_COLUMN.WITHOUT_SUGGESTION": true, "TABLE_OR_VIEW_NOT_FOUND": true, "UNRESOLVED_ROUTINE": true, "AMBIGUOUS_REFERENCE": true,
	"UNRESOLVED_TABLE_VALUED_FUNCTION": true,
}

// Locate adds where in the statement an error is, in the two forms that
// Databricks uses. The error that came in stays as it is: an authority may give
// the same one to many.
func Locate(err *values.Error, catalog, schema, sql string) *values.Error {
	e := *err
	e.Message = strings.Replace(e.Message, searchPath, "`system`.`session`, `system`.`builtin`, `system`.`ai`, "+Backtick(catalog, schema), 1)
	if len(e.Message) > maxMessage { // a name in it is as long as whoever wrote it liked
		e.Message = strings.ToValidUTF8(e.Message[:maxMessage], "") + "…"
	}
	switch {
	case e.Class == syntaxErrorClass, e.Class == emptyStatement:
		e.Place = syntaxPlace(e.At, e.Message, sql)
	case placed[e.Class]:
		if at, found := findName(e.Message, sql); found {
			line, column := lineColumn(sql, at)
			e.Place = fmt.Sprintf("; line %d pos %d", line, column)
		}
	}
	return &e
}

// maxMessage is how much an error says.
const maxMessage = 8000

// maxQuoted is how much of a statement a syntax error repeats.
const maxQuoted = 2000

// syntaxPlace repeats the statement with the mistake marked.
func syntaxPlace(at int, message, sql string) string {
	offset := at - 1
	switch {
	case len(sql) > maxQuoted:
		return ""
	case strings.HasSuffix(message, "end of input."):
		offset = len(sql)
	case at == 0:
		if offset = onlyToken(message, sql); offset < 0 {
			return ""
		}
	}
	line, column := lineColumn(sql, offset)
	var b strings.Builder
	fmt.Fprintf(&b, " (line %d, pos %d)\n\n== SQL ==\n", line, column)
	for i, text := range strings.Split(sql, "\n") {
		b.WriteString(text + "\n")
		if i == line-1 {
			b.WriteString(strings.Repeat("-", column) + "^^^\n")
		}
	}
	return b.String()
}

// onlyToken looks for the token that SQLite complained about, of which it does
// not say where it is. It is -1 if there are several.
func onlyToken(message, sql string) int {
	_, near, _ := strings.Cut(message, "near '")
	near = strings.TrimSuffix(near, "'.")
	tokens, err := Lex(sql)
	if err != nil {
		return -1
	}
	at := -1
	for _, t := range tokens {
		if t.raw != near {
			continue
		}
		if at >= 0 {
			return -1
		}
		at = t.pos
	}
	return at
}

// lineColumn counts lines from 1 and characters from 0.
func lineColumn(sql string, offset int) (line, column int) {
	before := sql[:min(offset, len(sql))]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, utf8.RuneCountInString(before[start:])
}

// findName looks for the name that a text speaks of, and returns where the
// dotted name starts that it ends.
func findName(message, sql string) (offset int, found bool) {
	_, rest, quoted := strings.Cut(message, "`")
	group, _, closed := strings.Cut(rest, "` ")
	if !quoted || !closed {
		return 0, false
	}
	parts := strings.Split(group, "`.`")
	name := strings.ToLower(strings.ReplaceAll(parts[len(parts)-1], "``", "`"))
	tokens, err := Lex(sql)
	if err != nil {
		return 0, false
	}
	for i, t := range tokens {
		if !t.Identifier() || t.name() != name || i+1 < len(tokens) && tokens[i+1].Is(".") {
			continue
		}
		for i > 1 && tokens[i-1].Is(".") && tokens[i-2].Identifier() {
			i -= 2
		}
		return tokens[i].pos, true
	}
	return 0, false
}
