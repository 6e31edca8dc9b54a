package outlet

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// leastIdentifier is how many digits a number has that may identify something, as the ID of a workspace does.
const leastIdentifier = 12

// veiledJSON is encoded JSON as it may be shown while the screen is shared: aliases stand in its texts alone, so that it stays JSON and its
// numbers stay numbers. A number that can only be an identifier becomes a text. It reports whether the text is JSON.
func veiledJSON(encoded []byte) (shown string, is bool) {
	start := bytes.TrimSpace(encoded)
	if len(start) == 0 || start[0] != '{' && start[0] != '[' || !json.Valid(encoded) {
		return "", false
	}
	text := string(connector.EscapeJSON(encoded)) // what is a secret by its place is known by what stands around it
	var b strings.Builder
	for len(text) > 0 {
		token := text[:tokenEnd(text)]
		b.WriteString(veiledToken(token))
		text = text[len(token):]
	}
	return b.String(), true
}

const digits = "0123456789"

// tokenEnd is where the first piece of JSON ends: a text with its quotation marks, a number, or what stands between them.
func tokenEnd(text string) int {
	switch {
	case text[0] == '"':
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
		return len(text)
	case strings.IndexByte(digits+"-", text[0]) >= 0:
		return len(text) - len(strings.TrimLeft(text, digits+"-+.eE"))
	}
	if end := strings.IndexAny(text, `"-`+digits); end > 0 {
		return end
	}
	return len(text)
}

// veiledToken is a piece of JSON as it may be shown.
func veiledToken(token string) string {
	switch {
	case token[0] == '"':
		if shown := connector.ShownText(token); json.Valid([]byte(shown)) {
			return shown
		}
		var text string
		if json.Unmarshal([]byte(token), &text) != nil {
			return `""`
		}
		return quoted(connector.ShownText(text))
	case len(token) >= leastIdentifier && strings.Trim(token, digits) == "":
		if shown := connector.ShownText(token); shown != token {
			return quoted(shown)
		}
	}
	return token
}

// quoted is a text as JSON.
func quoted(text string) string {
	encoded, _ := json.Marshal(text) // a text is JSON
	return string(connector.EscapeJSON(encoded))
}
