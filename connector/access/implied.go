package access

// Gives reports whether a privilege of Unity Catalog that was granted amounts to another one that is asked for, by their names in the API: it is
// that one, or ALL PRIVILEGES where that stands for it.
func (s *Rules) Gives(granted, asked string) bool {
	have, known := s.byAPI[unity][granted]
	want, asks := s.byAPI[unity][asked]
	return granted == asked || known && asks && s.satisfies(want).has(have)
}

// byOwning are the privileges that the owner of an object of a kind has by that. What acts on what is inside is not had by that.
func (s *Rules) byOwning(row kindRow, legacy bool) mask {
	if legacy {
		return row.acts | s.usage.mask()
	}
	return row.acts &^ s.beyondOwner
}

// In is the kind of what objects of a kind are in.
func (s *Rules) In(k Kind) (Kind, bool) {
	row, known := s.kind(k)
	return row.in, known && row.in != ""
}

// Includes reports whether a level on an object of a kind is another one or higher. Levels that the kind does not have include nothing.
func (s *Rules) Includes(k Kind, have, want string) bool {
	row, known := s.kind(k)
	had, has := s.byAPI[levels][have]
	wanted, asks := s.byAPI[levels][want]
	return known && has && asks && row.class == levels && row.applies.has(had) && row.applies.has(wanted) && s.satisfies(wanted).has(had)
}

// Changes reports whether a level on an object of a kind lets that be changed, what is in it or who may use it. A level that the kind does not have
// counts as one that does, until somebody has looked.
func (s *Rules) Changes(k Kind, level string) bool {
	row, known := s.kind(k)
	r, is := s.byAPI[levels][level]
	return !known || !is || !row.applies.has(r) || s.changing.has(r)
}

// Entitlement is a row of the table of entitlements. One that is not in it counts as one by which something can be made, until somebody has looked.
func (s *Rules) Entitlement(api string) Entitlement {
	for _, e := range s.Roles.Entitlements {
		if e.API == api && e.Is == "" {
			return e
		}
	}
	return Entitlement{API: api, UI: api, Changes: true}
}

// SQL reports whether an entitlement is one that lets queries run on a SQL warehouse, and nothing else be used.
func (e Entitlement) SQL() bool { return e.Opens == "sql" }
