package check

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// Confidence says how sure an explanation of a text is.
type Confidence string

// Certain is for words that mean one thing; Likely for those that have other reasons too, that name no workspace, or that success follows.
// NoIdea goes with a text that nothing is known about.
const (
	Certain Confidence = "certain"
	Likely  Confidence = "likely"
	NoIdea  Confidence = "none"
)

// Explanation is what a text means. Stage and Name are empty for NotKnown. Copy is a GRANT where the remedy speaks of one, with the names
// of the text, and with placeholders for those that it does not have. Names are what the text names of what the cause is about. Also are
// other causes that fit as well. Matched is the piece of the text that decided, cleaned for one line of a terminal and without secrets.
type Explanation struct {
	Stage      ID
	Name       string
	Cause      Cause
	Reason     string
	Remedy     Remedy
	Names      []Name
	Also       []Alternative
	Confidence Confidence
	Pattern    string
	Matched    string
}

// tries is how many places of a text one row is tried at; the first may be about something else.
const tries = 8

// matchedLimit is how many characters of the text are repeated.
const matchedLimit = 120

// ExplainText names the cause of an error from its text alone: a message, a JSON body, a stack trace, a log. It matches the text against
// the same table as the ladder, asks nobody, and looks at 1 MiB at most: of more, the beginning and the end. A text about something
// else, or one that is not known, has the cause NotKnown. Bytes that are no UTF-8 yet go through pasted.Decode first.
func ExplainText(text string) Explanation {
	text = pasted.Plain(pasted.Bounded(text))
	record := pasted.Flatten(text)
	found, overruled := explained(record)
	for _, reading := range []func(string) (string, bool){pasted.Unwrapped, pasted.Unframed} {
		if read, differs := reading(text); differs && !(record.Graded() && found.Cause != NotKnown) && !overruled {
			if other, _ := explained(pasted.Flatten(read)); !found.tellsMoreThan(other) {
				found = other
			}
		}
	}
	return found
}

// explained names the cause by the lines that count most, and by those that count less where the first say nothing that is known. It is
// overruled where nothing but words that the text itself takes back would name one.
func explained(text pasted.Record) (found Explanation, overruled bool) {
	seen := signsIn(text)
	seen.overruled = &overruled
	for _, part := range text.Parts() {
		counted := seen.within(part)
		for _, p := range toldRows {
			if at, who := counted.find(p); who != theirs {
				return counted.explanation(p, at, who), false
			}
		}
	}
	return Explanation{
		Cause: NotKnown, Confidence: NoIdea, Pattern: UnknownPattern,
		Reason: "Nothing in this text is known to be an error of Azure Databricks or of the way there.",
		Remedy: Remedy{Text: "Run draftt-databricks test NAME, which asks for each thing separately. To ask someone, collect the whole text from its first line, " +
			"the HTTP status, the error_code or SQLSTATE, the request ID, the time, and what was being done."},
	}, overruled
}

func (s signs) explanation(p pattern, at clue.Place, who owner) Explanation {
	said, names := p.words(), s.namesFor(p, at)
	grant, left := filled(said.Grant, names)
	e := Explanation{
		Stage: p.stage, Name: NameOf(p.stage), Cause: p.cause, Reason: said.Reason,
		Remedy: Remedy{Text: said.Remedy + telling(names) + toFillIn(left), Copy: grant}, Names: names, Also: s.alternatives(p, at),
		Confidence: Certain, Pattern: p.id, Matched: s.said(at),
	}
	if p.likely || p.whose != ownWords && who != ours || s.about.contested(at, p) || s.succeeded(p, at) {
		e.Confidence = Likely
	}
	return e
}

// said is a piece of the text, cleaned for one line of a terminal and without anything that may be a secret.
func (s signs) said(at clue.Place) string {
	return connector.CleanLine(s.quote().Piece(at[0], at[1]), matchedLimit)
}

// tellsMoreThan compares two readings of one text: a known cause tells more than none, a certain one more than a likely one, and a row
// that stands before the other says more exactly what is wrong.
func (e Explanation) tellsMoreThan(other Explanation) bool {
	rank := func(e Explanation) int {
		row := slices.IndexFunc(toldRows, func(p pattern) bool { return p.id == e.Pattern })
		switch e.Confidence {
		case Certain:
			return row
		case Likely:
			return len(toldRows) + row
		}
		return 3 * len(toldRows)
	}
	return rank(e) < rank(other)
}

// Alternative is another cause that fits a text as well, with what to look at to tell the two apart.
type Alternative struct {
	Cause   Cause
	Pattern string
	Look    string
}

// rival is what causes.yaml says of another row that a text of this one may mean.
type rival struct{ Pattern, Look string }

// rivals are those that causes.yaml names of a row.
func (said sentences) rivals() []Alternative {
	var list []Alternative
	for _, r := range said.Also {
		if other, ok := rowOf(r.Pattern); ok {
			list = append(list, Alternative{other.cause, r.Pattern, r.Look})
		}
	}
	return list
}

// alternatives are the rivals of a row, and what else the text says in words that only Databricks uses.
func (s signs) alternatives(p pattern, decided clue.Place) []Alternative {
	list := p.words().rivals()
	for _, other := range toldRows {
		known := slices.ContainsFunc(list, func(a Alternative) bool { return a.Cause == other.cause })
		if known || other.whose != ownWords || other.cause == p.cause {
			continue
		}
		if at, who := s.find(other); who != theirs && (at[0] >= decided[1] || at[1] <= decided[0]) {
			said := s.said(at)
			list = append(list, Alternative{other.cause, other.id, "The text also says: " + said + "."})
		}
	}
	return list
}

// rowOf is the row of the table with this id.
func rowOf(id string) (pattern, bool) {
	rows := table()
	i := slices.IndexFunc(rows, func(p pattern) bool { return p.id == id })
	if i < 0 {
		return pattern{}, false
	}
	return rows[i], true
}
