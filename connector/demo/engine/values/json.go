package values

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
)

// Gather is the constructor as SQLite calls it.
func Gather(args []driver.Value) (driver.Value, error) {
	parts := make([]any, len(args))
	for i, v := range args {
		parts[i] = v // a []byte becomes base64, as JSON has it
	}
	out, err := Marshal(parts)
	return string(out), err
}

// Marshal writes JSON with its letters as they are.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}
