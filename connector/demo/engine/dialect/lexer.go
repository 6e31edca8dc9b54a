package dialect

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// TokenKind tells the tokens of a statement apart.
type TokenKind int

const (
	Word   TokenKind = iota // a bare identifier or keyword
	quoted                  // an identifier in back-ticks
	Text                    // a string literal
	number
	symbol
	marker // a parameter: ? or :name
)

// Token is one lexical element of a statement. Comments and white space are
// not tokens; spaced records that some stood in front.
type Token struct {
	Kind   TokenKind
	raw    string // as written
	Value  string // unquoted; for a word, in upper case
	spaced bool
	pos    int // where it stands in the statement, in bytes
}

// Is reports whether the token is the given symbol or keyword.
func (t Token) Is(s string) bool {
	return (t.Kind == symbol || t.Kind == Word) && t.Value == s
}

// Identifier reports whether the token can name something.
func (t Token) Identifier() bool { return t.Kind == Word || t.Kind == quoted }

// name returns the identifier as it is stored: in lower case.
func (t Token) name() string {
	if t.Kind == Word {
		return strings.ToLower(t.raw)
	}
	return strings.ToLower(t.Value)
}

// lexer splits a statement into tokens by the rules of Databricks SQL.
type lexer struct {
	src    string
	pos    int
	tokens []Token
}

// Lex returns the tokens of a statement. A closing semicolon is dropped;
// anything after it is a syntax error, as is an unclosed quote or comment and
// a NUL character, at which SQLite would stop reading.
func Lex(sql string) ([]Token, error) {
	if strings.IndexByte(sql, 0) >= 0 {
		return nil, SyntaxError("\\u0000")
	}
	l := &lexer{src: strings.ToValidUTF8(sql, "\uFFFD")}
	for {
		spaced, err := l.skipSpace()
		if err != nil {
			return nil, err
		}
		if l.pos == len(l.src) {
			break
		}
		start := l.pos
		t, err := l.next()
		if err != nil {
			var e *values.Error
			if errors.As(err, &e) && e.At == 0 {
				e.At = start + 1
			}
			return nil, err
		}
		t.spaced, t.pos = spaced, start
		if l.tokens = append(l.tokens, t); len(l.tokens) > mostTokens {
			return nil, TooComplex()
		}
	}
	return dropSemicolon(l.tokens)
}

// skipSpace passes white space and comments; bracketed comments nest.
func (l *lexer) skipSpace() (skipped bool, err error) {
	start := l.pos
	for l.pos < len(l.src) {
		rest := l.src[l.pos:]
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case unicode.IsSpace(r) || r == '\uFEFF':
			l.pos += size
		case strings.HasPrefix(rest, "--"):
			if i := strings.IndexAny(rest, "\r\n"); i >= 0 {
				l.pos += i
			} else {
				l.pos = len(l.src)
			}
		case strings.HasPrefix(rest, "/*"):
			if err := l.skipBracketed(); err != nil {
				return false, err
			}
		default:
			return l.pos > start, nil
		}
	}
	return l.pos > start, nil
}

func (l *lexer) skipBracketed() error {
	depth := 0
	for l.pos < len(l.src) {
		switch rest := l.src[l.pos:]; {
		case strings.HasPrefix(rest, "/*"):
			depth++
			l.pos += 2
		case strings.HasPrefix(rest, "*/"):
			depth--
			l.pos += 2
			if depth == 0 {
				return nil
			}
		default:
			l.pos++
		}
	}
	return &values.Error{Class: "UNCLOSED_BRACKETED_COMMENT", SQLState: "42601", Message: "Found an unclosed bracketed comment. Append */ at the end of the comment."}
}

func (l *lexer) next() (Token, error) {
	rest := l.src[l.pos:]
	r, _ := utf8.DecodeRuneInString(rest)
	switch {
	case r == '`':
		return l.backticked()
	case r == '\'' || r == '"':
		return l.literal(false)
	case (r == 'r' || r == 'R') && len(rest) > 1 && (rest[1] == '\'' || rest[1] == '"'):
		l.pos++
		return l.literal(true)
	case isDigit(r) || r == '.' && len(rest) > 1 && isDigit(rune(rest[1])) && !l.afterName():
		return l.number(), nil
	case isLetter(r):
		raw := l.takeWhile(func(r rune) bool { return isLetter(r) || isDigit(r) })
		return Token{Kind: Word, raw: raw, Value: strings.ToUpper(raw)}, nil
	case r == '?':
		l.pos++
		return Token{Kind: marker, raw: "?"}, nil
	case r == ':' && len(rest) > 1 && isLetter(rune(rest[1])):
		l.pos++
		name := l.takeWhile(func(r rune) bool { return isLetter(r) || isDigit(r) })
		return Token{Kind: marker, raw: ":" + name, Value: name}, nil
	case strings.HasPrefix(rest, ":`"):
		l.pos++
		name, err := l.backticked()
		return Token{Kind: marker, raw: ":" + name.raw, Value: name.Value}, err
	}
	return l.symbol()
}

// afterName reports whether the last token is an identifier that a dot would
// continue, as in t.1.
func (l *lexer) afterName() bool {
	n := len(l.tokens)
	return n > 0 && l.tokens[n-1].Identifier()
}

func (l *lexer) backticked() (Token, error) {
	start := l.pos
	var b strings.Builder
	for l.pos++; l.pos < len(l.src); l.pos++ {
		c := l.src[l.pos]
		if c == '`' {
			if !strings.HasPrefix(l.src[l.pos+1:], "`") {
				l.pos++
				return Token{Kind: quoted, raw: l.src[start:l.pos], Value: b.String()}, nil
			}
			l.pos++
		}
		b.WriteByte(c)
	}
	return Token{}, SyntaxError("`")
}

// escapes are the backslash sequences of string literals. \% and \_ keep their
// backslash, for LIKE; any other character stands for itself.
var escapes = map[byte]string{
	'n': "\n", 't': "\t", 'r': "\r", 'b': "\b", '0': "\x00", 'Z': "\x1a", '%': `\%`, '_': `\_`,
}

// literal reads a string in single or double quotes. A doubled quote stands
// for one.
func (l *lexer) literal(raw bool) (Token, error) {
	start, quote := l.pos, l.src[l.pos]
	var b strings.Builder
	for l.pos++; l.pos < len(l.src); l.pos++ {
		c := l.src[l.pos]
		switch {
		case c == quote && strings.HasPrefix(l.src[l.pos+1:], string(quote)):
			l.pos++
			b.WriteByte(quote)
		case c == quote:
			l.pos++
			return Token{Kind: Text, raw: l.src[start:l.pos], Value: b.String()}, nil
		case c == '\\' && !raw && l.pos+1 < len(l.src):
			l.pos++
			if s, known := escapes[l.src[l.pos]]; known {
				b.WriteString(s)
			} else {
				b.WriteByte(l.src[l.pos])
			}
		default:
			b.WriteByte(c)
		}
	}
	return Token{}, SyntaxError(string(quote))
}

// exponentStart is what the exponent of a number begins with, up to its first digit.
var exponentStart = pattern.New(`^[eE][+-]?[0-9]`)

// number reads a numeric literal; the letters that give it a type, as in 1L or
// 2.5BD, are not part of its value.
func (l *lexer) number() Token {
	start := l.pos
	l.takeWhile(isDigit)
	if strings.HasPrefix(l.src[l.pos:], ".") {
		l.pos++
		l.takeWhile(isDigit)
	}
	if exponent := exponentStart().FindString(l.src[l.pos:]); exponent != "" {
		l.pos += len(exponent)
		l.takeWhile(isDigit)
	}
	value := l.src[start:l.pos]
	for _, suffix := range []string{"BD", "L", "S", "Y", "D", "F"} {
		end := l.pos + len(suffix)
		if end <= len(l.src) && strings.EqualFold(l.src[l.pos:end], suffix) {
			if r, _ := utf8.DecodeRuneInString(l.src[end:]); !isLetter(r) && !isDigit(r) {
				l.pos = end
				break
			}
		}
	}
	return Token{Kind: number, raw: l.src[start:l.pos], Value: value}
}

// symbols lists the operators longer than one character.
var symbols = []string{"<=>", "<=", ">=", "<>", "!=", "==", "||", "<<", ">>", "::", "->"}

func (l *lexer) symbol() (Token, error) {
	for _, s := range symbols {
		if strings.HasPrefix(l.src[l.pos:], s) {
			l.pos += len(s)
			return Token{Kind: symbol, raw: s, Value: s}, nil
		}
	}
	if s := shorthand().FindString(l.src[l.pos:]); s != "" {
		l.pos += len(s)
		return Token{Kind: symbol, raw: s, Value: s}, nil
	}
	r, size := utf8.DecodeRuneInString(l.src[l.pos:])
	l.pos += size
	s := string(r)
	if !strings.ContainsRune("()[]{},.;*+-/%=<>&|~!:^", r) {
		return Token{}, SyntaxError(s)
	}
	return Token{Kind: symbol, raw: s, Value: s}, nil
}

func (l *lexer) takeWhile(accept func(rune) bool) string {
	start := l.pos
	for l.pos < len(l.src) {
		r, size := utf8.DecodeRuneInString(l.src[l.pos:])
		if !accept(r) {
			break
		}
		l.pos += size
	}
	return l.src[start:l.pos]
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLetter(r rune) bool { return r == '_' || unicode.IsLetter(r) && r != utf8.RuneError }
