package access

// RoleTables are the tables of roles, entitlements and capabilities, the universal rules and the second checks.
type RoleTables struct {
	Reviewed     string            `yaml:"reviewed"`
	Read         string            `yaml:"read"`
	Roles        []Role            `yaml:"roles"`
	Entitlements []Entitlement     `yaml:"entitlements"`
	Capabilities []Capability      `yaml:"capabilities"`
	Cells        map[string]string `yaml:"cells"`
	Owns         map[string]string `yaml:"owns"`
	Rules        []Rule            `yaml:"rules"`
	Second       []Rule            `yaml:"second"`
	Corrections  []Correction      `yaml:"corrections"`
}

// Role is a role of the account, a workspace or a metastore.
type Role struct {
	ID        string `yaml:"id"`
	Name      string `yaml:"name"`
	API       string `yaml:"api"`
	Plane     string `yaml:"plane"`
	Allows    string `yaml:"allows"`
	Workspace string `yaml:"workspace"` // what it gives in a workspace
	Untold    bool   `yaml:"untold"`    // no API tells who has it
}

// Entitlement is what a principal may use of a workspace at all.
type Entitlement struct {
	API     string `yaml:"api"`
	UI      string `yaml:"ui"`
	Is      string `yaml:"is"` // what stands for it, where it is none of SCIM
	Opens   string `yaml:"opens"`
	Changes bool   `yaml:"changes"`
	Allows  string `yaml:"allows"`
}

// Capability is a row of the matrix of who can do what. By are the roles that can, by their IDs, or "member" for everybody of the workspace;
// Own is what else lets one do it on one object. Cells are worked out by Matrix, in the words of Cells
// of the tables.
type Capability struct {
	ID     string   `yaml:"id"`
	Action string   `yaml:"action"`
	By     []string `yaml:"by"`
	Own    string   `yaml:"own"`
}

// Rule is a sentence that holds everywhere, with what to know besides.
type Rule struct {
	ID   string `yaml:"id"`
	Says string `yaml:"says"`
	Note string `yaml:"note"`
}

// Said is the sentence of a second check.
func (t RoleTables) Said(id string) string {
	for _, r := range t.Second {
		if r.ID == id {
			return r.Says
		}
	}
	return id
}
