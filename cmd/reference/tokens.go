package reference

import (
	"cmp"
	"slices"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector/access"
)

// tokenTable is the table of what somebody signs in with.
type tokenTable struct {
	Reviewed string `yaml:"reviewed"`
	Read     string `yaml:"read"`
	Tokens   []struct {
		Name     string `yaml:"name"`
		Inherits string `yaml:"inherits"`
		Ends     string `yaml:"ends"`
		Scope    string `yaml:"scope"`
		Listed   string `yaml:"listed"`
	} `yaml:"tokens"`
	Corrections []access.Correction `yaml:"corrections"`
}

func tokenModel() tokenTable { return assets.Must[tokenTable]("access-tokens.yaml") }

func tokens() page {
	model := tokenModel()
	all := part{
		Heading: "Tokens and secrets", Columns: []string{"What", "Rights", "Ends", "Scope", "In an inventory"},
		Notes: []string{"draftt-databricks inventory show tokens says of each its owner, its scopes, when it was last used, and when it is revoked for inactivity."},
	}
	for _, t := range model.Tokens {
		all.Rows = append(all.Rows, []string{t.Name, t.Inherits, t.Ends, t.Scope, t.Listed})
	}
	return page{About: "Whoever has one of these has the rights of its owner, as far as its scope goes.", Source: source{model.Reviewed, model.Read}, Parts: []part{all}, Fixes: fixes(model.Corrections)}
}

// references are the sources of all tables and corrections, each with the day on which it was read.
func references(s *access.Rules) page {
	model := tokenModel()
	all := part{Heading: "References", Columns: []string{"Table", "Read on", "Address"}}
	for _, one := range []struct {
		table string
		from  source
		fixes []access.Correction
	}{
		{"Roles and matrix", source{s.Roles.Reviewed, s.Roles.Read}, s.Roles.Corrections}, {"Levels", source(s.LevelSource), s.LevelCorrections},
		{"Privileges", source(s.PrivilegeSource), s.PrivilegeCorrections}, {"Tokens", source{model.Reviewed, model.Read}, model.Corrections},
	} {
		rows := [][]string{{one.table, one.from.Reviewed, one.from.Read}}
		for _, c := range one.fixes {
			rows = append(rows, []string{one.table + ", " + c.ID, c.Date, c.Read})
		}
		slices.SortStableFunc(rows[1:], func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
		all.Rows = append(all.Rows, rows...)
	}
	return page{About: "Where the tables are from. They are built in, so that none of these has to be reached.", Source: source{s.Roles.Reviewed, s.Roles.Read}, Parts: []part{all}}
}
