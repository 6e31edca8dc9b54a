package authorization

import (
	"strings"

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

// value is what an attribute is set to: a text, or a reference to an attribute of a resource. Anything else is an expression, which matters only where
// it stands in a list.
type value struct {
	at        int
	text      string
	reference []string // the parts of the reference, empty for a text
	odd       string   // what it is instead of them: "a call of toset"
}

// file is what was read of a text of Terraform.
type file struct{ blocks []*block }

// parseHCL reads the part of Terraform's language that a list is written in: blocks, attributes, texts, references. Expressions are passed over, by what
// they are.
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

// hclParser reads blocks from words.
type hclParser struct {
	words []word
	at    int
	depth int
}

// deepest is how many blocks, or templates, may stand in each other.
const deepest = 8

func (p *hclParser) skipLines() {
	for p.at < len(p.words) && p.words[p.at].is("\n") {
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

// block reads a block from its type on.
func (p *hclParser) block() (*block, error) {
	p.skipLines()
	first := p.next()
	if !first.names() {
		return nil, unreadable(first.at, "a block begins with its type, such as resource")
	}
	b := &block{at: first.at, kind: first.text, set: map[string]value{}}
	for {
		w := p.next()
		switch {
		case w.quoted && w.odd == "":
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
		v, err := p.value(w)
		if err != nil {
			return err
		}
		b.set[w.text] = v
	}
}

// value reads what an attribute is set to, up to the end of its line or, within brackets, up to the end of the line where they are closed.
func (p *hclParser) value(of word) (value, error) {
	var all []word
	for depth := 0; p.at < len(p.words); p.at++ {
		w := p.words[p.at]
		if depth == 0 && (w.is("\n") || w.is("}")) {
			break
		}
		switch {
		case w.is("(") || w.is("[") || w.is("{"):
			depth++
		case w.is(")") || w.is("]") || w.is("}"):
			depth = max(0, depth-1)
		}
		all = append(all, w)
	}
	if len(all) == 0 {
		return value{}, unreadable(of.at, connector.CleanLine(of.text, 40)+" is set to nothing")
	}
	v := value{at: all[0].at}
	switch first := all[0]; {
	case len(all) > 1 || !first.quoted && !first.names():
		v.odd = construct(all)
	case first.odd != "":
		v.odd = first.odd
	case first.quoted:
		v.text = first.text
	case literal(first.text) != "":
		v.odd = literal(first.text)
	default:
		v.reference = strings.Split(first.text, ".")
	}
	return v, nil
}
