// Package granting makes the statements and requests that give a partner what its set names: in Unity Catalog by its permissions API, in
// hive_metastore by SQL, which alone governs it. Nothing outside the two lists here can be given with it. It runs nothing.
package granting

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Privileges that sets of partners name beside those of the read-only contract.
const (
	CreateSchema connector.Privilege = "CREATE_SCHEMA"
	CreateTable  connector.Privilege = "CREATE_TABLE"
	Create       connector.Privilege = "CREATE"        // of hive_metastore: schemas in the catalog, tables in a schema
	ReadMetadata connector.Privilege = "READ_METADATA" // of hive_metastore
)

// unity and legacy are what a set may name, on what kind of object.
var (
	unity = map[connector.SecurableType][]connector.Privilege{
		connector.CatalogType: {connector.UseCatalog, connector.UseSchema, connector.Select, connector.Browse, CreateSchema, CreateTable, connector.Modify},
		connector.SchemaType:  {connector.UseSchema, connector.Select, CreateTable, connector.Modify},
	}
	legacy = map[connector.SecurableType][]connector.Privilege{
		connector.CatalogType: {connector.Usage, connector.Select, Create, ReadMetadata, connector.Modify},
		connector.SchemaType:  {connector.Usage, connector.Select, Create, ReadMetadata, connector.Modify},
	}
)

// ErrOutside is returned for a privilege that no set may name on such an object, or an object that is not named in full.
var ErrOutside = errors.New("outside what a set of a partner may name")

// Allowed reports whether a set may name a privilege on a kind of object, in hive_metastore or in Unity Catalog.
func Allowed(privilege connector.Privilege, on connector.SecurableType, inLegacy bool) bool {
	if inLegacy {
		return slices.Contains(legacy[on], privilege)
	}
	return slices.Contains(unity[on], privilege)
}

func check(need grants.Need) error {
	if !Allowed(need.Privilege, need.On.Type, need.On.Name.Legacy()) || need.On.Full() == "" || strings.HasSuffix(need.On.Full(), ".") {
		return fmt.Errorf("%s: %w", need.Title(), ErrOutside)
	}
	return nil
}

// Spelled is a privilege as GRANT has it. Table access control spells READ_METADATA with an underscore.
func Spelled(privilege connector.Privilege) string {
	if privilege == ReadMetadata {
		return string(privilege)
	}
	return privilege.SQL()
}

// Statements are the GRANT for each object of the needs, without a semicolon. Errors are ErrOutside, and a *connector.Error for a principal that
// cannot be quoted.
func Statements(needs []grants.Need, to connector.Remote) ([]string, error) {
	principal, err := connector.QuotePrincipal(to)
	if err != nil {
		return nil, fmt.Errorf("grant to the principal: %w", err)
	}
	var out []string
	for _, group := range ByObject(needs) {
		words := make([]string, len(group))
		for i, need := range group {
			if err := check(need); err != nil {
				return nil, err
			}
			words[i] = Spelled(need.Privilege)
		}
		out = append(out, fmt.Sprintf("GRANT %s ON %s %s TO %s", strings.Join(words, ", "), group[0].On.Keyword, group[0].On.Quoted(), principal))
	}
	return out, nil
}

// Show asks what everybody holds on a catalog or a schema of hive_metastore. It reads.
func Show(on grants.Object) (string, error) {
	if !on.Name.Legacy() || on.Type != connector.CatalogType && on.Type != connector.SchemaType {
		return "", fmt.Errorf("%s: %w", on.Title(), ErrOutside)
	}
	return fmt.Sprintf("SHOW GRANTS ON %s %s", on.Keyword, on.Quoted()), nil
}

type body struct {
	Changes []change `json:"changes"`
}

type change struct {
	Principal string                `json:"principal"`
	Add       []connector.Privilege `json:"add"`
}

// Requests are the PATCH for each object of the needs, in Unity Catalog. Errors are ErrOutside.
func Requests(needs []grants.Need, to connector.Remote) ([]grants.Patch, error) {
	var out []grants.Patch
	for _, group := range ByObject(needs) {
		on := group[0].On
		add := make([]connector.Privilege, len(group))
		for i, need := range group {
			if err := check(need); err != nil || on.Name.Legacy() {
				return nil, fmt.Errorf("%s: %w", need.Title(), ErrOutside)
			}
			add[i] = need.Privilege
		}
		encoded, err := json.Marshal(body{[]change{{to.Raw(), add}}})
		if err != nil {
			return nil, fmt.Errorf("encode a request: %w", err)
		}
		out = append(out, grants.Patch{
			On: on, Body: connector.EscapeJSON(encoded), Path: "/api/2.1/unity-catalog/permissions/" + string(on.Type) + "/" + connector.PathSegment(on.Full()),
		})
	}
	return out, nil
}

// ByObject collects the needs of each object, in their order.
func ByObject(needs []grants.Need) (groups [][]grants.Need) {
	for _, need := range needs {
		at := slices.IndexFunc(groups, func(g []grants.Need) bool { return g[0].On.Same(need.On) })
		if at < 0 {
			groups = append(groups, []grants.Need{need})
			continue
		}
		groups[at] = append(groups[at], need)
	}
	return groups
}
