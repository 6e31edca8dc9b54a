package check

import (
	"context"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// readOnly compares the privileges that the workspace names for this principal with the read-only set. It never writes to prove
// anything. Privileges that come through a group may not be named, so a clean answer is what was seen, not a certificate.
func readOnly(ctx context.Context, s *Subject, _ func(string)) Result {
	if s.Schema.IsZero() {
		return skipped("no schema is chosen yet")
	}
	if s.Schema.Legacy() {
		return unknown("hive_metastore does not show its privileges over REST")
	}
	objects := []grants.Object{grants.Catalog(s.Schema.Catalog), grants.Schema(s.Schema)}
	for _, name := range s.Tables {
		objects = append(objects, grants.Table(name, ""))
	}
	s.Held = nil
	var extra []string
	for _, object := range objects {
		held, err := s.Workspace.Effective(ctx, object.Type, object.Full(), s.Principal.Name)
		if err != nil {
			result := unknown("the workspace does not show the privileges on " + object.String())
			result.Detail = said(err)
			return result
		}
		s.Held = append(s.Held, held...)
		for _, g := range grants.Beyond(held) {
			extra = append(extra, fmt.Sprintf("%s on %s", connector.CleanLine(g.Privilege.SQL(), 40), object))
		}
	}
	for _, r := range s.Reads {
		if owner := r.Table.Owner.Raw(); owner != "" && owner == s.Principal.Name.Raw() {
			extra = append(extra, "ownership of "+r.Name.String())
		}
	}
	if len(extra) > 0 {
		return failed(Finding{
			Cause: BeyondReadOnly, Exit: ExitBeyond, Pattern: "beyond-read-only",
			Reason: "The principal holds " + strings.Join(extra[:min(3, len(extra))], ", ") + ". Draftt needs none of it.",
			Remedy: Remedy{Text: "Have the owner revoke it, or use a principal of its own for Draftt."},
		}, count(len(extra), "privilege")+" beyond read-only")
	}
	return passed("no privilege seen beyond reading")
}
