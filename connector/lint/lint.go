// Package lint recognises values that were meant for another place: a token in the field of the client ID, the account console in place
// of a workspace, a whole JDBC URL where an ID belongs. Its rules are data with ids that stay, so that a support engineer can name one.
//
// A hint never blocks anything. What cannot be used is refused by the parsers of package connector; a hint says earlier, and more
// exactly, what the value looks like. The wizard and the plain prompts show the same hints.
package lint

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Field is an answer that rules look at.
type Field string

// The fields that have rules.
const (
	Host      Field = "host"
	ClientID  Field = "client_id"
	Secret    Field = "secret"
	Warehouse Field = "warehouse" // an HTTP path or an ID
	Catalog   Field = "catalog"
	Schema    Field = "schema"
	Name      Field = "name" // of the connection
	CAFile    Field = "ca_file"
	Proxy     Field = "proxy" // which no rule is about: its reader says all there is
)

// Values are the answers as they were typed or pasted, before any parser cleaned them. Empty ones have no hints.
type Values struct {
	Host            string
	HostParses      bool // ParseHost took it, so that half a host is told from a whole one
	ClientID        string
	Method          connector.AuthMethod
	Secret          connector.Secret // its shape alone is looked at
	Warehouse       string
	Catalog, Schema string
	Name            string
	Taken           []string // names of saved connections
	CAFile          string
	Typing          Field // filled key by key at this moment: rules about values that are too short wait
	Listed          bool  // Catalog or Schema were listed, not typed: what they are counts, not how they are spelt
}

// text is the value of a field that is not secret.
func (v Values) text(f Field) string {
	switch f {
	case Host:
		return v.Host
	case ClientID:
		return v.ClientID
	case Warehouse:
		return v.Warehouse
	case Catalog:
		return v.Catalog
	case Schema:
		return v.Schema
	case Name:
		return v.Name
	case CAFile:
		return v.CAFile
	}
	return ""
}

// Hint is what a rule has to say about a field, in one or two sentences that are safe to show: no hint repeats a value.
type Hint struct {
	ID    string
	Field Field
	Text  string
}

// Rule is one thing that is recognised. ID never changes its meaning, nor is it given again once its rule is gone.
type Rule struct {
	ID    string
	Field Field
	Text  string
	fires func(Values) bool
	whole bool // speaks of a whole value only
	thing bool // speaks of the thing that is named, not of the spelling
}

// Rules lists all rules, in the order in which they speak: the first that fires on a field is the one shown.
func Rules() []Rule {
	return slices.Concat(hostRules, clientRules, secretRules, warehouseRules, nameRules(Catalog), nameRules(Schema), connectionRules, fileRules)
}

// all is made once: rules are looked through at every keystroke.
var all = Rules()

// Check gives the hints on all fields that are not empty, in the order of Rules.
func Check(v Values) []Hint {
	var hints []Hint
	for _, r := range all {
		if r.speaks(v) {
			hints = append(hints, Hint{r.ID, r.Field, r.Text})
		}
	}
	return hints
}

func (r Rule) speaks(v Values) bool {
	if r.whole && v.Typing == r.Field || v.Listed && (r.Field == Catalog || r.Field == Schema) && !r.thing {
		return false
	}
	if r.Field == Secret {
		return !v.Secret.IsZero() && r.fires(v)
	}
	return v.text(r.Field) != "" && r.fires(v)
}

// Memory keeps hints that a person has passed over, so that none is said twice about the same value. The zero value is ready.
type Memory struct{ passed []passedOver }

type passedOver struct {
	rule   string
	field  Field
	text   string
	secret connector.Secret
}

// First is the one hint to show at a field, and false when there is none or it was passed over.
func (m *Memory) First(v Values, f Field) (Hint, bool) {
	for _, h := range Check(v) {
		if h.Field == f {
			return h, !m.knows(h, v)
		}
	}
	return Hint{}, false
}

// PassOver notes that a person has moved on from a field with its value as it is.
func (m *Memory) PassOver(v Values, f Field) {
	if h, fresh := m.First(v, f); fresh {
		m.passed = append(m.passed, passedOver{h.ID, f, v.text(f), secretOf(v, f)})
	}
}

func (m *Memory) knows(h Hint, v Values) bool {
	return slices.ContainsFunc(m.passed, func(p passedOver) bool {
		return p.rule == h.ID && p.field == h.Field && p.text == v.text(h.Field) && p.secret.Equal(secretOf(v, h.Field))
	})
}

func secretOf(v Values, f Field) connector.Secret {
	if f == Secret {
		return v.Secret
	}
	return connector.Secret{}
}
