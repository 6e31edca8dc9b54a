package check

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
)

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
func (s signs) alternatives(p pattern, decided place) []Alternative {
	list := p.words().rivals()
	for _, other := range toldRows {
		known := slices.ContainsFunc(list, func(a Alternative) bool { return a.Cause == other.cause })
		if known || other.whose != ownWords || other.cause == p.cause {
			continue
		}
		if at, who := s.find(other); who != theirs && (at[0] >= decided[1] || at[1] <= decided[0]) {
			said := connector.CleanLine(s.page.text[at[0]:at[1]], matchedLimit)
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
