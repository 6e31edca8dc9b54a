package grants

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// ErrOutsideContract is returned for a need that the read-only contract does not have, or whose object is not named in full.
var ErrOutsideContract = errors.New("outside the read-only contract")

// The whole of what a statement can give, and on what.
var (
	contract = []connector.Privilege{connector.UseCatalog, connector.UseSchema, connector.Usage, connector.Select}
	keywords = []string{"CATALOG", "SCHEMA", "TABLE", "VIEW", "MATERIALIZED VIEW"}
)

// Statement is the GRANT for one need, ended by a semicolon. The principal is named by its application ID, which is the only name that
// GRANT knows a service principal by. It returns ErrOutsideContract, or an *connector.InputError for a principal that cannot be quoted.
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
