package connector

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Own tells sentences that this program draws as they are, whatever a workspace calls its objects: a word in them is never taken for a
// name. Only a whole sentence counts, letter by letter, so that a name elsewhere always has its alias.
func (r *Registry) Own(sentences ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.draws(sentences)
}

// Titles tells titles of this program, such as Inventory, that are drawn as they are although a catalog is called inventory. Where something is known that is
// spelt just so, the title has its alias, because it may be the name.
func (r *Registry) Titles(titles ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.draws(titles)
	for _, title := range titles {
		r.titles[title] = true
	}
}

// Shelf tells the name of a folder of this program's own, in which each host has a folder: within such a path the name is never taken for that of an
// object, whatever a workspace calls its objects.
func (r *Registry) Shelf(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.shelves[name] = true
}

// ours is how much of a text, whose first word has n bytes, is this program's own at its beginning. The caller holds the lock.
func (r *Registry) ours(text string, n int) int {
	if r.shelf(text, n) {
		return max(n, r.sentence(text, n))
	}
	return r.sentence(text, n)
}

// shelf reports whether a text begins with such a folder, of n bytes, and that of a host within, or the alias of one. The caller holds the lock.
func (r *Registry) shelf(text string, n int) bool {
	if !r.shelves[text[:n]] || len(text) <= n || text[n] != '/' && text[n] != '\\' {
		return false
	}
	within := text[n+1:]
	if end := strings.IndexAny(within+"/", `/\`); strings.HasPrefix(within, string(KindHost)+"-") && isAlias(within[:end]) {
		return true
	}
	for _, form := range r.first[strings.ToLower(within[:wordEnd(within)])] {
		if used := prefixFold(within, form); used > 0 && r.things[form].kind == KindHost && wordEnd(within[used:]) == 0 {
			return true
		}
	}
	return false
}

// draws needs the lock.
func (r *Registry) draws(sentences []string) {
	for _, sentence := range sentences {
		word := sentence[:wordEnd(sentence)]
		if word != "" && !slices.Contains(r.own[word], sentence) {
			r.own[word] = append(r.own[word], sentence)
		}
	}
}

// spell keeps how a value of one word is spelt that may be taken for a title.
func (r *Registry) spell(value string) {
	word := core(value)
	if first, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(first) || wordEnd(word) != len(word) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spelt[word] = true
}

// sentence is the length of the sentence of our own that a text begins with, whose first word has n bytes; 0 when it begins with none.
// The caller holds the lock.
func (r *Registry) sentence(text string, n int) int {
	for _, own := range r.own[text[:n]] {
		switch rest, found := strings.CutPrefix(text, own); {
		case !found || wordEnd(rest) > 0 || inName(rest):
		case r.titles[own] && r.spelt[own]:
		default:
			return len(own)
		}
	}
	return 0
}

// inName reports whether what follows a word says that the word is a part of a full name.
func inName(rest string) bool { return len(rest) > 1 && rest[0] == '.' && wordEnd(rest[1:]) > 0 }

// mostRefused is how much of a text that is refused is quoted.
const mostRefused = 60

// Refused quotes what was typed and is refused. It may be a name, or a part of one, so that it has an alias like one.
func Refused(kind Kind, typed string) string {
	quoted := CleanLine(typed, mostRefused)
	Known().Note(kind, strings.TrimSpace(typed), quoted)
	return "“" + quoted + "”"
}
