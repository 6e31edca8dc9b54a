package grants

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// ErrOutsideContract is returned for a need that the read-only contract does not have, or whose object is not named in full.
var ErrOutsideContract = errors.New("outside the read-only contract")

// The whole of what a statement can give, and on what.
var (
	contract = []connector.Privilege{connector.UseCatalog, connector.UseSchema, connector.Usage, connector.Select}
	keywords = []string{"CATALOG", "SCHEMA", "TABLE", "VIEW", "MATERIALIZED VIEW"}
)

// Statement is the GRANT for one need, ended by a semicolon. The principal is named by its application ID, which is the only name that
// GRANT knows a service principal by. It returns ErrOutsideContract, or a *connector.Error of kind ErrInput for a principal that cannot be quoted.
func Statement(need Need, to connector.Remote) (string, error) {
	if !slices.Contains(contract, need.Privilege) || !slices.Contains(keywords, need.On.Keyword) || !need.On.named() {
		return "", ErrOutsideContract
	}
	principal, err := connector.QuotePrincipal(to)
	if err != nil {
		return "", fmt.Errorf("grant to the principal: %w", err)
	}
	return fmt.Sprintf("GRANT %s ON %s %s TO %s;", need.Privilege.SQL(), need.On.Keyword, need.On.Quoted(), principal), nil
}

// nameable are the privileges that a REVOKE may name: any word that the REST API uses for one.
var nameable = pattern.New(`^[A-Z][A-Z_]{1,60}$`)

// Revoke is the REVOKE for any privilege on an object, ended by a semicolon. Unlike Statement it is not bound to the contract: it only
// takes away. It returns ErrOutsideContract for an object that is not named in full or a word that is no privilege, or an
// *connector.Error for a principal that cannot be quoted.
func Revoke(privilege connector.Privilege, on Object, from connector.Remote) (string, error) {
	if !nameable().MatchString(string(privilege)) || !on.named() && on.Type != MetastoreType || !slices.Contains(revocable, on.Keyword) {
		return "", ErrOutsideContract
	}
	principal, err := connector.QuotePrincipal(from)
	if err != nil {
		return "", fmt.Errorf("revoke from the principal: %w", err)
	}
	place := on.Keyword
	if on.Type != MetastoreType {
		place += " " + on.Quoted()
	}
	return fmt.Sprintf("REVOKE %s ON %s FROM %s;", privilege.SQL(), place, principal), nil
}

// revocable are the words that a REVOKE may have before a name; the metastore has none after it.
var revocable = append([]string{"METASTORE"}, keywords...)

// Look-ups that show whether a script worked. They read, and are for a person to run.
func showGrants(on Object, who string) string {
	return fmt.Sprintf("SHOW GRANTS %s ON %s %s;", who, on.Keyword, on.Quoted())
}

// Script is a copyable block: the display name as a comment, then one statement a line. It is empty when nothing is needed.
func Script(needs []Need, to connector.Principal) (string, error) {
	if len(needs) == 0 {
		return "", nil
	}
	lines := make([]string, 0, len(needs)+1)
	if to.DisplayName.Raw() != "" {
		kind := "principal"
		if to.IsServicePrincipal() {
			kind = "service principal"
		}
		lines = append(lines, fmt.Sprintf("-- %s %q", kind, to.DisplayName.String()))
	}
	for _, need := range needs {
		line, err := Statement(need, to.Name)
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n") + "\n", nil
}

// isRevoke reports whether a text is a statement that takes a privilege away.
func isRevoke(text string) bool { return strings.HasPrefix(text, "REVOKE ") }
