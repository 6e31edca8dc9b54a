package authorization

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
)

// block is a block of Terraform: its type and labels, what is set in it, and the blocks in it.
type block struct {
	at     int // line
	kind   string
	labels []string
	set    map[string]value
	blocks []*block
}

// value is what an attribute is set to: a text, or a reference to an attribute of a resource.
type value struct {
	at        int
	text      string
	reference []string // the parts of the reference, empty for a text
}

// file is what was read of a text of Terraform.
type file struct{ blocks []*block }

// word is a piece of a text of Terraform: a name or a sign, or a text in quotes.
type word struct {
	at     int
	text   string
	quoted bool
}

// parseHCL reads the part of Terraform's language that a list is written in: blocks, attributes, texts without expressions, references.
func parseHCL(text string) (file, error) {
	words, err := lex(text)
	if err != nil {
		return file{}, err
	}
	p := &hclParser{words: words}
	var f file
	for !p.ended() {
		b, err := p.block()
		if err != nil {
			return file{}, err
		}
		f.blocks = append(f.blocks, b)
	}
	return f, nil
}

func nameRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '-' || r == '.'
}

// lex cuts a text into words. Comments are passed over; an end of a line is a word, since it ends an attribute.
func lex(text string) (out []word, err error) {
	line := 1
	for len(text) > 0 {
		switch {
		case text[0] == '\n':
			out = append(out, word{line, "\n", false})
			line, text = line+1, text[1:]
		case text[0] == ' ' || text[0] == '\t' || text[0] == '\r':
			text = text[1:]
		case text[0] == '#' || strings.HasPrefix(text, "//"):
			end := strings.IndexByte(text, '\n')
			if end < 0 {
				return out, nil
			}
			text = text[end:]
		case strings.HasPrefix(text, "/*"):
			end := strings.Index(text, "*/")
			if end < 0 {
				return nil, unreadable(line, "a comment has no end")
			}
			line, text = line+strings.Count(text[:end], "\n"), text[end+2:]
		case text[0] == '"':
			inner, rest, why := quotedText(text[1:])
			if why != "" {
				return nil, unreadable(line, why)
			}
			out, text = append(out, word{line, inner, true}), rest
		case strings.ContainsRune("{}=", rune(text[0])):
			out, text = append(out, word{line, text[:1], false}), text[1:]
		default:
			end := strings.IndexFunc(text, func(r rune) bool { return !nameRune(r) })
			if end < 0 {
				end = len(text)
			}
			if end == 0 {
				return nil, unreadable(line, expression(string([]rune(text)[:1])))
			}
			out, text = append(out, word{line, text[:end], false}), text[end:]
		}
	}
	return out, nil
}

func expression(sign string) string {
	return connector.CleanLine(sign, 10) + " belongs to an expression, and only texts and references to resources of the same file are understood"
}

var escapes = map[byte]string{'n': "\n", 'r': "\r", 't': "\t", '"': `"`, '\\': `\`}

// quotedText reads a text up to its closing quote.
func quotedText(text string) (inner, rest, why string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return b.String(), text[i+1:], ""
		case c == '\n':
			return "", "", "a text has no end"
		case c == '\\' && i+1 < len(text) && escapes[text[i+1]] != "":
			i++
			b.WriteString(escapes[text[i]])
		case c == '\\' && unicodeEscape(text[i:]) > 0:
			n := unicodeEscape(text[i:])
			code, _ := strconv.ParseUint(text[i+2:i+n], 16, 32) // digits, as unicodeEscape saw
			b.WriteRune(rune(code))
			i += n - 1
		case c == '\\':
			return "", "", "a text has an escape that is not understood"
		case strings.HasPrefix(text[i:], "$${"), strings.HasPrefix(text[i:], "%%{"):
			b.WriteString(text[i+1 : i+3])
			i += 2
		case strings.HasPrefix(text[i:], "${"), strings.HasPrefix(text[i:], "%{"):
			return "", "", expression(text[i : i+2])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", "a text has no end"
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

// hclParser reads blocks from words.
type hclParser struct {
	words []word
	at    int
	depth int
}

// deepest is how many blocks may stand in each other.
const deepest = 8

func (p *hclParser) skipLines() {
	for p.at < len(p.words) && p.words[p.at].text == "\n" && !p.words[p.at].quoted {
		p.at++
	}
}

func (p *hclParser) ended() bool {
	p.skipLines()
	return p.at == len(p.words)
}

// next is the next word, an empty one at the end.
func (p *hclParser) next() word {
	if p.at == len(p.words) {
		return word{at: p.line()}
	}
	p.at++
	return p.words[p.at-1]
}

func (p *hclParser) line() int {
	if len(p.words) == 0 {
		return 1
	}
	return p.words[min(p.at, len(p.words)-1)].at
}

func (w word) is(sign string) bool { return !w.quoted && w.text == sign }

// block reads a block from its type on.
func (p *hclParser) block() (*block, error) {
	p.skipLines()
	first := p.next()
	if first.quoted || first.text == "" || strings.Contains("{}=", first.text) {
		return nil, unreadable(first.at, "a block begins with its type, such as resource")
	}
	b := &block{at: first.at, kind: first.text, set: map[string]value{}}
	for {
		w := p.next()
		switch {
		case w.quoted:
			b.labels = append(b.labels, w.text)
		case w.is("{"):
			return b, p.body(b)
		default:
			return nil, unreadable(w.at, "the block "+connector.CleanLine(b.kind, 40)+" has no {")
		}
	}
}

// body reads what stands in a block up to its end.
func (p *hclParser) body(b *block) error {
	if p.depth++; p.depth > deepest {
		return unreadable(b.at, "too many blocks stand in each other")
	}
	defer func() { p.depth-- }()
	for {
		p.skipLines()
		start := p.at
		w := p.next()
		switch {
		case w.is("}"):
			return nil
		case w.text == "" && !w.quoted:
			return unreadable(b.at, "the block "+connector.CleanLine(b.kind, 40)+" has no }")
		}
		if following := p.next(); !following.is("=") {
			p.at = start
			inner, err := p.block()
			if err != nil {
				return err
			}
			b.blocks = append(b.blocks, inner)
			continue
		}
		if _, twice := b.set[w.text]; twice {
			return unreadable(w.at, connector.CleanLine(w.text, 40)+" is set twice")
		}
		v, err := p.value()
		if err != nil {
			return err
		}
		b.set[w.text] = v
	}
}

// value reads what an attribute is set to, up to the end of its line.
func (p *hclParser) value() (value, error) {
	w := p.next()
	v := value{at: w.at, text: w.text}
	switch {
	case w.quoted:
	case w.text == "" || strings.Contains("{}=\n", w.text):
		return v, unreadable(w.at, "only texts and references to resources of the same file are understood")
	default:
		v.reference = strings.Split(w.text, ".")
	}
	if end := p.next(); !end.is("\n") && !end.is("}") && !end.is("") {
		return v, unreadable(end.at, expression(end.text))
	} else if end.is("}") {
		p.at--
	}
	return v, nil
}
