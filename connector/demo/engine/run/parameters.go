package run

import (
	"cmp"
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Param is the value of a parameter in a statement: of :name, or, if Name is
// empty, of the next question mark.
type Param struct {
	Name  string
	Value any         // nil, bool, int64, float64, string or []byte
	Type  values.Type // what the client says it is; the zero type leaves it to the value
}

// Sent is a parameter as a client sends it: texts, of which the value may be
// missing. Ordinal says where it belongs among those without a name, 0 where
// their order tells.
type Sent struct {
	Name, Kind string
	Value      *string
	Ordinal    int
}

// ParseParams reads the parameters of a statement. What does not fit is an
// [*values.Error].
func ParseParams(sent []Sent) ([]Param, error) {
	sent = slices.Clone(sent)
	slices.SortStableFunc(sent, func(a, b Sent) int {
		if a.Name != "" || b.Name != "" {
			return 0
		}
		return cmp.Compare(a.Ordinal, b.Ordinal)
	})
	var params []Param
	for i, s := range sent {
		label := s.Name
		switch {
		case label == "":
			label = "_" + fmt.Sprint(i+1)
		case slices.ContainsFunc(params, func(p Param) bool { return p.Name == s.Name }):
			return nil, invalidMapping("DUPLICATE_NAME", fmt.Sprintf("multiple parameter mappings were given with the name '%s'.", s.Name))
		}
		p, err := s.parse(label)
		if err != nil {
			return nil, err
		}
		params = append(params, p)
	}
	return params, nil
}

// absentTypes are the types of parameters that Databricks has and the engine
// does not compute with, by their first word.
var absentTypes = []string{"INTERVAL", "VARIANT"}

func (s Sent) parse(label string) (Param, error) {
	kind := strings.ToUpper(cmp.Or(strings.TrimSpace(s.Kind), "STRING"))
	p := Param{Name: s.Name}
	if kind == "VOID" {
		return p, nil
	}
	word, _, _ := strings.Cut(kind, " ")
	if slices.Contains(absentTypes, word) {
		return Param{}, &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000",
			Message: "The embedded workspace has no parameters of the type " + kind + ".",
		}
	}
	t, err := values.ParseType(kind)
	if err != nil || t.Kind == values.Binary || len(t.Fields) > 0 {
		return Param{}, invalidMapping("INVALID_DATA_TYPE", fmt.Sprintf("the given data type '%s' for parameter '%s' is not valid.", kind, label))
	}
	p.Type = t
	if s.Value == nil {
		return p, nil
	}
	if t.Kind == values.Decimal {
		// The digits of the value count, and not those that the type names.
		if exact, ok := values.DecimalOf(*s.Value); ok {
			p.Type = exact
		}
	}
	if p.Value, err = values.Cast(strings.TrimSpace(*s.Value), p.Type); err != nil {
		return Param{}, invalidMapping("INVALID_VALUE_FOR_DATA_TYPE", fmt.Sprintf(
			"the value '%s' for parameter '%s' cannot be cast to %s because it is malformed.", *s.Value, label, t.SQLText()))
	}
	switch t.Kind {
	case values.String:
		p.Value = *s.Value
	case values.Boolean:
		p.Value = values.AsInt(p.Value) != 0
	}
	return p, nil
}

func invalidMapping(subclass, text string) *values.Error {
	return &values.Error{Class: "INVALID_PARAMETER_MARKER_VALUE." + subclass, SQLState: "22023",
		Message: "An invalid parameter mapping was provided: " + text,
	}
}

// bind finds the parameter of every marker of a statement, in order.
func bind(markers []dialect.Token, params []Param) ([]Param, error) {
	var bound []Param
	positions, named := 0, 0
	for _, m := range markers {
		if m.Value != "" {
			named++
			i := slices.IndexFunc(params, func(p Param) bool { return p.Name == m.Value })
			if i < 0 {
				return nil, unbound(m.Value)
			}
			bound = append(bound, params[i])
			continue
		}
		positions++
		if positions > len(params) || params[positions-1].Name != "" {
			return nil, unbound("_" + fmt.Sprint(positions))
		}
		bound = append(bound, params[positions-1])
	}
	if positions > 0 && named > 0 {
		return nil, &values.Error{Class: "INVALID_QUERY_MIXED_QUERY_PARAMETERS", SQLState: "42613",
			Message: "Parameterized query must either use positional, or named parameters, but not both.",
		}
	}
	return bound, nil
}

func unbound(name string) *values.Error {
	return &values.Error{Class: "UNBOUND_SQL_PARAMETER", SQLState: "42P02", Message: fmt.Sprintf(
		"Found the unbound parameter: %s. Please, fix `args` and provide a mapping of the parameter to either a SQL literal or collection "+
			"constructor functions such as `map()`, `array()`, `struct()`.", name)}
}

// arguments are the values of the markers as SQLite takes them.
func arguments(bound []Param) []driver.NamedValue {
	args := make([]driver.NamedValue, len(bound))
	for i, p := range bound {
		args[i] = driver.NamedValue{Ordinal: i + 1, Value: p.Value}
	}
	return args
}

// told is what the parameters tell about the columns that are nothing else.
func told(bound []Param) func(marker int) (values.Type, string, bool) {
	return func(marker int) (values.Type, string, bool) {
		p := bound[marker]
		name := "NULL"
		if p.Value != nil {
			name = values.FormatValue(p.Value, p.Type)
		}
		return p.Type, name, p.Type.Text != ""
	}
}
