package engine

import (
	"maps"
	"slices"
	"strings"
)

// set runs SET. Parameters are kept, so that they can be asked for, and change
// nothing: there is nothing here for them to change.
func (e *Engine) set(s *Session, p *parser) (*Result, error) {
	if p.accept("TIME", "ZONE") {
		s.setParameter("timezone", p.rest())
		return settings([]string{"timezone"}, s), nil
	}
	if len(p.tokens) == 1 || p.accept("-", "v") {
		return settings(nil, s), p.end()
	}
	key, err := p.parameter()
	if err != nil {
		return nil, err
	}
	if !p.accept("=") {
		return settings([]string{key}, s), p.end()
	}
	if p.pos == len(p.tokens) {
		return nil, p.wrong()
	}
	s.setParameter(key, p.rest())
	return settings([]string{key}, s), nil
}

// reset runs RESET, of one parameter or of all.
func (e *Engine) reset(s *Session, p *parser) (*Result, error) {
	if len(p.tokens) == 1 {
		s.resetParameters("")
		return &Result{}, nil
	}
	key, err := p.parameter()
	if err != nil {
		return nil, err
	}
	s.resetParameters(key)
	return &Result{}, p.end()
}

// parameter reads a name such as spark.sql.ansi.enabled.
func (p *parser) parameter() (string, error) {
	parts, err := p.name(16)
	return strings.Join(parts, "."), err
}

// rest reads the value of a parameter: all that is left, without the quotes of
// a single string.
func (p *parser) rest() string {
	left := p.tokens[p.pos:]
	p.pos = len(p.tokens)
	if len(left) == 1 && left[0].kind == text {
		return left[0].value
	}
	var b strings.Builder
	for i, t := range left {
		if i > 0 && t.spaced {
			b.WriteByte(' ')
		}
		b.WriteString(t.raw)
	}
	return b.String()
}

// settings is the answer of SET: the given parameters, or all.
func settings(keys []string, s *Session) *Result {
	s.mu.Lock()
	defer s.mu.Unlock()
	if keys == nil {
		keys = slices.Sorted(maps.Keys(s.parameters))
	}
	rows := make([][]string, len(keys))
	for i, k := range keys {
		v, known := s.parameters[k]
		if !known {
			v = "<undefined>"
		}
		rows[i] = []string{k, v}
	}
	return textResult([]string{"key", "value"}, rows)
}

// maxParameters is how many parameters a session keeps.
const maxParameters = 256

func (s *Session) setParameter(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.parameters == nil {
		s.parameters = map[string]string{}
	}
	if _, known := s.parameters[key]; known || len(s.parameters) < maxParameters {
		s.parameters[key] = value
	}
}

func (s *Session) resetParameters(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key == "" {
		s.parameters = nil
	}
	delete(s.parameters, key)
}
