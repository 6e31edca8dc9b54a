package check

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
	"github.com/draftt-io/draftt-databricks/redact"
)

// sign is something in a text that a row can ask for, and where it stands.
type sign struct {
	value string
	at    clue.Place
}

// signs are the facts of a text: what the error would have told through its type, read from how programs print it.
type signs struct {
	record pasted.Record
	part   pasted.Part // the lines that count

	overruled *bool               // noted when the text takes back what a row goes by
	denied    map[clue.Place]bool // what unsaid has read

	places  func(*clue.Clue) [][]int // the first and last few
	all     func(*clue.Clue) [][]int
	page    *clue.Page
	quote   func() redact.Quoted
	about   *mentions
	kinds   []sign
	status  []sign
	proxied []sign // statuses that a proxy gave
	codes   []sign
	states  []sign
}

// readings find numbers and names. Each alternative has one group, the value.
var (
	statusReadings = clue.Says(pasted.Statuses...)
	proxyReadings  = clue.Says(pasted.ProxyStatuses...)
	// spelled are statuses that a text gives by their name alone.
	spelled = map[string]*clue.Clue{
		"401": clue.Says(`\b401\b.{0,3}unauthorized`), "502": clue.Says(`\bbad gateway\b`), "504": clue.Says(`\bgateway time-?out\b`),
		"503": clue.Says(`\bservice (?:temporarily )?unavailable\b`), "407": clue.Says(`\bproxy authentication required\b`),
	}
	codeReadings = clue.Exactly(
		`(?i)\berror_?code["']?\s?[:=]\s?["']?([A-Z][A-Z_]{2,80})\b`,
		`(?i)"error"\s?:\s?"([a-z_]{3,40})"`,
		`(?i)\b(invalid_client|invalid_grant|unauthorized_client|invalid_scope)\b`,
		`\[([A-Z]{3,}(?:_[A-Z]+)+)[\w.]*\]`,
		`\b(ENDPOINT_NOT_FOUND|FEATURE_DISABLED)\b`,
	)
	stateReadings = clue.Says(`SQLSTATE["']?\s?[:=(]?\s?["']?(\w{5})\b`, `SQL state \[?(\w{5})\b`)
)

// signsIn reads the facts of a text.
func signsIn(text pasted.Record) signs {
	p := clue.PageOf(text.Text)
	s := signs{
		record: text, page: p, about: mentionsIn(p), denied: map[clue.Place]bool{}, places: p.Remembers(tries), all: p.Remembers(clue.Unlimited),
		quote: sync.OnceValue(func() redact.Quoted { return redact.Quote(p.Text) }),
	}
	for _, w := range slices.Concat(wordings, numbered) {
		for _, at := range w.text.Places(p, tries) {
			s.kinds = append(s.kinds, sign{string(w.kind), clue.Place{at[0], at[1]}})
		}
	}
	s.status, s.codes, s.states, s.proxied = read(p, statusReadings), read(p, codeReadings), read(p, stateReadings), read(p, proxyReadings)
	s.status = slices.DeleteFunc(s.status, func(status sign) bool {
		return slices.ContainsFunc(s.proxied, func(its sign) bool { return its.at[0] < status.at[1] && status.at[0] < its.at[1] })
	})
	for value, name := range spelled {
		for _, at := range name.Places(p, tries) {
			s.status = append(s.status, sign{value, clue.Place{at[0], at[1]}})
		}
	}
	for _, status := range s.status {
		s.kinds = append(s.kinds, sign{string(kindREST), status.at})
	}
	if pageOfOurs.Places(p, 1) != nil {
		s.kinds = slices.DeleteFunc(s.kinds, func(k sign) bool { return k.value == string(kindPage) })
	}
	return s
}

// pageOfOurs is what the server of a workspace writes around a status: a page, and all the same an answer of the workspace.
var pageOfOurs = clue.Says(`HTTP ERROR:? \d{3}\b.{0,120}Problem accessing /(?:api|sql|oidc)/`)

// within are the signs in a part of the text. What a text is about is read from all of it.
func (s signs) within(part pasted.Part) signs {
	in := func(list []sign) []sign {
		return slices.DeleteFunc(slices.Clone(list), func(one sign) bool { return !part.Has(one.at[0], one.at[1]) })
	}
	s.part, s.kinds, s.status, s.proxied, s.codes, s.states = part, in(s.kinds), in(s.status), in(s.proxied), in(s.codes), in(s.states)
	return s
}

func read(p *clue.Page, readings *clue.Clue) []sign {
	var found []sign
	for _, m := range readings.Places(p, clue.Unlimited) {
		if m[2] >= 0 {
			found = append(found, sign{p.Text[m[2]:m[3]], clue.Place{m[0], m[1]}})
		}
	}
	return found
}

// find looks for a row in the text and gives the place that decided, and whose it is. A text that is about something else, or that the
// row does not match, is theirs.
func (s signs) find(p pattern) (clue.Place, owner) {
	if p.unsigned {
		return clue.Place{}, theirs // nobody can tell from a text what was sent
	}
	if p.onlyAnswered() && slices.ContainsFunc(s.kinds, func(k sign) bool { return k.value == string(kindPage) }) {
		return clue.Place{}, theirs // a page for people is no answer of a workspace, whatever its status
	}
	var deciding []clue.Place // by the most telling thing that the row asks for
	for _, asked := range []struct {
		seen []sign
		want []string
	}{{s.kinds, s.kindsOf(p)}, {s.statusesFor(p), numbers(p.status)}, {s.states, p.states}, {s.codes, p.codes}} {
		if len(asked.want) == 0 {
			continue
		}
		var hits []clue.Place
		for _, seen := range asked.seen {
			if slices.Contains(asked.want, seen.value) || slices.Contains(asked.want, strings.ToUpper(seen.value)) {
				hits = append(hits, seen.at)
			}
		}
		if len(hits) == 0 {
			return clue.Place{}, theirs
		}
		deciding = hits
	}
	if p.text != nil {
		deciding = nil
		for _, at := range s.places(p.text) {
			if s.part.Has(at[0], at[1]) {
				deciding = append(deciding, clue.Place{at[0], at[1]})
			}
		}
	}
	best, who := clue.Place{}, theirs
	for _, at := range outermost(deciding) {
		if found := s.about.whose(at, p); found > who && (found == ours || p.whose != cloudWords || s.comesUpBadly()) && !s.counterSaid(p, at) {
			best, who = at, found
		}
	}
	return best, who
}

// statusesFor are those of whoever the row is about.
func (s signs) statusesFor(p pattern) []sign {
	if slices.Contains(p.kinds, kindProxy) {
		return slices.Concat(s.status, s.proxied)
	}
	return s.status
}

// outermost are the first and the last places of a text that has more than a row is tried at.
func outermost(places []clue.Place) []clue.Place {
	if len(places) <= 2*tries {
		return places
	}
	slices.SortStableFunc(places, func(a, b clue.Place) int { return a[0] - b[0] })
	return slices.Delete(places, tries, len(places)-tries)
}

// onlyAnswered reports a row that a page for people cannot speak for: one that goes by the status of a refusal alone and holds the
// credentials or a right against it, and one that takes everybody's words for a block only in an answer of the workspace.
func (p pattern) onlyAnswered() bool {
	if p.cause == Unreachable {
		return p.text != nil && p.whose == anyWords && slices.Contains(p.kinds, kindREST)
	}
	return p.text == nil && len(p.codes) == 0 && len(p.status) > 0
}

// kindsOf are the kinds that a text must show for a row. Words that the row itself looks for need no further sign that a workspace
// answered.
func (s signs) kindsOf(p pattern) []string {
	if p.text != nil && slices.Contains(p.kinds, kindREST) {
		return nil
	}
	kinds := make([]string, len(p.kinds))
	for i, k := range p.kinds {
		kinds[i] = string(k)
	}
	return kinds
}

func numbers(list []int) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return out
}
