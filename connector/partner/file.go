package partner

import (
	"cmp"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector/flatfile"
)

// file is a set of a person's own.
type file struct {
	name  string
	owns  bool
	many  bool
	needs []ruleText
	asks  []string
}

var fileKeys = []flatfile.Key[file]{
	{Name: "name", About: "how the set is called", Example: "Our loader", Slot: func(f *file) flatfile.Slot { return flatfile.Text(&f.name) }},
	{Name: "owns", About: "it owns what it makes in the selected catalog", Example: "true", Slot: func(f *file) flatfile.Slot { return flatfile.Flag(&f.owns) }},
	{Name: "many", About: "several schemas can be selected", Example: "true", Slot: func(f *file) flatfile.Slot { return flatfile.Flag(&f.many) }},
	{Name: "needs", About: "what it is given, a line for each", Needed: true, Example: "[{token: CAN_USE}, {unity: USE_CATALOG, on: catalog}]", Slot: func(f *file) flatfile.Slot {
		return flatfile.Each(&f.needs, ruleKeys, func(t *ruleText) error { _, err := t.rule(); return err })
	}},
	{Name: "asks", About: "what is not settled, each a question", Example: "[Is it to write?]", Slot: func(f *file) flatfile.Slot { return flatfile.List(&f.asks) }},
}

var ruleKeys = []flatfile.Key[ruleText]{
	{Name: "token", Slot: func(t *ruleText) flatfile.Slot { return flatfile.Text(&t.Token) }},
	{Name: "entitlement", Slot: func(t *ruleText) flatfile.Slot { return flatfile.Text(&t.Entitlement) }},
	{Name: "warehouse", Slot: func(t *ruleText) flatfile.Slot { return flatfile.Text(&t.Warehouse) }},
	{Name: "unity", Slot: func(t *ruleText) flatfile.Slot { return flatfile.Text(&t.Unity) }},
	{Name: "legacy", Slot: func(t *ruleText) flatfile.Slot { return flatfile.Text(&t.Legacy) }},
	{Name: "on", Slot: func(t *ruleText) flatfile.Slot { return flatfile.Text(&t.On) }},
}

// ReadSet reads a set of a person's own from a file in YAML or JSON. from names the file. What a set may name is bounded: no MANAGE, no ALL
// PRIVILEGES, no ownership. Errors are *connector.Error of kind ErrInput.
func ReadSet(content []byte, from string) (*Set, error) {
	f, err := flatfile.Read(content, fileKeys, "set")
	if err != nil {
		return nil, err //nolint:wrapcheck // it says the line and what to do
	}
	set := &Set{Name: cmp.Or(f.name, "a set of your own"), From: from, Owns: f.owns, Many: f.many, Asks: f.asks}
	for _, line := range f.needs {
		rule, err := line.rule()
		if err != nil {
			return nil, errors.Join(errSet, err)
		}
		set.Rules = append(set.Rules, rule)
	}
	return set, nil
}

var errSet = errors.New("a set that was read is refused") // it was looked at line by line before
