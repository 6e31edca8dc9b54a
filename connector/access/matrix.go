package access

import "strings"

// Columns are those of the matrix of capabilities.
var Columns = []string{"Account Admin", "Workspace Admin", "Regular User", "Service Principal"}

// Matrix works out who can do what, a row for each capability and a cell for each column: the engine is asked about somebody who has the role
// of the column and nothing else, then once they are in the workspace, and then of an object of their own.
func (s *Rules) Matrix() [][]string {
	out := make([][]string, len(s.Roles.Capabilities))
	for i, row := range s.Roles.Capabilities {
		for column := range Columns {
			out[i] = append(out[i], s.cell(row, column))
		}
	}
	return out
}

func (s *Rules) cell(row Capability, column int) string {
	words := s.Roles.Cells
	switch {
	case s.tries(row, column, false):
		return words["yes"]
	case s.tries(row, column, true):
		return words["member"]
	case row.Own != "" && s.owns(row, column, false):
		return s.Roles.Owns[row.Own] + words["own"]
	case row.Own != "" && s.owns(row, column, true):
		return s.Roles.Owns[row.Own] + words["own-member"]
	}
	return words["no"]
}

// specimen is a small account, with one workspace and one metastore, and somebody in it who has the role of a column.
type specimen struct {
	*Builder
	who           Principal
	in, metastore Place
}

func (s *Rules) specimen(column int, member bool) specimen {
	b := New(s)
	sp := specimen{Builder: b, in: b.Workspace("1"), metastore: b.Metastore("m")}
	b.AssignMetastore(sp.in, sp.metastore)
	b.AllPrincipals()
	for _, o := range []Object{b.On(Account), b.On(sp.in), b.On(sp.metastore)} {
		b.Describe(o, Thing{Seen: SeenAll})
	}
	admins := b.Principal(Member{Kind: Group, Place: sp.in, Name: AdminsGroup, Members: true})
	kind := User
	if column == 3 {
		kind = ServicePrincipal
	}
	sp.who = b.Principal(Member{Kind: kind, Name: "somebody"})
	switch column {
	case 0:
		b.Grant(b.On(Account), sp.who, s.API(s.accountAdmin))
	case 1:
		b.Join(admins, sp.who)
	}
	if member || column != 0 {
		b.Grant(b.On(sp.in), sp.who, roleAssignedUser)
		b.Grant(b.On(sp.in), sp.who, "workspace-access")
	}
	return sp
}

func (s *Rules) tries(row Capability, column int, member bool) bool {
	sp := s.specimen(column, member)
	f, err := sp.Build()
	if err != nil {
		return false
	}
	return f.able(sp.who, row, sp.in).Verdict == Yes
}

// owns asks about an object on which somebody has what the row says.
func (s *Rules) owns(row Capability, column int, member bool) bool {
	sp := s.specimen(column, member)
	q := Question{Who: sp.who, In: sp.in}
	grant := func(kind Kind, in Place, key, right string, parent Object) {
		q.On = sp.Object(kind, in, key)
		sp.Describe(q.On, Thing{Parent: parent, Seen: SeenAll})
		sp.Grant(q.On, sp.who, right)
		q.Right, _ = s.Named(kind, right)
	}
	switch row.Own {
	case "MANAGE":
		grant(CatalogKind, sp.metastore, "c", "USE_CATALOG", Nothing)
		grant(SchemaKind, sp.metastore, "c.s", "USE_SCHEMA", q.On)
		grant(TableKind, sp.metastore, "c.s.t", "MANAGE", q.On)
	case roleManager:
		grant(ServicePrincipalKind, Account, "sp", roleManager, Nothing)
	default:
		grant("notebooks", sp.in, "1", "CAN_MANAGE", Nothing)
	}
	f, err := sp.Build()
	return err == nil && f.Verdict(q) == Yes
}

// LevelColumns are those of the summary of levels.
var LevelColumns = []string{"CAN VIEW", "CAN RUN / EDIT", "CAN MANAGE", "IS OWNER"}

// Summary is the matrix of levels: a row for each kind that has briefs, and the cells of LevelColumns.
func (s *Rules) Summary() (kinds []LevelKind, cells [][]string) {
	for _, k := range s.Levels {
		var view, run, edit, manage, owner string
		for i, l := range k.Levels {
			switch {
			case l.API == "IS_OWNER":
				owner = l.Brief
			case l.API == "CAN_MANAGE":
				manage = l.Brief
			case l.API == "CAN_EDIT":
				edit = l.Brief
			case i == 0:
				view = l.Brief
			default:
				run = l.Brief
			}
		}
		if view == "" {
			continue
		}
		kinds = append(kinds, k)
		cells = append(cells, []string{view, orNone(run) + " / " + orNone(edit), orNone(manage), orNone(owner)})
	}
	return kinds, cells
}

func orNone(text string) string {
	if strings.TrimSpace(text) == "" {
		return "—"
	}
	return text
}
