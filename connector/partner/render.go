package partner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/query/granting"
)

// Forms are those that needs can be written in.
var Forms = []string{"sql", "rest", "cli", "terraform"}

// unnamed stands for an application ID that is not known.
const unnamed = "application ID"

// Render writes needs for somebody to carry out elsewhere: as SQL, requests, commands of the Databricks CLI, or Terraform. A target without
// ids is a service principal that is still to be made. The text is empty where nothing is needed.
func Render(form string, needs []Need, to admin.Target, runs connector.WarehouseID) (string, error) {
	if len(needs) == 0 {
		return "", nil
	}
	switch form {
	case "sql":
		return renderSQL(needs, to)
	case "terraform":
		return renderTerraform(needs, to), nil
	}
	want := allow(needs, runs)
	if len(want.Legacy) > 0 && want.Runs == "" {
		want.Runs = "WAREHOUSE_ID"
	}
	changes, err := want.Changes(to)
	if err != nil {
		return "", fmt.Errorf("write out a set: %w", err)
	}
	var b strings.Builder
	for _, c := range changes {
		if form == "cli" {
			b.WriteString(c.CLI() + "\n")
			continue
		}
		b.WriteString(strings.Join(c.Request.Lines(), "\n") + "\n")
	}
	return b.String(), nil
}

func renderSQL(needs []Need, to admin.Target) (string, error) {
	var b strings.Builder
	if to.DisplayName != "" {
		fmt.Fprintf(&b, "-- service principal %q\n", to.Label())
	}
	var given []grants.Need
	for _, n := range needs {
		if n.Kind == Unity || n.Kind == Legacy {
			given = append(given, n.Grant)
		} else {
			fmt.Fprintf(&b, "-- not in SQL: %s\n", n.Title())
		}
	}
	name := string(to.ApplicationID)
	if name == "" {
		name = unnamed
	}
	lines, err := granting.Statements(given, connector.FromRemote(name))
	if err != nil {
		return "", fmt.Errorf("write out a set: %w", err)
	}
	for _, line := range lines {
		b.WriteString(line + ";\n")
	}
	return b.String(), nil
}

// renderTerraform writes resources of the databricks provider. Those that set a whole list, and take away what it does not name, are written as
// comments: applying one unseen would shut everybody else out.
func renderTerraform(needs []Need, to admin.Target) string {
	b := terraform{to: to, label: grants.HCLName(to.Label())}
	if to.ID == "" {
		b.block("", "databricks_service_principal", b.label, "display_name = "+grants.HCLString(to.DisplayName))
	}
	b.entitlements(needs)
	for _, n := range needs {
		switch n.Kind {
		case Token:
			b.list("databricks_permissions", "tokens", `authorization  = "tokens"`, b.access()...)
		case Warehouse:
			b.list("databricks_permissions", "warehouse", "sql_endpoint_id = "+grants.HCLString(string(n.Warehouse)), b.access()...)
		}
	}
	var given []grants.Need
	for _, n := range needs {
		if n.Kind == Unity || n.Kind == Legacy {
			given = append(given, n.Grant)
		}
	}
	for i, group := range granting.ByObject(given) {
		b.grant(i+1, group)
	}
	return strings.TrimPrefix(b.String(), "\n")
}

type terraform struct {
	strings.Builder
	to    admin.Target
	label string
}

// principal is the application ID, or where Terraform has it of a principal that it makes.
func (b *terraform) principal() string {
	if b.to.ApplicationID == "" {
		return "databricks_service_principal." + b.label + ".application_id"
	}
	return grants.HCLString(string(b.to.ApplicationID))
}

func (b *terraform) block(comment, kind, name string, lines ...string) {
	fmt.Fprintf(b, "\n%sresource \"%s\" \"%s\" {\n", comment, kind, name)
	for _, line := range lines {
		fmt.Fprintf(b, "%s  %s\n", comment, line)
	}
	fmt.Fprintf(b, "%s}\n", comment)
}

// list is a block of a resource that sets a whole list.
func (b *terraform) list(kind, name, of string, lines ...string) {
	b.WriteString("\n# " + kind + " sets the whole list: name everybody who has access now, or they lose it.")
	b.block("# ", kind, b.label+"_"+name, append([]string{of}, lines...)...)
}

func (b *terraform) access() []string {
	return []string{"access_control {", "  service_principal_name = " + b.principal(), `  permission_level       = "CAN_USE"`, "}"}
}

func (b *terraform) entitlements(needs []Need) {
	var lines []string
	for _, n := range needs {
		if n.Kind == Entitlement {
			lines = append(lines, strings.ReplaceAll(n.Word, "-", "_")+" = true")
		}
	}
	if len(lines) == 0 {
		return
	}
	const kind = "databricks_entitlements"
	if b.to.ID == "" {
		b.block("", kind, b.label, append([]string{"service_principal_id = databricks_service_principal." + b.label + ".id"}, lines...)...)
		return
	}
	b.WriteString("\n# " + kind + " sets all entitlements of the principal: name those that it has, or it loses them.")
	b.block("# ", kind, b.label, append([]string{"service_principal_id = " + grants.HCLString(string(b.to.ID))}, lines...)...)
}

func (b *terraform) grant(number int, group []grants.Need) {
	on := group[0].On
	words := make([]string, len(group))
	for i, need := range group {
		words[i] = grants.HCLString(string(need.Privilege))
	}
	slices.Sort(words)
	privileges := "privileges = [" + strings.Join(words, ", ") + "]"
	name := fmt.Sprintf("%s_%d_%s", b.label, number, grants.HCLName(on.Full()))
	if !on.Name.Legacy() {
		b.WriteString("\n# databricks_grant sets what this principal has on the object; privileges not listed here are taken from it.")
		b.block("", "databricks_grant", name, fmt.Sprintf("%-10s = %s", on.Type, grants.HCLString(on.Full())), "principal  = "+b.principal(), privileges)
		return
	}
	of := "catalog = true"
	if on.Type == connector.SchemaType {
		of = "database = " + grants.HCLString(on.Name.Schema.Raw())
	}
	b.list("databricks_sql_permissions", fmt.Sprintf("%d", number), of, "privilege_assignments {", "  principal  = "+b.principal(), "  "+privileges, "}")
}
