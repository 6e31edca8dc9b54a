package inventory

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

// sourceDocument is by what some rights are had.
type sourceDocument struct {
	Rights []string `json:"rights"`
	Says   string   `json:"says"`
	As     string   `json:"as"`               // grant, owner, member of the group of admins, or itself
	Groups []string `json:"groups,omitempty"` // that it comes through, the nearest first
	On     string   `json:"on,omitempty"`     // what the grant is on, or what is owned
}

type holder struct {
	Principal string           `json:"principal"`
	Rights    []string         `json:"rights"`
	By        []sourceDocument `json:"by,omitempty"`
	Unknown   []string         `json:"unknown,omitempty"`

	who access.Principal
	has []access.Right
}

type heldObject struct {
	Object  string           `json:"object"`
	Plane   access.Plane     `json:"plane"`
	Rights  []string         `json:"rights"`
	By      []sourceDocument `json:"by,omitempty"`
	Unknown []string         `json:"unknown,omitempty"`
}

func called(facts *access.Facts, rights []access.Right, on access.Object) []string {
	out := []string{}
	for _, r := range rights {
		out = append(out, facts.CalledRight(r, on))
	}
	return out
}

func sources(facts *access.Facts, on access.Object, found []access.Basis) (out []sourceDocument) {
	for _, s := range found {
		one := sourceDocument{Rights: called(facts, s.Rights, on), Says: facts.SayBasis(s), As: s.As()}
		for _, g := range s.Groups() {
			one.Groups = append(one.Groups, facts.Called(g))
		}
		if at := s.On(); at != access.Nothing {
			one.On = facts.CalledObject(at)
		}
		out = append(out, one)
	}
	return out
}

// sayBy is by what rights are had in the cell of a table: with the rights where there are several ways.
func sayBy(found []sourceDocument) string {
	var ways []string
	for _, s := range found {
		said := s.Says
		if len(found) > 1 {
			what := s.Rights[len(s.Rights)-1]
			if more := len(s.Rights) - 1; more > 0 {
				what += " and " + words.Thousands(more) + " more"
			}
			said = what + ": " + said
		}
		ways = append(ways, said)
	}
	return strings.Join(ways, "; ")
}

// listOf is a table of three columns, and of a fourth where something cannot be told.
func listOf(first string, rows [][]string) console.Table {
	table := console.Table{Headings: []string{first, "HAS", "BY"}}
	for _, r := range rows {
		if r[3] != "" {
			table.Headings = append(table.Headings, "UNKNOWN")
			break
		}
	}
	for _, r := range rows {
		table.Rows = append(table.Rows, r[:len(table.Headings)])
	}
	return table
}

// holders are who has any of some rights, in the order of the principals.
func holders(facts *access.Facts, on access.Object, in access.Place, asked []access.Right) ([]holder, error) {
	at := map[access.Principal]int{}
	var out []holder
	row := func(p access.Principal) *holder {
		if _, known := at[p]; !known {
			at[p] = len(out)
			out = append(out, holder{Principal: facts.Called(p), Rights: []string{}, who: p})
		}
		return &out[at[p]]
	}
	for _, r := range asked {
		yes, unknown, err := facts.Who(r, on, in)
		if err != nil {
			return nil, err
		}
		for _, p := range yes {
			h := row(p)
			h.Rights, h.has = append(h.Rights, facts.CalledRight(r, on)), append(h.has, r)
		}
		for _, p := range unknown {
			h := row(p)
			h.Unknown = append(h.Unknown, facts.CalledRight(r, on))
		}
	}
	return out, nil
}

func (f Face) sayHolders(facts *access.Facts, on access.Object, in access.Place, asked []access.Right, q *asking) error {
	all, err := holders(facts, on, in, asked)
	if err != nil {
		return err
	}
	shown := all
	if q.limit > 0 && len(all) > q.limit {
		shown = all[:q.limit]
	}
	for i, h := range shown {
		shown[i].By = sources(facts, on, facts.Bases(h.who, in)(on, h.has))
	}
	untold := facts.SayDoubts(facts.Untold(on, in, asked))
	var sharedWith []string
	for _, r := range facts.Recipients(on) {
		sharedWith = append(sharedWith, facts.CalledObject(r))
	}
	if q.asJSON {
		said := map[string]any{"object": facts.CalledObject(on), "holders": append([]holder{}, shown...), "of": len(all)}
		if len(untold) > 0 {
			said["not_collected"] = untold
		}
		if len(sharedWith) > 0 {
			said["shared_with"] = sharedWith
		}
		return f.JSON(said)
	}
	var rows [][]string
	for _, h := range shown {
		rows = append(rows, []string{h.Principal, strings.Join(h.Rights, ", "), sayBy(h.By), strings.Join(h.Unknown, ", ")})
	}
	if err := f.Table(listOf("PRINCIPAL", rows)); err != nil {
		return err
	}
	f.say("Shared with", sharedWith)
	f.say("Not collected", untold)
	f.more(len(all)-len(shown), len(all))
	return nil
}

func (f Face) sayHeld(facts *access.Facts, who access.Principal, in access.Place, only map[access.Kind]bool, unknown bool, q *asking) error {
	rows, count, untold := []heldObject{}, 0, 0
	listed := map[access.Plane]int{} // each plane by itself, so that neither hides the other
	collected := facts.Collected(who)
	by := facts.Bases(who, in)
	for h := range facts.What(who, in) {
		if only != nil && !only[facts.Kind(h.On)] {
			continue
		}
		rights := h.Rights()
		if len(rights) == 0 {
			if untold++; !unknown && collected {
				continue
			}
		}
		plane := facts.PlaneOf(h.On)
		if count++; q.limit == 0 || listed[plane] < q.limit {
			listed[plane]++
			rows = append(rows, heldObject{
				Object: facts.CalledObject(h.On), Plane: plane, Rights: called(facts, rights, h.On), By: sources(facts, h.On, by(h.On, rights)), Unknown: called(facts, h.Unknown(), h.On),
			})
		}
	}
	if q.asJSON {
		said := map[string]any{
			"principal": facts.Called(who), "objects": rows, "of": count, "cannot_be_told_of": untold, "member_of_workspace": facts.Member(who, in).Verdict.String(),
		}
		if apart := facts.Apart(who, in); len(apart) > 0 {
			said["warnings"] = apart
		}
		if !collected {
			said["not_collected"] = []string{facts.SayNamed(who)}
		}
		return f.JSON(said)
	}
	lines := map[access.Plane][][]string{}
	for _, r := range rows {
		lines[r.Plane] = append(lines[r.Plane], []string{r.Object, strings.Join(r.Rights, ", "), sayBy(r.By), strings.Join(r.Unknown, ", ")})
	}
	if only == nil || len(lines[access.AccountPlane]) > 0 {
		if err := f.sayPlane("In the account", nil, lines[access.AccountPlane]); err != nil {
			return err
		}
		_, _ = fmt.Fprintln(f.Out())
	}
	if err := f.sayPlane("In the workspace", append([]string{facts.SayMember(facts.Member(who, in))}, facts.Apart(who, in)...), lines[access.WorkspacePlane]); err != nil {
		return err
	}
	if f.more(count-len(rows), count); !collected {
		f.say("Not collected", []string{facts.SayNamed(who)})
		return nil
	}
	if untold > 0 && !unknown {
		f.Note("Of %s it cannot be told; --unknown lists them.", words.Count(untold, "object"))
	}
	return nil
}

// sayPlane prints what somebody has in one of the two planes, below sentences about it.
func (f Face) sayPlane(heading string, says []string, rows [][]string) error {
	_, _ = fmt.Fprintln(f.Out(), heading)
	for _, line := range says {
		_, _ = fmt.Fprintln(f.Out(), f.Prose("  "+line))
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintln(f.Out(), "  Nothing is listed there.")
		return err //nolint:wrapcheck // the terminal's errors have words
	}
	return f.Table(listOf("OBJECT", rows))
}
