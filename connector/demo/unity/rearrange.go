package unity

// Rearranged gives rows other columns: of each, from has its place among those before, of which there are width, or -1 where it is new and NULL.
func Rearranged(rows func(i int) []any, from []int, width int) func(i int) []any {
	if rows == nil || inPlace(from, width) {
		return rows
	}
	return func(i int) []any {
		old, row := rows(i), make([]any, len(from))
		for column, place := range from {
			if place >= 0 {
				row[column] = old[place]
			}
		}
		return row
	}
}

// inPlace reports whether every column stays where it was.
func inPlace(from []int, width int) bool {
	for i, place := range from {
		if place != i {
			return false
		}
	}
	return len(from) == width
}
