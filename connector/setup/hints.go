package setup

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
)

// Hints are what lint has to say about the answers, each once: moving on from a field is the answer to its hint.
type Hints struct {
	Draft  *Draft
	memory lint.Memory
	Typing lint.Field // what is filled key by key at this moment
}

// Recognised is what lint calls a value that cannot be used, or empty. The parser's own words are less exact.
func (h *Hints) Recognised(f lint.Field) string {
	for _, found := range lint.Check(h.values(f, "")) {
		if found.Field == f {
			return found.Text
		}
	}
	return ""
}

// At is the hint to show at a field, or empty.
func (h *Hints) At(f lint.Field, typed string) string {
	if found, fresh := h.memory.First(h.values(f, typed), f); fresh {
		return found.Text
	}
	return ""
}

// About is what there is to know of a catalog or schema that was listed, or empty.
func (h *Hints) About(f lint.Field, name string) string {
	v := h.values(f, name)
	v.Listed = true
	if found, fresh := h.memory.First(v, f); fresh {
		return found.Text
	}
	return ""
}

// PassOver notes that the person has left a field as it is.
func (h *Hints) PassOver(f lint.Field, typed string) { h.memory.PassOver(h.values(f, typed), f) }

// Chose notes that a name was typed or a row chosen although there was a hint on it.
func (h *Hints) Chose(f lint.Field, typed, row string) {
	if row == "" {
		h.PassOver(f, typed)
		return
	}
	v := h.values(f, row)
	v.Listed = true
	h.memory.PassOver(v, f)
}

// values are the answers so far, and what is being typed into one field.
func (h *Hints) values(f lint.Field, typed string) lint.Values {
	d := h.Draft
	v := lint.Values{Host: d.HostText(), HostParses: !d.Host().IsZero(), ClientID: d.ClientIDText(), Method: d.Method(), Secret: d.SecretGiven(), CAFile: d.authorities.Path, Typing: h.Typing}
	if d.Method() == connector.PAT {
		v.ClientID = ""
	}
	switch f {
	case lint.Catalog:
		v.Catalog = typed
	case lint.Schema:
		v.Schema = typed
	case lint.Name:
		v.Name = typed
	case lint.Warehouse:
		v.Warehouse = typed
	}
	return v
}

// Line is the hint on an answer with the id of its rule, or empty.
func (h *Hints) Line(f lint.Field, typed string) string {
	if found, fresh := h.memory.First(h.values(f, typed), f); fresh {
		return found.Text + " (" + found.ID + ")"
	}
	return ""
}

// HintLines are the hints on what an answers file gave to sign in with and to read through, each with the id of its rule. Nobody was asked,
// so nothing was passed over.
func (d *Draft) HintLines() (said []string) {
	h := Hints{Draft: d}
	for _, f := range []lint.Field{lint.Host, lint.ClientID, lint.Secret, lint.Warehouse} {
		if line := h.Line(f, d.wanted.Text); line != "" {
			said = append(said, line)
		}
	}
	return said
}
