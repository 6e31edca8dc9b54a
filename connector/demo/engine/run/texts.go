package run

import (
	"database/sql/driver"
	"strings"
	"unicode/utf8"

	"modernc.org/sqlite"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// How long one value may be, and how many arguments a function may have, each of which is copied.
const (
	mostBytes     = 32 << 20
	mostArguments = 200
)

// registerTexts puts functions over texts in place of SQLite's, which try a pattern at every place of a text, and are not stopped while they do.
// Each takes any number of arguments, because the driver registers a name once.
func (c *conn) registerTexts(d *sqlite.Driver) error {
	for name, call := range map[string]func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error){
		"like": c.like, "instr": c.text("instr()", 2, 2, find), "replace": c.text("replace()", 3, 3, replace),
		"trim": c.text("trim()", 1, 2, trim(strings.TrimFunc)), "ltrim": c.text("ltrim()", 1, 2, trim(strings.TrimLeftFunc)),
		"rtrim": c.text("rtrim()", 1, 2, trim(strings.TrimRightFunc)),
	} {
		if err := d.RegisterDeterministicScalarFunction(name, -1, call); err != nil {
			return err
		}
	}
	return nil
}

// textsOf reads arguments as texts; known is false where one is NULL.
func textsOf(args []driver.Value) (texts []string, known bool) {
	for _, v := range args {
		if v == nil {
			return nil, false
		}
		texts = append(texts, values.AsText(v, values.StringType))
	}
	return texts, true
}

// text makes a function over texts, which is NULL where one of them is.
func (c *conn) text(name string, least, most int, call func([]string) (driver.Value, error)) func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
	return func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if len(args) < least || len(args) > most {
			return nil, c.failed(dialect.WrongArguments(name))
		}
		texts, known := textsOf(args)
		if !known {
			return nil, nil
		}
		v, err := call(texts)
		return v, c.failed(err)
	}
}

// find is INSTR, which counts characters from 1.
func find(texts []string) (driver.Value, error) {
	at := strings.Index(texts[0], texts[1])
	if at < 0 {
		return int64(0), nil
	}
	return int64(utf8.RuneCountInString(texts[0][:at])) + 1, nil
}

func replace(texts []string) (driver.Value, error) {
	text, old, with := texts[0], texts[1], texts[2]
	if old == "" {
		return text, nil
	}
	if len(text)+strings.Count(text, old)*(len(with)-len(old)) > mostBytes {
		return nil, values.TooLong(mostBytes)
	}
	return strings.ReplaceAll(text, old, with), nil
}

// trim takes characters away: blanks where a call names none.
func trim(cut func(text string, away func(rune) bool) string) func([]string) (driver.Value, error) {
	return func(texts []string) (driver.Value, error) {
		away := map[rune]bool{' ': len(texts) == 1}
		for _, r := range strings.Join(texts[1:], "") {
			away[r] = true
		}
		return cut(texts[0], func(r rune) bool { return away[r] }), nil
	}
}

// gather is the constructor of nested values. What is gathered within another is quoted once more each time.
func (c *conn) gather(args []driver.Value) (driver.Value, error) {
	if sizeOf(args) > mostBytes {
		return nil, c.failed(values.TooLong(mostBytes))
	}
	return values.Gather(args)
}

// sizeOf is how many bytes the texts and binaries among values have.
func sizeOf(row []driver.Value) (size int64) {
	for _, v := range row {
		switch v := v.(type) {
		case string:
			size += int64(len(v))
		case []byte:
			size += int64(len(v))
		}
	}
	return size
}
