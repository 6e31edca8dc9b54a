package authorization

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a piece of a text of Terraform: a name or a sign, or a text in quotes.
type word struct {
	at     int // line
	text   string
	quoted bool
	odd    string // what it is where it is no plain text: a template, or a heredoc
}

func (w word) is(sign string) bool { return !w.quoted && w.text == sign }

// names reports whether it is a name, of a block or an attribute, or a reference.
func (w word) names() bool {
	return !w.quoted && w.odd == "" && strings.IndexFunc(w.text, nameRune) == 0
}

func nameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' || r == '.'
}

// lex cuts a text into words. Comments are passed over; an end of a line is a word, since it ends an attribute.
func lex(text string) (out []word, err error) {
	line := 1
	for len(text) > 0 {
		w, length, why := nextWord(text)
		if why != "" {
			return nil, unreadable(line, why)
		}
		if w.at = line; w.text != "" || w.quoted {
			out = append(out, w)
		}
		line, text = line+strings.Count(text[:length], "\n"), text[length:]
	}
	return out, nil
}

// nextWord is the word that a text begins with and how long it is, none for what is passed over. why says what is wrong.
func nextWord(text string) (w word, length int, why string) {
	switch {
	case text[0] == '\n':
		return word{text: "\n"}, 1, ""
	case text[0] == ' ' || text[0] == '\t' || text[0] == '\r':
		return w, 1, ""
	case text[0] == '#' || strings.HasPrefix(text, "//"):
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			return w, end, ""
		}
		return w, len(text), ""
	case strings.HasPrefix(text, "/*"):
		end := strings.Index(text, "*/")
		if end < 0 {
			return w, 0, "a comment has no end"
		}
		return w, end + 2, ""
	case text[0] == '"':
		inner, odd, length, why := quotedText(text[1:], 0)
		return word{text: inner, quoted: true, odd: odd}, 1 + length, why
	case strings.HasPrefix(text, "<<"):
		length, ended := heredoc(text)
		if !ended {
			return w, 0, "a heredoc has no end"
		}
		return word{text: "<<", odd: aHeredoc}, length, ""
	}
	end := strings.IndexFunc(text, func(r rune) bool { return !nameRune(r) })
	switch {
	case end < 0:
		end = len(text)
	case end == 0:
		_, end = utf8.DecodeRuneInString(text)
	}
	return word{text: text[:end]}, end, ""
}

// heredoc is how long a text over several lines is, from << up to the line that ends it.
func heredoc(text string) (length int, ended bool) {
	first, _, more := strings.Cut(text, "\n")
	mark := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(first, "<<"), "-"))
	for at := len(first) + 1; more && mark != ""; {
		var line string
		line, _, more = strings.Cut(text[at:], "\n")
		if strings.TrimSpace(line) == mark {
			return at + len(line), true
		}
		at += len(line) + 1
	}
	return 0, false
}

var escapes = map[byte]string{'n': "\n", 'r': "\r", 't': "\t", '"': `"`, '\\': `\`}

// quotedText reads a text up to and with its closing quote. odd tells of a template in it, whose value is not known.
func quotedText(text string, depth int) (inner, odd string, length int, why string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return b.String(), odd, i + 1, ""
		case c == '\n':
			return "", "", 0, noEnd
		case c == '\\' && i+1 < len(text) && escapes[text[i+1]] != "":
			i++
			b.WriteString(escapes[text[i]])
		case c == '\\' && unicodeEscape(text[i:]) > 0:
			n := unicodeEscape(text[i:])
			code, _ := strconv.ParseUint(text[i+2:i+n], 16, 32) // digits, as unicodeEscape saw
			b.WriteRune(rune(code))
			i += n - 1
		case c == '\\':
			return "", "", 0, "a text has an escape that is not understood"
		case strings.HasPrefix(text[i:], "$${"), strings.HasPrefix(text[i:], "%%{"):
			b.WriteString(text[i+1 : i+3])
			i += 2
		case strings.HasPrefix(text[i:], "${"), strings.HasPrefix(text[i:], "%{"):
			n, why := template(text[i:], depth+1)
			if why != "" {
				return "", "", 0, why
			}
			odd = aTemplate
			i += n - 1
		default:
			b.WriteByte(c)
		}
	}
	return "", "", 0, noEnd
}

const noEnd = "a text has no end"

// template is how long an expression within a text is, from ${ or %{ up to its closing bracket. Texts in it may have templates of their own.
func template(text string, depth int) (length int, why string) {
	if depth > deepest {
		return 0, "too many templates stand in each other"
	}
	open := 1
	for i := 2; i < len(text); i++ {
		switch text[i] {
		case '{':
			open++
		case '}':
			if open--; open == 0 {
				return i + 1, ""
			}
		case '"':
			_, _, n, why := quotedText(text[i+1:], depth)
			if why != "" {
				return 0, why
			}
			i += n
		}
	}
	return 0, noEnd
}

// unicodeEscape is how long the escape of a letter by its code is that a text begins with: \uNNNN or \UNNNNNNNN; 0 where it begins with none.
func unicodeEscape(text string) int {
	n := map[byte]int{'u': 6, 'U': 10}[text[min(1, len(text)-1)]]
	if n == 0 || len(text) < n {
		return 0
	}
	code, err := strconv.ParseUint(text[2:n], 16, 32)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return 0
	}
	return n
}
