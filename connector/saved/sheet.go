// Package saved is what can be done with connections that are saved, beside changing them: look at what is known, test them all, compare
// their privileges with what they need, hand them out as a file, gather a bundle for support, end them. The commands and home are its faces.
package saved

import (
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/trust"
)

// Sheet is all that is known about a saved connection but its secret. where is the place that it is kept in. Lines of which nothing is known
// are left out; a text may have several lines.
func Sheet(c connector.Connection, where string, now time.Time) []setup.Fact {
	tables := make([]string, len(c.Tables))
	for i, t := range c.Tables {
		tables[i] = t.String()
	}
	ends, _ := connector.Expiry(c, now)
	var known []setup.Fact
	for _, fact := range []setup.Fact{
		{Label: "Name", Text: c.Name},
		{Label: "Workspace", Text: c.Host.String() + " (" + c.Host.Describe() + ")"},
		{Label: "Trusts", Text: strings.Join(trust.Named(trust.Saved(c.CACerts)), "\n")},
		{Label: "Sign-in", Text: SignIn(c)},
		{Label: "Client ID", Text: c.Credentials.ClientID.String()},
		{Label: "Secret", Text: fmt.Sprintf("saved %s (fingerprint %s); it cannot be shown", c.SecretSetAt.Local().Format("2006-01-02"), c.Credentials.Secret.Fingerprint())},
		{Label: "Secret ends", Text: strings.TrimPrefix(ends, "ends ")},
		{Label: "Warehouse", Text: fmt.Sprintf("%s (%s, %s)", c.Warehouse.Name, c.Warehouse.Type, c.Warehouse.ID)},
		{Label: "Schema", Text: c.Schema.String()},
		{Label: "Reads", Text: strings.Join(tables, "\n")},
		{Label: "Scope", Text: Scope(c)},
		{Label: "Last test", Text: LastTest(c.Proof)},
		{Label: "Verdict", Text: c.Proof.Summary},
		{Label: "Rights", Text: c.Proof.Rights()},
		{Label: "Kept in", Text: where},
	} {
		if fact.Text != "" {
			known = append(known, fact)
		}
	}
	return known
}

// Text is facts as lines with their labels in a column.
func Text(facts []setup.Fact) string {
	var b strings.Builder
	for _, fact := range facts {
		fmt.Fprintf(&b, "%-12s %s\n", fact.Label, strings.ReplaceAll(fact.Text, "\n", "\n             "))
	}
	return b.String()
}

// SignIn says with what a connection signs in, and as whom.
func SignIn(c connector.Connection) string {
	return c.Credentials.Method.Label() + " of " + c.Principal.Label()
}

// Scope says what SELECT is granted on.
func Scope(c connector.Connection) string {
	if c.Scope == connector.ScopeTables {
		return "SELECT on these tables only"
	}
	return "SELECT on the schema, future tables too"
}

// LastTest says when a connection was last tested and how that ended, in a form that sorts.
func LastTest(p connector.Proof) string {
	if p.At.IsZero() {
		return "never"
	}
	return setup.LastTest(p, p.At.Local().Format("2006-01-02 15:04"))
}
