package partner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/words"
)

// Section is a list with a title, for a face to show.
type Section struct {
	Title string
	Lines []string
}

// What is said of partners besides lists.
const (
	Inferred      = "Databricks has no list of connections to ask, so this is inferred from what they leave."
	NoConnection  = "No partner left a trace here."
	NoOrphan      = "Nothing here belonged to a service principal that is gone."
	NoneShown     = "Nothing of the kind is among what is shown to you. What was not looked at may have some."
	NothingToGive = "Nothing is missing, so there is nothing to give."
	ReadOnly      = "You are no workspace admin here: this shows what you may see, and what you may not is marked with ?. A member of the group admins can carry it out."
	NotAsPartner  = "The connection cannot be tested as the partner, since nobody can read its secret."
	NotGiven      = "Not settled by the document, so not given"
)

// Sections are an inference as lists.
func (in Inference) Sections() []Section {
	var out []Section
	for _, c := range in.Connections {
		s := Section{Title: c.Partner.Name + ": " + string(c.Sure)}
		for _, e := range c.Evidence {
			s.Lines = append(s.Lines, "✓ "+e)
		}
		for _, a := range c.Against {
			s.Lines = append(s.Lines, "! "+a)
		}
		out = append(out, s)
	}
	var alike []string
	for _, l := range in.LookAlikes {
		alike = append(alike, l.What+": "+l.Why)
	}
	return append(out, Section{"Only reminds of a partner", alike}, Section{"Not looked at", someOf(in.Unseen)})
}

// Sections are a set as lists: what it gives in Unity Catalog and in hive_metastore, and what is open.
func (s *Set) Sections() []Section {
	var both, unity, legacy []string
	for _, r := range s.Rules {
		switch r.Kind {
		case Unity:
			unity = append(unity, r.Title())
		case Legacy:
			legacy = append(legacy, r.Title())
		default:
			both = append(both, r.Title())
		}
	}
	if s.Owns && !s.None() {
		both = append(both, "ownership of what it makes; it cannot query what others made")
	}
	return []Section{{"Everywhere", both}, {"In Unity Catalog", unity}, {"In hive_metastore", legacy}, {NotGiven, s.Asks}}
}

// People says who has to do with the account at a partner, which Databricks does not tell.
func (p Partner) People() []string {
	return []string{
		"Whoever connected first, from any workspace, administers the account at " + p.Name + ". Databricks does not tell who that is.",
		"They add the other people there. Where nobody can any more, ask " + p.Name + ".",
	}
}

// Sections are a comparison as lists.
func (c Comparison) Sections() []Section {
	var have, missing, own, shared []string
	for _, l := range c.Have {
		have = append(have, "✓ "+l.Title()+": "+strings.Join(l.Sources, "; "))
	}
	for _, l := range c.Missing {
		missing = append(missing, "✗ "+l.Title())
	}
	for _, l := range c.Unknown {
		missing = append(missing, "? "+l.Title()+": "+l.Unknown)
	}
	for _, e := range c.Extra {
		if e.Others {
			shared = append(shared, "! "+e.What+": "+e.Source)
			continue
		}
		own = append(own, "! "+e.What+": "+e.Source+". "+e.Revoke)
	}
	return []Section{{"Has", have}, {"Is missing", missing}, {"Has beyond its set by itself", own}, {"Has beyond its set through groups, as everybody in them", shared}, {NotGiven, c.Set.Asks}, {"Not looked at", someOf(c.Unseen)}}
}

// mostUnseen is how many things that were not looked at are named one by one; JSON has all.
const mostUnseen = 12

func someOf(lines []string) []string {
	if len(lines) <= mostUnseen {
		return lines
	}
	return append(slices.Clone(lines[:mostUnseen]), fmt.Sprintf("and %d more", len(lines)-mostUnseen))
}

// Verdict is a comparison in a sentence.
func (c Comparison) Verdict() string {
	switch {
	case len(c.Missing) > 0:
		return words.Plural(len(c.Missing), "line of the set is", "lines of the set are") + " missing."
	case len(c.Unknown) > 0:
		return "Nothing is known to be missing, and not everything could be seen."
	case len(c.Own()) > 0:
		return "It has its set, and more."
	}
	return "It has its set, and nothing beyond by itself."
}

// Sections are the parts of a disconnection as lists.
func (e Ending) Sections() []Section {
	var goes, stays, uses []string
	unknown := slices.Clone(e.Unseen)
	for _, p := range e.Parts {
		if p.Goes {
			goes = append(goes, p.What)
		} else {
			stays = append(stays, p.What+", "+p.Why)
		}
		for _, u := range p.Uses {
			uses = append(uses, p.What+": "+u)
		}
		for _, u := range p.Unknown {
			unknown = append(unknown, p.What+": "+u)
		}
	}
	return []Section{{"Will be deleted", goes}, {"Stays", append(stays, e.Stays...)}, {"What else uses it", uses}, {"Not looked at", someOf(unknown)}, {"To connect again", e.Sheet}}
}

// Sections are a move as a list.
func (m Move) Sections() []Section {
	mark := map[State]string{Done: "✓", Now: "›", Waiting: "…", Later: "·"}
	s := Section{Title: "From tokens to OAuth: " + m.Principal.Principal().Label()}
	for i, step := range m.Steps {
		s.Lines = append(s.Lines, fmt.Sprintf("%s %d. %s (%s): %s", mark[step.State], i+1, step.Title, step.State, step.Says))
	}
	return []Section{s}
}

// OrphanLines are orphans, a line for each.
func OrphanLines(all []Orphan) (lines []string) {
	for _, o := range all {
		of := o.Of.String()
		if o.Of.Raw() == "" {
			of = "nobody whom the workspace names"
		}
		line := o.Kind + " " + o.Name.String() + " of " + of
		if o.Partner != "" {
			line += ", by its name of " + o.Partner
		}
		lines = append(lines, line+". "+o.Do)
	}
	return lines
}

// VerdictLines are verdicts on catalogs, a line for each.
func VerdictLines(all []Verdict) (lines []string) {
	for _, v := range all {
		lines = append(lines, v.Line())
	}
	return lines
}

// Line is a verdict on one line.
func (v Verdict) Line() string {
	mark := "✗"
	if v.Can {
		mark = "✓"
	}
	line := mark + " " + v.Catalog.String() + ": " + v.Why
	return line
}

// WithoutUnity says which catalog a partner can use that does not know Unity Catalog, and whether it will be refused: a sentence.
func WithoutUnity(all []Verdict) string {
	for _, v := range all {
		switch {
		case v.Without:
			return "✓ " + v.Catalog.String() + ": It is the default catalog, and no other can be used."
		case v.Default:
			return "✗ " + v.Catalog.String() + ": " + v.WhyNot
		}
	}
	return "? " + unknownDefault
}
