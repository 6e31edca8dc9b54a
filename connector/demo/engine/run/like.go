package run

import (
	"database/sql/driver"
	"unicode/utf8"

	"modernc.org/sqlite"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// defaultEscape is the escape of a LIKE that names none. SQLite's own has none then.
const defaultEscape = `\`

// pattern is the last pattern of LIKE that a connection read: mostly a statement has one for all rows.
type pattern struct {
	text, escape string
	like         values.Like
	err          error
}

// like has the pattern before the text, and perhaps the escape behind it.
func (c *conn) like(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	if len(args) < 2 || len(args) > 3 {
		return nil, c.failed(dialect.WrongArguments("like()"))
	}
	texts, known := textsOf(args)
	if !known {
		return nil, nil
	}
	texts = append(texts, defaultEscape)
	if p := &c.pattern; p.text != texts[0] || p.escape != texts[2] {
		*p = pattern{text: texts[0], escape: texts[2]}
		p.like, p.err = readPattern(p.text, p.escape)
	}
	if c.pattern.err != nil {
		return nil, c.failed(c.pattern.err)
	}
	found, err := c.pattern.like.Match(c.context(), texts[1])
	return found, err
}

func readPattern(text, escape string) (values.Like, error) {
	r, size := utf8.DecodeRuneInString(escape)
	if size == 0 || size < len(escape) {
		return values.Like{}, &values.Error{Class: "INVALID_ESCAPE_CHAR", SQLState: "42604", Message: "`EscapeChar` should be a string literal of length one."}
	}
	return values.NewLike(text, r)
}
