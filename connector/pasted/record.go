package pasted

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/redact"
)

// Record is a text on one line, without its secrets, and what is known of the lines that it had. A line that a log begins anew stands behind
// a line end, any other behind a blank, because programs wrap, quote and frame what others said.
type Record struct {
	Text  string
	lines []line
}

// line is where a line stands in the text of its record, and how it counts.
type line struct {
	from, to int
	grade    grade
	again    bool // it tells of another try
}

// Part is some of the lines of a record, as places of its text.
type Part [][2]int

// escaped are the forms that a text takes inside JSON and HTML.
var escaped = strings.NewReplacer(
	`\"`, `"`, `\n`, " ", `\r`, " ", `\t`, " ", "&quot;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">",
)

// Flatten takes the secrets out of a text and lays it on one line.
func Flatten(text string) Record {
	var r Record
	var b strings.Builder
	for raw := range strings.Lines(escaped.Replace(redact.Text(text))) {
		said := strings.Join(strings.FieldsFunc(raw, framing), " ")
		if said == "" {
			continue
		}
		l := line{grade: gradeOf(said), again: triedAgain(said)}
		if b.Len() > 0 {
			b.WriteByte(" \n"[begins(l)])
		}
		l.from = b.Len()
		b.WriteString(said)
		l.to = b.Len()
		r.lines = append(r.lines, l)
	}
	r.Text = b.String()
	r.continued()
	return r
}

// begins is 1 for a line that cannot go on with what stands before it.
func begins(l line) int {
	if l.grade != ungraded || l.again {
		return 1
	}
	return 0
}

// framing is what stands between the words of a text and around its lines.
func framing(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', '│', '╷', '╵', '┃', '|':
		return true
	}
	return false
}

// continued gives the lines after an error its grade: the message goes on until a log says the next thing.
func (r *Record) continued() {
	for i := range r.lines {
		if i > 0 && r.lines[i].grade == ungraded && r.lines[i-1].grade == failed {
			r.lines[i].grade = failed
		}
	}
}

// Graded reports whether the text says of its lines which of them are errors.
func (r Record) Graded() bool {
	return slices.ContainsFunc(r.lines, func(l line) bool { return l.grade == failed })
}

// mostBlocks is how many of the last errors of a log are looked at by themselves.
const mostBlocks = 4

// Parts are the lines that count, in the order in which they do: the last error of a log, those before it, then whatever is no mere
// information; of a text without errors, all of it. What tells of another try counts only where the rest says nothing.
func (r Record) Parts() []Part {
	first := func(l line) bool { return !l.again }
	every := func(line) bool { return true }
	if !r.Graded() {
		return distinct(r.part(r.lines, first), r.part(r.lines, every))
	}
	var parts []Part
	for block := range r.failures() {
		parts = append(parts, r.part(block, first), r.part(block, every))
	}
	told := func(l line) bool { return l.grade != informed }
	return distinct(append(parts, r.part(r.lines, func(l line) bool { return told(l) && first(l) }), r.part(r.lines, told))...)
}

// failures are the runs of lines that are errors, the last one first.
func (r Record) failures() func(func([]line) bool) {
	return func(yield func([]line) bool) {
		for end, n := len(r.lines), 0; end > 0 && n < mostBlocks; end-- {
			from := end
			for from > 0 && r.lines[from-1].grade == failed {
				from--
			}
			if from == end {
				continue
			}
			if n++; !yield(r.lines[from:end]) {
				return
			}
			end = from + 1
		}
	}
}

// part are the lines that a rule takes, those that follow each other as one place.
func (r Record) part(lines []line, takes func(line) bool) Part {
	var p Part
	for _, l := range lines {
		switch {
		case !takes(l):
		case len(p) > 0 && p[len(p)-1][1]+1 == l.from:
			p[len(p)-1][1] = l.to
		default:
			p = append(p, [2]int{l.from, l.to})
		}
	}
	return p
}

// distinct leaves out parts that say nothing new.
func distinct(parts ...Part) []Part {
	var list []Part
	for _, p := range parts {
		if len(p) > 0 && !slices.ContainsFunc(list, func(other Part) bool { return slices.Equal(p, other) }) {
			list = append(list, p)
		}
	}
	return list
}

// Has reports whether a piece of the text, from one byte to another, stands in the part.
func (p Part) Has(from, to int) bool {
	i, found := slices.BinarySearchFunc(p, from, func(place [2]int, at int) int { return place[0] - at })
	if !found {
		i--
	}
	return i >= 0 && to <= p[i][1]
}

// LineOf is where the line that a byte of the text stands in begins and is over.
func (r Record) LineOf(at int) (from, to int) {
	i, found := slices.BinarySearchFunc(r.lines, at, func(l line, at int) int { return l.from - at })
	if !found {
		i--
	}
	if i < 0 {
		return 0, len(r.Text)
	}
	return r.lines[i].from, r.lines[i].to
}
