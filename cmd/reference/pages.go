package reference

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

func roles(s *access.Rules) page {
	given := part{Heading: "Roles", Columns: []string{"Role", "Is", "Where", "Allows", "In a workspace"}}
	for _, r := range s.Roles.Roles {
		is := r.API
		if r.Untold {
			is += " (no API tells who has it)"
		}
		given.Rows = append(given.Rows, []string{r.Name, is, r.Plane, r.Allows, r.Workspace})
	}
	entitled := part{Heading: "Entitlements of a workspace", Columns: []string{"On pages", "In the API", "Allows"}}
	for _, e := range s.Roles.Entitlements {
		api := e.API
		if e.Is != "" {
			api = e.Is
		}
		entitled.Rows = append(entitled.Rows, []string{e.UI, api, e.Allows})
	}
	everywhere := part{Heading: "Rules that hold everywhere", Columns: []string{"Rule", "Besides"}}
	for _, r := range s.Roles.Rules {
		everywhere.Rows = append(everywhere.Rows, []string{r.Says, r.Note})
	}
	others := slices.DeleteFunc(slices.Clone(s.Roles.Corrections), ofMatrix)
	return page{
		About:  "Account and workspace are two planes: a role of the one gives nothing in the other.",
		Source: source{s.Roles.Reviewed, s.Roles.Read}, Parts: []part{given, entitled, everywhere}, Fixes: fixes(others),
	}
}

// ofMatrix reports whether a correction is of a cell, named by row and column.
func ofMatrix(c access.Correction) bool { return strings.Contains(c.At, " / ") }

func levels(s *access.Rules) page {
	p := page{
		About:  "Levels run from low to high in each table, and each includes those before it. What is granted on a folder reaches all that lies in it.",
		Source: source{s.LevelSource.Reviewed, s.LevelSource.Read}, Fixes: fixes(s.LevelCorrections),
	}
	for _, k := range s.Levels {
		one := part{Heading: k.Name + " (" + string(k.Kind) + ")", Columns: []string{"On pages", "In the API", "Allows", "By itself"}}
		for _, l := range k.Levels {
			one.Rows = append(one.Rows, []string{l.UI, l.API, l.Allows, k.ByItself(l)})
		}
		if k.Note != "" {
			one.Notes = append(one.Notes, k.Note)
		}
		for _, id := range k.Second {
			one.Notes = append(one.Notes, stop(s.Roles.Said(id)))
		}
		p.Parts = append(p.Parts, one)
	}
	return p
}

func matrix(s *access.Rules) page {
	can := part{Heading: "Who can do what", Columns: append([]string{"Action"}, access.Columns...)}
	for i, row := range s.Matrix() {
		can.Rows = append(can.Rows, append([]string{s.Roles.Capabilities[i].Action}, row...))
	}
	allows := part{Heading: "What levels allow", Columns: append([]string{"Object"}, access.LevelColumns...)}
	kinds, cells := s.Summary()
	for i, row := range cells {
		allows.Rows = append(allows.Rows, append([]string{kinds[i].Name}, row...))
	}
	ofCells := slices.DeleteFunc(slices.Concat(s.Roles.Corrections, s.LevelCorrections), func(c access.Correction) bool { return !ofMatrix(c) })
	return page{
		About:  "Each cell is worked out by the rules that answers about access come from.",
		Source: source{s.Roles.Reviewed, s.Roles.Read}, Parts: []part{can, allows}, Fixes: fixes(ofCells),
	}
}

func privileges(s *access.Rules) page {
	all := part{Heading: "Privileges", Columns: []string{"In SQL", "In the API", "Granted on", "Allows", "Risk", "Besides"}}
	for _, p := range s.Privileges {
		var on, besides []string
		for _, k := range p.On {
			on = append(on, strings.ToLower(strings.ReplaceAll(string(k), "_", " ")))
		}
		for text, is := range map[string]bool{"not in ALL PRIVILEGES": p.BeyondAll, "not held by the owner": p.BeyondOwner, "hive_metastore": p.Legacy} {
			if is {
				besides = append(besides, text)
			}
		}
		slices.Sort(besides)
		all.Rows = append(all.Rows, []string{strings.ReplaceAll(p.Name, "_", " "), p.Name, strings.Join(on, ", "), p.Allows, p.Risk, strings.Join(besides, ", ")})
	}
	all.Notes = []string{
		"What is granted on a catalog or schema holds for all that is in it, now and later. To use an object takes USE CATALOG and USE SCHEMA as well.",
		"Grants can be made by the owner of an object, the owners of what it is in, the metastore admin, and by who has MANAGE on it and may use what it is in.",
		"A catalog that is bound to other workspaces is shut in this one, whatever is granted.",
	}
	return page{
		About:  "Privileges of Unity Catalog. Risk is the most that one can lead to: use, see, read, make, write or manage.",
		Source: source{s.PrivilegeSource.Reviewed, s.PrivilegeSource.Read}, Parts: []part{all}, Fixes: fixes(s.PrivilegeCorrections),
	}
}
