package access

// Guide is a line of the tables that answers are judged by, as somebody looks it up: what a level of a kind of object allows, or who can do what.
type Guide struct {
	About string // the kind of object, or the action
	What  string // the level, or empty
	Says  string // what it allows, or who can
	Facts []GuideFact
}

// GuideFact is something that a line says, with what it is.
type GuideFact struct{ Label, Text string }

// Guide lists the levels of each kind of object, and then the actions of the matrix.
func (s *Rules) Guide() (all []Guide) {
	for _, k := range s.Levels {
		for _, l := range k.Levels {
			g := Guide{About: k.Name, What: l.UI, Says: l.Allows, Facts: []GuideFact{{"Allows", l.Allows}, {"In the API", l.API + " on " + string(k.Kind)}, {"By itself", k.ByItself(l)}, {"To know", k.Note}}}
			for _, id := range k.Second {
				g.Facts = append(g.Facts, GuideFact{"Besides", s.Roles.Said(id) + "."})
			}
			all = append(all, g)
		}
	}
	for i, row := range s.Matrix() {
		g := Guide{About: s.Roles.Capabilities[i].Action}
		for column, cell := range row {
			if g.Facts = append(g.Facts, GuideFact{Columns[column], cell}); cell != s.Roles.Cells["no"] {
				if g.Says != "" {
					g.Says += ", "
				}
				g.Says += Columns[column]
			}
		}
		all = append(all, g)
	}
	return all
}

// ByItself says who has a level without being given it.
func (k LevelKind) ByItself(l Level) string {
	who := ""
	if l.API == k.Creator {
		who = "creator"
	}
	if l.API == k.Admins || k.Admins == "" && l.API == "CAN_MANAGE" {
		if who != "" {
			who += ", "
		}
		who += "workspace admins"
	}
	return who
}
