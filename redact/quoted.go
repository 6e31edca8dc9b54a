package redact

import "strings"

// Quoted is a text of strangers that pieces are repeated of.
type Quoted struct {
	text  string
	spans []span
}

// Quote looks for secrets in all of a text, more readily than Text does and without knowing them from then on.
func Quote(text string) Quoted {
	spans := search(text, quoting)
	if visible, from := sight(text); visible != text {
		for _, s := range search(visible, quoting) {
			spans = append(spans, span{from: from[s.from], to: from[s.to]})
		}
	}
	return Quoted{text, joined(spans)}
}

// Piece is what stands from one byte of the text to another, with Mask in place of every secret that reaches into it: a piece that was
// cut out of the middle of one shows none of it.
func (q Quoted) Piece(from, to int) string {
	var out strings.Builder
	at := from
	for _, s := range q.spans {
		if s.to <= from || s.from >= to {
			continue
		}
		out.WriteString(q.text[at:max(at, s.from)] + Mask)
		at = min(s.to, to)
	}
	return out.String() + q.text[at:to]
}

// sight is what a person sees of a text, and for each of its bytes and for its end, where that stands in the text.
func sight(text string) (visible string, from []int) {
	var out strings.Builder
	for at, r := range text {
		if r = seen(r); r >= 0 {
			out.WriteRune(r)
			for len(from) < out.Len() {
				from = append(from, at)
			}
		}
	}
	return out.String(), append(from, len(text))
}
