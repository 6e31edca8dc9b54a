package access

// Gives reports whether a privilege of Unity Catalog that was granted amounts to another one that is asked for, by their names in the API: it is
// that one, or ALL PRIVILEGES where that stands for it.
func (s *Rules) Gives(granted, asked string) bool {
	have, known := s.byAPI[unity][granted]
	want, asks := s.byAPI[unity][asked]
	return granted == asked || known && asks && s.satisfies(want).has(have)
}

// OwnerHas reports whether owning an object of a kind is having a privilege on it. What acts on what is inside is not had by that.
func (s *Rules) OwnerHas(k Kind, privilege string) bool {
	row, known := s.kind(k)
	r, is := s.byAPI[unity][privilege]
	return known && is && row.class == unity && s.ownerHas(row, r)
}

func (s *Rules) ownerHas(row kindRow, r Right) bool { return row.acts.has(r) && !s.beyondOwner.has(r) }

// In is the kind of what objects of a kind are in.
func (s *Rules) In(k Kind) (Kind, bool) {
	row, known := s.kind(k)
	return row.in, known && row.in != ""
}
