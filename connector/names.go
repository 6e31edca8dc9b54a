package connector

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/letters"
)

// maxIdent is Unity Catalog's limit for the name of an object, in characters.
const maxIdent = 255

// HiveMetastore is the catalog of legacy tables, which Unity Catalog grants do not reach.
const HiveMetastore = "hive_metastore"

// Ident is one part of a name in Unity Catalog. ParseIdent refuses what the catalog itself forbids, so an Ident can be quoted into SQL
// and put in a request path without a further check. It is comparable; its String is cleaned for a terminal.
type Ident struct{ raw string }

// ParseIdent takes one part as typed, with or without backticks around it, and lower-cases it as the catalog stores it.
// It returns an *Error of kind ErrInput for an empty part, one over 255 characters, or one with a space, a dot, a slash or a control character:
// Unity Catalog forbids those in object names, and a forbidden name is refused rather than repaired. What was typed
// is noted for share mode.
func ParseIdent(text string) (Ident, error) {
	if err := RefuseStray(text, "a name in Unity Catalog"); err != nil {
		return Ident{}, err
	}
	text = strings.TrimSpace(text)
	if len(text) >= 2 && text[0] == '`' && text[len(text)-1] == '`' {
		text = strings.ReplaceAll(text[1:len(text)-1], "``", "`")
	}
	if utf8.ValidString(text) { // ToLower would repair what RemoteIdent refuses
		text = strings.ToLower(text)
	}
	Known().NoteText(text) // a refused one too: the error quotes it
	return RemoteIdent(FromRemote(text))
}

// RemoteIdent takes one part as the workspace gave it, unchanged, under the rules of ParseIdent.
func RemoteIdent(name Remote) (Ident, error) {
	switch raw := name.raw; {
	case raw == "":
		return Ident{}, &Error{Kind: ErrInput, What: "The name is empty.", Remedy: "Type the name as the catalog shows it."}
	case !utf8.ValidString(raw):
		return Ident{}, &Error{Kind: ErrInput, What: "The name is not valid UTF-8.", Remedy: "Choose another object; this one cannot be quoted safely."}
	case utf8.RuneCountInString(raw) > maxIdent:
		return Ident{}, &Error{Kind: ErrInput, What: "The name is longer than 255 characters.", Remedy: "Unity Catalog has no names that long; copy it again."}
	}
	for _, r := range name.raw {
		if r == '.' || r == '/' || unicode.IsSpace(r) || letters.Steers(r) {
			return Ident{}, &Error{
				Kind:   ErrInput,
				What:   fmt.Sprintf("%q has a character that Unity Catalog does not allow in names.", name.String()),
				Remedy: "Type one part of the name: no dot, slash, space or control character.",
			}
		}
	}
	return Ident(name), nil
}

// Raw is the name as the catalog has it.
func (i Ident) Raw() string { return i.raw }

// String is the name cleaned for a terminal.
func (i Ident) String() string { return Remote(i).String() }

// Format prints the cleaned name for every verb.
func (i Ident) Format(f fmt.State, verb rune) { Remote(i).Format(f, verb) }

// IsZero reports whether there is no name.
func (i Ident) IsZero() bool { return i.raw == "" }

// Quoted is the name between backticks, with its own backticks doubled.
func (i Ident) Quoted() string { return "`" + strings.ReplaceAll(i.raw, "`", "``") + "`" }

// SchemaName is a schema within its catalog. Schema may be empty while a person has only chosen the catalog.
type SchemaName struct{ Catalog, Schema Ident }

// String is catalog.schema, cleaned for a terminal.
func (n SchemaName) String() string { return n.Catalog.String() + "." + n.Schema.String() }

// Full is catalog.schema as the REST API takes it in a parameter.
func (n SchemaName) Full() string { return n.Catalog.raw + "." + n.Schema.raw }

// Quoted is the name for SQL.
func (n SchemaName) Quoted() string { return n.Catalog.Quoted() + "." + n.Schema.Quoted() }

// IsZero reports whether either part is missing.
func (n SchemaName) IsZero() bool { return n.Catalog.IsZero() || n.Schema.IsZero() }

// Legacy reports whether the schema is in hive_metastore, where table access control applies instead of Unity Catalog.
func (n SchemaName) Legacy() bool { return n.Catalog.raw == HiveMetastore }

// Table names a table of this schema.
func (n SchemaName) Table(table Ident) TableName { return TableName{SchemaName: n, Table: table} }

// TableName is a table, view or other relation with all three parts of its name.
type TableName struct {
	SchemaName
	Table Ident
}

// String is catalog.schema.table, cleaned for a terminal.
func (n TableName) String() string { return n.SchemaName.String() + "." + n.Table.String() }

// Full is catalog.schema.table as the REST API takes it in a parameter.
func (n TableName) Full() string { return n.SchemaName.Full() + "." + n.Table.raw }

// Quoted is the name for SQL.
func (n TableName) Quoted() string { return n.SchemaName.Quoted() + "." + n.Table.Quoted() }

// IsZero reports whether any part is missing.
func (n TableName) IsZero() bool { return n.SchemaName.IsZero() || n.Table.IsZero() }

// PathSegment escapes a full name for use as one segment of a request path.
func PathSegment(full string) string { return url.PathEscape(full) }

// SplitName cuts a dotted name into its parts; a part between backticks may contain anything, a doubled backtick among it.
func SplitName(text string) []string {
	var parts []string
	var part strings.Builder
	quoted := false
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == '`':
			quoted = !quoted
			part.WriteRune(r)
		case r == '.' && !quoted:
			parts = append(parts, part.String())
			part.Reset()
		default:
			part.WriteRune(r)
		}
	}
	return append(parts, part.String())
}

// ParseTable reads a name of three parts, or of fewer when within supplies the rest. It returns an *Error of kind ErrInput for anything else.
func ParseTable(text string, within SchemaName) (TableName, error) {
	parts := SplitName(text)
	idents := make([]Ident, 0, 3)
	for _, part := range parts {
		id, err := ParseIdent(part)
		if err != nil {
			return TableName{}, err
		}
		idents = append(idents, id)
	}
	var name TableName
	switch {
	case len(idents) == 3:
		name = TableName{SchemaName{idents[0], idents[1]}, idents[2]}
	case len(idents) == 2 && !within.Catalog.IsZero():
		name = TableName{SchemaName{within.Catalog, idents[0]}, idents[1]}
	case len(idents) == 1 && !within.IsZero():
		name = within.Table(idents[0])
	default:
		return TableName{}, &Error{Kind: ErrInput, What: "A table is named catalog.schema.table.", Remedy: "Type all three parts."}
	}
	Known().NoteFull(name.Full())
	return name, nil
}

// ParseSchema reads catalog.schema. It returns an *Error of kind ErrInput for anything else.
func ParseSchema(text string) (SchemaName, error) {
	parts := SplitName(text)
	if len(parts) != 2 {
		return SchemaName{}, &Error{Kind: ErrInput, What: "A schema is named catalog.schema.", Remedy: "Give both parts with a dot between them."}
	}
	return ParseSchemaParts(parts[0], parts[1])
}

// ParseSchemaParts reads the two names of a schema. It returns an *Error of kind ErrInput for what is no name.
func ParseSchemaParts(catalog, schema string) (SchemaName, error) {
	first, err := ParseIdent(catalog)
	if err != nil {
		return SchemaName{}, err
	}
	second, err := ParseIdent(schema)
	return SchemaName{Catalog: first, Schema: second}, err
}
