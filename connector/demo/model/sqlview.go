package model

// The types of columns that only the tables for clients' tests have. REST and
// SQL spell those with types inside in full.
const (
	TinyInt  ColumnType = "TINYINT"
	SmallInt ColumnType = "SMALLINT"
	Float    ColumnType = "FLOAT"

	ArrayOfStrings  ColumnType = "ARRAY<STRING>"
	ArrayOfArrays   ColumnType = "ARRAY<ARRAY<INT>>"
	MapOfNumbers    ColumnType = "MAP<STRING,INT>"
	StructOfReading ColumnType = "STRUCT<ID:BIGINT,TAKEN_AT:TIMESTAMP,READINGS:ARRAY<DOUBLE>,PRICE:DECIMAL(10,2)>"
)

// Names and texts of these types join the tables of the others.
func init() {
	for t, word := range map[ColumnType]struct{ name, text string }{
		TinyInt: {"BYTE", "tinyint"}, SmallInt: {"SHORT", "smallint"}, Float: {"FLOAT", "float"},
		ArrayOfStrings: {"ARRAY", "array<string>"}, ArrayOfArrays: {"ARRAY", "array<array<int>>"}, MapOfNumbers: {"MAP", "map<string,int>"},
		StructOfReading: {"STRUCT", "struct<id:bigint,taken_at:timestamp,readings:array<double>,price:decimal(10,2)>"},
	} {
		typeNames[t], typeTexts[t] = word.name, word.text
	}
}

// Owns reports whether a principal owns an object, itself or through a group.
// The owner of what the object is in does not own it by that.
func (w *World) Owns(who *Principal, on Securable) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.access(who).owns(on)
}
