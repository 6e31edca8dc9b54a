package commands

import (
	"maps"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// set runs SET. Parameters are kept, so that they can be asked for, and change
// nothing: there is nothing here for them to change.
func (d *Desk) set(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	if next := p.Ahead(1); next.Identifier() || next.Kind == dialect.Text {
		switch {
		case p.Accept("CATALOG"):
			return d.useCatalog(s, p)
		case p.Accept("VAR"), p.Accept("VARIABLE"):
			return nil, notHere("SET VARIABLE")
		}
	}
	if p.Accept("TIME", "ZONE") {
		return keep(s, "timezone", p.Rest())
	}
	if p.Left() == 0 || p.Accept("-", "v") {
		return settings(nil, s), p.End()
	}
	key, err := p.Parameter()
	if err != nil {
		return nil, err
	}
	if !p.Accept("=") {
		return settings([]string{key}, s), p.End()
	}
	if p.Left() == 0 {
		return nil, p.Wrong()
	}
	return keep(s, key, p.Rest())
}

// keep keeps a parameter, and answers with it.
func keep(s *objects.Session, key, value string) (*values.Result, error) {
	if err := s.SetParameter(key, value); err != nil {
		return nil, err
	}
	return settings([]string{key}, s), nil
}

// reset runs RESET, of one parameter or of all.
func (d *Desk) reset(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	if p.Left() == 0 {
		s.ResetParameters("")
		return &values.Result{}, nil
	}
	key, err := p.Parameter()
	if err != nil {
		return nil, err
	}
	s.ResetParameters(key)
	return &values.Result{}, p.End()
}

// settings is the answer of SET: the given parameters, or all.
func settings(keys []string, s *objects.Session) *values.Result {
	set := s.Parameters()
	if keys == nil {
		keys = slices.Sorted(maps.Keys(set))
	}
	rows := make([][]string, len(keys))
	for i, k := range keys {
		v, known := set[k]
		if !known {
			v = "<undefined>"
		}
		rows[i] = []string{k, v}
	}
	return values.TextResult([]string{"key", "value"}, rows)
}
