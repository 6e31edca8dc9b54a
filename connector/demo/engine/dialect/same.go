package dialect

import "slices"

// SameTables reports whether a query names the same tables in two namespaces.
func SameTables(tokens []Token, catalog, schema, otherCatalog, otherSchema string, columns Columns) (bool, error) {
	one, err := Rewrite(tokens, catalog, schema, columns)
	if err != nil {
		return false, err
	}
	other, err := Rewrite(tokens, otherCatalog, otherSchema, columns)
	if err != nil {
		return false, err
	}
	return slices.Equal(one.Tables, other.Tables) && slices.Equal(one.Travels, other.Travels), nil
}
