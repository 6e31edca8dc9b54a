package partner_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/connector/query/granting"
)

// eachLegacyLine gives every different set in hive_metastore to a principal of its own, and hands over each of its lines there.
func eachLegacyLine(t *testing.T, do func(t *testing.T, d *demo.Workspace, who string, n partner.Need, check func() partner.Comparison)) {
	t.Helper()
	d := start(t, "first-time", nil)
	s, j := open(t, d), journal(t)
	var done []*partner.Set
	for _, p := range partner.All() {
		if p.Set == nil || p.Set.None() || slices.Contains(done, p.Set) {
			continue
		}
		done = append(done, p.Set)
		chosen := choice(t, p.Set, true)
		needs, err := p.Set.Needs(chosen)
		if err != nil {
			t.Fatal(err)
		}
		proposal, err := partner.Propose(t.Context(), s, partner.Wish{Partner: p.Name + " old", Set: p.Set, Choice: chosen, Runs: starter})
		if err != nil {
			t.Fatal(err)
		}
		who := string(apply(t, s, proposal.Plan, j).Target.ApplicationID)
		for _, n := range needs {
			if n.Kind != partner.Legacy {
				continue
			}
			t.Run(p.Name+" "+n.Title(), func(t *testing.T) {
				do(t, d, who, n, func() partner.Comparison {
					t.Helper()
					seen, err := partner.Check(t.Context(), s, p.Set, chosen, who, starter)
					if err != nil {
						t.Fatal(err)
					}
					return seen
				})
			})
		}
	}
}

// TestALegacyLineThatIsTakenAwayIsMissing takes each line away in SQL, and gives it again.
func TestALegacyLineThatIsTakenAwayIsMissing(t *testing.T) {
	eachLegacyLine(t, func(t *testing.T, d *demo.Workspace, who string, n partner.Need, check func() partner.Comparison) {
		sql := func(verb, to string) {
			t.Helper()
			on := n.Grant.On
			if err := d.Grant(t.Context(), fmt.Sprintf("%s %s ON %s %s %s `%s`", verb, granting.Spelled(n.Grant.Privilege), on.Keyword, on.Quoted(), to, who)); err != nil {
				t.Fatal(err)
			}
		}
		sql("REVOKE", "FROM")
		if seen := check(); len(seen.Missing) != 1 || !seen.Missing[0].Same(n) || seen.Done() {
			t.Errorf("missing %v, unknown %v", seen.Missing, seen.Unknown)
		}
		sql("GRANT", "TO")
		if seen := check(); !seen.Done() {
			t.Errorf("given again: missing %v, unknown %v", seen.Missing, seen.Unknown)
		}
	})
}

// TestALegacyLineThatIsDeniedIsNotHeldAndNotPlanned has a workspace tell of a denial where it told of a grant.
func TestALegacyLineThatIsDeniedIsNotHeldAndNotPlanned(t *testing.T) {
	eachLegacyLine(t, func(t *testing.T, d *demo.Workspace, _ string, n partner.Need, check func() partner.Comparison) {
		word := string(n.Grant.Privilege)
		d.Play([]relay.Rule{{Path: "/api/2.0/sql/statements", Holds: "SHOW GRANTS ON " + n.Grant.On.Keyword, Replace: map[string]string{`"` + word + `"`: `"DENIED_` + word + `"`}}})
		defer d.Play(nil)
		seen := check()
		denied := slices.ContainsFunc(seen.Unknown, func(l partner.Line) bool {
			return l.Same(n) && strings.Contains(l.Unknown, "it is denied to") && strings.Contains(l.Unknown, "a GRANT does not lift that")
		})
		planned := slices.ContainsFunc(seen.Needs(), n.Same)
		if !denied || planned || seen.Done() {
			t.Errorf("unknown %v, missing %v", seen.Unknown, seen.Missing)
		}
	})
}
