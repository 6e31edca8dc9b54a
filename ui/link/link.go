// Package link makes places that a text names into links of the terminal (OSC 8). A link has no width, and a terminal that shows none leaves
// the text as it is. It knows nothing of what it links to.
package link

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/ui/phrase"
)

// Link is a page, and the words that stand for it.
type Link struct{ Words, URL string }

// longest is what terminals and browsers alike take.
const longest = 2000

// closing ends a link.
const closing = "\x1b]8;;\x1b\\"

// opening begins a link. Parts of one link have the same id, so that a terminal shows them as one where it is broken over lines.
func opening(url string) string {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(url))
	return fmt.Sprintf("\x1b]8;id=%08x;%s\x1b\\", sum.Sum32(), url)
}

// clean reports whether an address may stand in a sequence of the terminal: printable, without blanks, and over https.
func clean(url string) bool {
	return strings.HasPrefix(url, "https://") && len(url) <= longest &&
		!strings.ContainsFunc(url, func(r rune) bool { return r <= ' ' || r >= 0x7f })
}

// Into makes what the links name on the lines into links, in place.
func Into(lines []string, links []Link) {
	words := make([]string, len(links))
	for i, l := range links {
		if clean(l.URL) {
			words[i] = l.Words
		}
	}
	type piece struct {
		phrase.Part
		url string
	}
	var pieces []piece
	for _, hit := range phrase.Find(lines, words) {
		for _, part := range hit.Parts {
			pieces = append(pieces, piece{part, links[hit.Phrase].URL})
		}
	}
	slices.SortFunc(pieces, func(a, b piece) int { return b.From - a.From }) // from the end of each line, so that no place moves
	for _, p := range pieces {
		line := lines[p.Line]
		lines[p.Line] = line[:p.From] + opening(p.url) + line[p.From:p.To] + closing + line[p.To:]
	}
}

// Text is a text of several lines with its links.
func Text(text string, links []Link) string {
	lines := strings.Split(text, "\n")
	Into(lines, links)
	return strings.Join(lines, "\n")
}
