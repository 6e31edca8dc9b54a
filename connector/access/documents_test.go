package access_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// documented is the matrix of capabilities as the document has it: account admin, workspace admin, user, service principal.
var documented = [][]string{
	{"Manage account-level identities", "✓", "—", "—", "—"},
	{"Assign account-level roles", "✓", "—", "—", "—"},
	{"Create/manage workspaces", "✓", "—", "—", "—"},
	{"Add users to workspace", "✓", "✓", "—", "—"},
	{"Assign workspace admin role", "✓", "✓", "—", "—"},
	{"Create objects (notebooks, jobs, clusters)", "✓", "✓", "✓", "✓"},
	{"CAN MANAGE on all workspace objects", "✓", "✓ (auto)", "Only own objects", "Only own objects"},
	{"Manage permissions of any object", "✓", "✓", "Only CAN MANAGE objects", "Only CAN MANAGE objects"},
	{"Create service principal tokens", "✓", "✓", "—", "—"},
	{"View account audit logs", "✓", "—", "—", "—"},
	{"View workspace audit logs", "✓", "✓", "—", "—"},
	{"Configure compute policies", "✓", "✓", "—", "—"},
	{"Grant Unity Catalog privileges", "✓", "✓", "If MANAGE on object", "If MANAGE on object"},
	{"Hold IS OWNER on objects", "✓", "✓", "✓ (own created objects)", "✓ (own created objects)"},
	{"Be assigned IS OWNER via API", "✓", "✓", "✓", "✓"},
	{"Groups can hold IS OWNER", "—", "—", "—", "—"},
}

// corrected reports whether a table says that a cell of the document is another one.
func corrected(all []access.Correction, at, was, is string) bool {
	return slices.ContainsFunc(all, func(c access.Correction) bool { return c.At == at && c.Was == was && c.Is == is })
}

// bare is a cell without what it adds in brackets.
func bare(cell string) string {
	cell, _, _ = strings.Cut(cell, " (")
	return cell
}

// TestTheMatrixComesOutOfTheRules asks the engine about each cell of the document. Where it says something else the table has the correction,
// and each correction is of a cell that differs.
func TestTheMatrixComesOutOfTheRules(t *testing.T) {
	rules := access.Table()
	matrix, used := rules.Matrix(), 0
	if len(matrix) != len(documented) {
		t.Fatalf("%d rows", len(matrix))
	}
	for i, row := range documented {
		if rules.Roles.Capabilities[i].Action != row[0] {
			t.Errorf("row %d is %q, in the document %q", i, rules.Roles.Capabilities[i].Action, row[0])
		}
		for k, column := range access.Columns {
			got, was := matrix[i][k], bare(row[k+1])
			if got == was {
				continue
			}
			used++
			if at := row[0] + " / " + column; !corrected(rules.Roles.Corrections, at, was, got) {
				t.Errorf("%s: the rules say %q, the document %q, and no correction says so", at, got, was)
			}
		}
	}
	if cells := slices.DeleteFunc(slices.Clone(rules.Roles.Corrections), func(c access.Correction) bool { return !strings.Contains(c.At, " / ") }); len(cells) != used {
		t.Errorf("%d cells differ, and there are %d corrections of cells", used, len(cells))
	}
}

// summary is the matrix of levels as the document has it.
var summary = [][]string{
	{"Folder", "Browse contents", "Add/move objects", "Delete, permissions", "—"},
	{"Git Folder", "Read, history", "Pull/push commits", "Delete, credentials", "—"},
	{"Notebook", "Read only", "Run / Modify", "Share, delete", "—"},
	{"File", "Read only", "— / Modify", "Delete", "—"},
	{"Query", "View results", "Run / Modify SQL", "Delete", "—"},
	{"Dashboard", "View, clone", "— / Modify layout", "Delete", "—"},
	{"Genie Space", "Ask questions", "— / Configure", "Delete", "—"},
	{"ETL Pipeline", "View runs", "Run / —", "Delete", "Edit settings"},
	{"Alert", "View results", "Subscribe / —", "Edit, delete", "—"},
	{"MLflow Experiment", "View runs", "— / Log runs", "Delete", "—"},
}

func TestTheSummaryOfLevelsComesOutOfTheLevels(t *testing.T) {
	rules := access.Table()
	kinds, cells := rules.Summary()
	if len(kinds) != len(summary) {
		t.Fatalf("%d kinds", len(kinds))
	}
	for i, row := range summary {
		if !strings.EqualFold(kinds[i].Name, row[0]) {
			t.Fatalf("row %d is %s, in the document %s", i, kinds[i].Name, row[0])
		}
		for k, got := range cells[i] {
			known := slices.ContainsFunc(rules.LevelCorrections, func(c access.Correction) bool {
				name, _, _ := strings.Cut(c.At, " / ")
				return name == kinds[i].Name && c.Was == row[k+1] && c.Is == got
			})
			if got != row[k+1] && !known {
				t.Errorf("%s, %s: the levels say %q, the document %q, and no correction says so", row[0], access.LevelColumns[k], got, row[k+1])
			}
		}
	}
}

// leveled are the levels that the document lists for each kind, in its order.
var leveled = map[string][]string{
	"Folder": {"CAN VIEW", "CAN EDIT", "CAN MANAGE"}, "Git folder": {"CAN VIEW", "CAN EDIT", "CAN MANAGE"},
	"Notebook": {"CAN VIEW", "CAN RUN", "CAN EDIT", "CAN MANAGE"}, "File": {"CAN VIEW", "CAN EDIT", "CAN MANAGE"},
	"Query": {"CAN VIEW", "CAN RUN", "CAN EDIT", "CAN MANAGE"}, "Dashboard": {"CAN VIEW", "CAN RUN", "CAN EDIT", "CAN MANAGE"},
	"Genie space": {"CAN VIEW", "CAN EDIT", "CAN MANAGE"}, "ETL pipeline": {"CAN VIEW", "CAN RUN", "CAN MANAGE", "IS OWNER"},
	"Alert": {"CAN VIEW", "CAN RUN", "CAN MANAGE"}, "Legacy alert": {"CAN VIEW", "CAN RUN", "CAN MANAGE"},
	"MLflow experiment": {"CAN READ", "CAN EDIT", "CAN MANAGE"}, "Cluster": {"CAN ATTACH TO", "CAN RESTART", "CAN MANAGE"},
	"Job": {"CAN VIEW", "CAN MANAGE RUN", "CAN MANAGE", "IS OWNER"}, "SQL warehouse": {"CAN VIEW", "CAN MONITOR", "CAN USE", "CAN MANAGE", "IS OWNER"},
	"Instance pool": {"CAN ATTACH TO", "CAN MANAGE"}, "Cluster policy": {"CAN USE"}, "Secret scope": {"READ", "WRITE", "MANAGE"},
	"Model serving endpoint": {"CAN VIEW", "CAN QUERY", "CAN MANAGE"}, "App": {"CAN VIEW", "CAN MANAGE"},
}

// TestTheLevelsOfTheDocumentAreThere holds each level of the document against ours, both ways.
func TestTheLevelsOfTheDocumentAreThere(t *testing.T) {
	rules := access.Table()
	known := func(kind, level string) bool {
		return slices.ContainsFunc(rules.LevelCorrections, func(c access.Correction) bool {
			return c.At == kind+" / "+level || strings.HasPrefix(c.At, kind+" / ") && (c.Was == level || c.Is == level)
		})
	}
	for name, levels := range leveled {
		i := slices.IndexFunc(rules.Levels, func(k access.LevelKind) bool { return k.Name == name })
		if i < 0 {
			t.Errorf("no %s", name)
			continue
		}
		var ours []string
		for _, l := range rules.Levels[i].Levels {
			ours = append(ours, l.UI)
			if !slices.Contains(levels, l.UI) && !known(name, l.UI) {
				t.Errorf("%s: %s is not in the document, and no correction says so", name, l.UI)
			}
		}
		for _, l := range levels {
			if !slices.Contains(ours, l) && !known(name, l) {
				t.Errorf("%s: %s of the document is missing, and no correction says so", name, l)
			}
		}
		if len(ours) == len(levels) && !slices.Equal(ours, levels) && !known(name, "order") && name != "App" {
			t.Errorf("%s: the order is %v, in the document %v", name, ours, levels)
		}
	}
}

// privileged are the privileges that the document lists.
var privileged = map[access.Kind]string{
	"TABLE":    "SELECT, MODIFY, APPLY TAG, MANAGE, ALL PRIVILEGES",
	"SCHEMA":   "USE SCHEMA, EXTERNAL USE SCHEMA, CREATE TABLE, CREATE VIEW, CREATE FUNCTION, CREATE MODEL, CREATE VOLUME, CREATE MATERIALIZED VIEW, MANAGE",
	"VOLUME":   "READ VOLUME, WRITE VOLUME, MANAGE",
	"FUNCTION": "EXECUTE, APPLY TAG, CREATE MODEL VERSION, MANAGE",
}

func TestThePrivilegesOfTheDocumentAreThere(t *testing.T) {
	rules := access.Table()
	for kind, list := range privileged {
		for name := range strings.SplitSeq(list, ", ") {
			is := slices.ContainsFunc(rules.Privileges, func(p access.Privilege) bool {
				return p.Name == strings.ReplaceAll(name, " ", "_") && slices.Contains(p.On, kind)
			})
			if !is && !slices.ContainsFunc(rules.PrivilegeCorrections, func(c access.Correction) bool { return c.At == name }) {
				t.Errorf("%s on a %s is missing, and no correction says so", name, kind)
			}
		}
	}
}

// TestEachCorrectionSaysWhenAndWhere holds what a reader is told of a correction.
func TestEachCorrectionSaysWhenAndWhere(t *testing.T) {
	rules := access.Table()
	for _, c := range slices.Concat(rules.PrivilegeCorrections, rules.LevelCorrections, rules.Roles.Corrections) {
		if c.ID == "" || c.At == "" || c.Was == "" || c.Is == "" || !strings.HasSuffix(c.Why, ".") || len(c.Date) != len("2026-11-28") || !strings.HasPrefix(c.Read, "https://learn.microsoft.com/azure/databricks/") {
			t.Errorf("%+v", c)
		}
	}
}

// TestTheUniversalRulesHold makes a list of each kind, and asks about an admin, a service principal, and a group that is listed as the owner.
func TestTheUniversalRulesHold(t *testing.T) {
	rules := access.Table()
	for _, k := range rules.Levels {
		b := access.New(rules)
		in := b.Workspace("1")
		b.AllPrincipals()
		b.Describe(b.On(in), access.Thing{Seen: access.SeenAll})
		admins := b.Principal(access.Member{Kind: access.Group, Place: in, Name: access.AdminsGroup, Members: true})
		team := b.Principal(access.Member{Kind: access.Group, Name: "team", Members: true})
		who := map[string]access.Principal{}
		for name, kind := range map[string]access.PrincipalKind{"admin": access.User, "user": access.User, "sp": access.ServicePrincipal, "member": access.User} {
			who[name] = b.Principal(access.Member{Kind: kind, Name: name})
			b.Grant(b.On(in), who[name], "USER")
			b.Grant(b.On(in), who[name], "workspace-access")
		}
		b.Join(admins, who["admin"])
		b.Join(team, who["member"])
		on := b.Object(k.Kind, in, "1")
		b.Describe(on, access.Thing{Seen: access.SeenAll})
		highest := k.Levels[len(k.Levels)-1]
		b.Grant(on, who["user"], highest.API)
		b.Grant(on, who["sp"], highest.API)
		owned := slices.ContainsFunc(k.Levels, func(l access.Level) bool { return l.API == "IS_OWNER" })
		if owned {
			b.Grant(on, team, "IS_OWNER")
		}
		f, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range k.Levels {
			ask := func(name string) access.Verdict {
				return f.Verdict(access.Question{Who: who[name], Right: l.Right, On: on, In: in})
			}
			if want := map[bool]access.Verdict{true: access.No, false: access.Yes}[l.API == "IS_OWNER"]; ask("admin") != want {
				t.Errorf("%s: an admin has %s: %s", k.Name, l.UI, ask("admin"))
			}
			if ask("sp") != ask("user") || ask("sp") != access.Yes {
				t.Errorf("%s: a service principal has %s: %s, a user %s", k.Name, l.UI, ask("sp"), ask("user"))
			}
			if ask("member") != access.No {
				t.Errorf("%s: a group that is listed as the owner gives %s", k.Name, l.UI)
			}
		}
		if (len(f.Faults()) == 1) != owned {
			t.Errorf("%s: the faults are %v", k.Name, f.Faults())
		}
	}
}
