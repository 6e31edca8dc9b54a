package connector

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/draftt-io/draftt-databricks/redact"
)

// Kind is what a sensitive value is; its alias begins with it.
type Kind string

// The kinds of values that have aliases. KindFolder is on this machine, and KindPath a part of a path in a workspace. KindName is a value whose kind is not known.
const (
	KindHost       Kind = "host"
	KindWorkspace  Kind = "workspace"
	KindSP         Kind = "sp"
	KindUser       Kind = "user"
	KindGroup      Kind = "group"
	KindWarehouse  Kind = "warehouse"
	KindCatalog    Kind = "catalog"
	KindSchema     Kind = "schema"
	KindTable      Kind = "table"
	KindColumn     Kind = "column"
	KindValue      Kind = "value"
	KindConnection Kind = "connection"
	KindAddress    Kind = "address"
	KindComment    Kind = "comment"
	KindID         Kind = "id"
	KindFolder     Kind = "folder"
	KindPath       Kind = "path"
	KindName       Kind = "name"
)

// Registry knows the sensitive values of a run and gives each a stable alias, such as host-A or table-7. Values are kept before anything
// is shared, because a text that was made earlier may be drawn later. It is safe for use by several goroutines.
type Registry struct {
	mu      sync.RWMutex
	things  map[string]*thing   // by value in lower case
	cases   map[string]*thing   // as they are spelt, those that differ from one of them in their case alone
	first   map[string][]string // values that are replaced within texts, by their first word, longest first
	words   []string            // the first words in order, without the newest
	fresh   []string            // the newest first words
	order   []string            // the same, in the order in which they became known
	counts  map[Kind]int
	own     map[string][]string // sentences and titles of ours, by their first word
	titles  map[string]bool     // those of them that are titles
	spelt   map[string]bool     // values of one word that begin with a capital, as they are spelt
	shelves map[string]bool     // folders of ours that have one of each host
	plain   map[string]bool     // identifiers that say nothing of anybody, in lower case
}

// thing is what an alias stands for; a warehouse's name, ID and path are one thing.
type thing struct {
	kind    Kind
	number  int    // 0 until the alias is first shown, so that numbers stay small
	several bool   // a name of principals of several kinds
	spelt   string // where another case is another value, how it is spelt
}

// NewRegistry makes a registry that knows nothing.
func NewRegistry() *Registry {
	return &Registry{
		things: map[string]*thing{}, cases: map[string]*thing{}, first: map[string][]string{}, counts: map[Kind]int{}, own: map[string][]string{}, plain: map[string]bool{},
		titles: map[string]bool{}, spelt: map[string]bool{}, shelves: map[string]bool{},
	}
}

// Forget makes the registry one that knows nothing of any workspace. Aliases begin anew, so nothing that was shown before may be shown beside them.
func (r *Registry) Forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.things, r.first, r.counts = map[string]*thing{}, map[string][]string{}, map[Kind]int{}
	r.words, r.fresh, r.order = nil, nil, nil
	clear(r.cases)
	clear(r.plain)
	clear(r.spelt)
}

var (
	known   = NewRegistry()
	sharing atomic.Bool
)

// Known is the registry of the process, which every edge of the program notes its values in unless it is given another.
func Known() *Registry { return known }

// Share turns share mode on or off for the whole process: while it is on, Shown and ShownText give aliases. Raw values, SQL, requests and
// files are never changed.
func Share(on bool) { sharing.Store(on) }

// Sharing reports whether the screen is shared.
func Sharing() bool { return sharing.Load() }

// Shown is a value as a screen may show it now: itself, or its alias while sharing.
func Shown(kind Kind, value string) string {
	if !Sharing() {
		return value
	}
	return known.Alias(kind, value)
}

// ShownText is a text as a screen may show it now: without a secret, and with an alias in place of every known value in it while sharing.
func ShownText(text string) string {
	text = redact.Text(text)
	if !Sharing() {
		return text
	}
	return known.Text(text)
}

// Note keeps values that stand for one thing. A value that is known keeps its alias; one whose kind was not known learns it. Words that
// are the same in every workspace, such as the names of types, are not kept.
func (r *Registry) Note(kind Kind, values ...string) {
	var one *thing
	for _, value := range values {
		kind := kind.of(value)
		r.spell(value)
		switch found := r.settled(kind, value); {
		case found != nil && found.several: // which tells nothing of the other values
		case found != nil:
			one = found
		case public(value):
		case kind == KindName && dotted(value):
			for _, part := range strings.Split(value, ".") {
				if !public(part) {
					r.keep(kind, part, nil)
				}
			}
		default:
			if kept := r.keep(kind, value, one); !kept.several {
				one = kept
			}
		}
	}
}

// settled is what a value is known to stand for, nil when it is new or when its kind is only known now.
func (r *Registry) settled(kind Kind, value string) *thing {
	r.mu.RLock()
	defer r.mu.RUnlock()
	found := r.of(value)
	if found != nil && (found.learns(kind) || found.namesake(kind) || found.twin(kind, value)) {
		return nil
	}
	return found
}

// learns reports whether a thing is only now known to be of a kind: until it is shown, what was a name or a comment may be anything's name.
func (t *thing) learns(kind Kind) bool {
	vague := func(k Kind) bool { return k == KindName || k == KindComment }
	return t.number == 0 && !t.several && vague(t.kind) && !vague(kind)
}

// keep puts one value in, as it is and as it is drawn, and gives what it stands for.
func (r *Registry) keep(kind Kind, value string, one *thing) *thing {
	r.mu.Lock()
	defer r.mu.Unlock()
	if kind != KindID {
		delete(r.plain, strings.ToLower(value)) // it is somebody's after all
	}
	switch found := r.of(value); {
	case found != nil && found.twin(kind, value):
		return r.apart(kind, value)
	case found != nil && found.learns(kind) && one != nil:
		for _, form := range formsOf(value) {
			if r.things[form] == found {
				r.things[form] = one
			}
		}
		return one
	case found != nil && found.learns(kind):
		found.kind = kind
		return found
	case found != nil && found.namesake(kind):
		return r.share(value, found)
	case found != nil:
		return found
	case one == nil:
		if one = (&thing{kind: kind}); cased(kind, value) {
			one.spelt = value
		}
	}
	for _, form := range formsOf(value) {
		if form == "" || r.things[form] != nil {
			continue
		}
		r.things[form] = one
		if form == core(form) && telling(form) {
			r.index(form)
		}
	}
	return one
}

// formsOf are the forms in which a value may stand in a text: as it is, as it is drawn, as it is in the path of a request and in its body, with what
// is around it and without.
func formsOf(value string) []string {
	key, drawn := strings.ToLower(value), strings.ToLower(CleanLine(value, lineLimit))
	forms := []string{key, drawn, core(key), core(drawn)}
	if sent := strings.ToLower(PathSegment(value)); sent != key {
		forms = append(forms, sent, core(sent))
	}
	return append(forms, encodedForms(value)...)
}

// index makes a value one that is replaced within texts.
func (r *Registry) index(form string) {
	word := form[:wordEnd(form)]
	bucket := r.first[word]
	if bucket == nil {
		r.learn(word)
	}
	at := sort.Search(len(bucket), func(i int) bool { return len(bucket[i]) <= len(form) })
	r.first[word] = slices.Insert(bucket, at, form)
	r.order = append(r.order, form)
}

// Alias is the alias of a value that is all there is to show, whether it was known or not. An empty value has none, and neither have words
// that are the same in every workspace.
func (r *Registry) Alias(kind Kind, value string) string {
	if public(value) {
		return value
	}
	r.spell(value)
	t := r.keep(kind.of(value), value, nil)
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.aliasOf(value, t)
}

// Name is the alias of a known value that stands alone, such as a row of a list; any other text is given as Text gives it.
func (r *Registry) Name(value string) string {
	r.mu.Lock()
	t := r.of(value)
	if value != "" && r.sentence(value, wordEnd(value)) == len(value) {
		t = nil
	}
	if t != nil {
		defer r.mu.Unlock()
		return r.aliasOf(value, t)
	}
	r.mu.Unlock()
	return r.Text(value)
}

// aliasOf is the alias of what a text stands for. A connection that is called as its schema is has the aliases of that, as the schema has
// elsewhere. It needs the lock.
func (r *Registry) aliasOf(text string, t *thing) string {
	if t.kind != KindConnection || !dotted(text) {
		return r.alias(t)
	}
	parts := strings.Split(strings.ToLower(text), ".")
	for i, part := range parts {
		known := r.things[part]
		switch {
		case public(part):
		case known == nil || known.kind == KindName:
			return r.alias(t)
		default:
			parts[i] = r.alias(known)
		}
	}
	return strings.Join(parts, ".")
}

// alias needs the lock.
func (r *Registry) alias(t *thing) string {
	if t.number == 0 {
		r.counts[t.kind]++
		t.number = r.counts[t.kind]
	}
	if t.kind == KindHost {
		return string(KindHost) + "-" + columnName(t.number)
	}
	return string(t.kind) + "-" + strconv.Itoa(t.number)
}

// columnName counts A to Z, AA and on, as columns of a sheet do.
func columnName(n int) string {
	text := ""
	for ; n > 0; n = (n - 1) / 26 {
		text = string(rune('A'+(n-1)%26)) + text
	}
	return text
}

// Since gives the values that are replaced in texts and became known after the first n of them, in lower case. A reader keeps count, and
// so sees each once.
func (r *Registry) Since(n int) []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Clone(r.order[min(n, len(r.order)):])
}
