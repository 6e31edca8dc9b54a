package stored

import "strings"

// texts finds top-level texts of a JSON object without decoding the rest, which costs most of the time where there are a million. It reports
// false for what it leaves to a real decoder: texts with escapes, values that are no texts, and what is put together in another way.
func texts(body string, names []string, into []string) bool {
	rest, ok := strings.CutPrefix(body, "{")
	for ok && rest != "" && rest[0] == '"' {
		var key, value string
		var text bool
		if key, rest, ok = quoted(rest); !ok || rest == "" || rest[0] != ':' {
			return false
		}
		if value, rest, text, ok = valued(rest[1:]); !ok {
			return false
		}
		for i, name := range names {
			if key == name {
				if !text || strings.Contains(value, `\`) {
					return false
				}
				into[i] = value
			}
		}
		rest = strings.TrimPrefix(rest, ",")
	}
	return rest == "}"
}

// quoted is the text at the beginning, as it is written, and what comes behind it.
func quoted(s string) (text, rest string, ok bool) {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return s[1:i], s[i+1:], true
		}
	}
	return "", "", false
}

// valued is the value at the beginning, and whether it is a text.
func valued(s string) (value, rest string, text, ok bool) {
	if strings.HasPrefix(s, `"`) {
		value, rest, ok = quoted(s)
		return value, rest, true, ok
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			_, behind, closed := quoted(s[i:])
			if !closed {
				return "", "", false, false
			}
			i = len(s) - len(behind) - 1
		case '{', '[':
			depth++
		case '}', ']', ',':
			if depth == 0 {
				return s[:i], s[i:], false, i > 0
			}
			if s[i] != ',' {
				depth--
			}
		}
	}
	return "", "", false, false
}

// plainGrant reads a grant as it is usually written: its principal, and then its privileges, without escapes. It reports false for what it leaves to
// a real decoder.
func plainGrant(body string) (g granted, ok bool) {
	rest, ok := strings.CutPrefix(body, `{"principal":`)
	if !ok || strings.Contains(body, `\`) || !strings.HasPrefix(rest, `"`) {
		return g, false
	}
	if g.Principal, rest, ok = quoted(rest); !ok {
		return g, false
	}
	if rest, ok = strings.CutPrefix(rest, `,"privileges":[`); !ok {
		return g, false
	}
	for {
		if !strings.HasPrefix(rest, `"`) {
			return granted{}, false
		}
		var privilege string
		if privilege, rest, ok = quoted(rest); !ok {
			return granted{}, false
		}
		g.Privileges = append(g.Privileges, privilege)
		if rest == "]}" {
			return g, true
		}
		if rest, ok = strings.CutPrefix(rest, ","); !ok {
			return granted{}, false
		}
	}
}
