package connector

import (
	"path/filepath"
	"strings"
	"unicode"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// What is in this file is called where a value enters the program: where an answer is decoded, a saved connection is opened, or what a
// person typed is parsed. Whatever is formatted later is known by then; formatting itself keeps nothing.

// Remote notes a value of a workspace under its kind, and marks it as coming from there. Of a comment it also notes what that quotes.
func (r *Registry) Remote(kind Kind, text string) Remote {
	if kind == KindComment {
		r.NoteQuoted(text)
	}
	r.Note(kind, text)
	return FromRemote(text)
}

// NoteFull notes a full name of Unity Catalog, such as catalog.schema.table, each part under its own kind.
func (r *Registry) NoteFull(full string) {
	kinds := []Kind{KindCatalog, KindSchema, KindTable}
	for i, part := range strings.SplitN(full, ".", len(kinds)) {
		r.Note(kinds[i], part)
	}
}

// NoteText notes a text of which it is not known whether it is a name. A long one is a sentence, and only what that quotes is kept.
func (r *Registry) NoteText(text string) {
	if strings.Count(text, " ") >= 6 {
		r.NoteQuoted(text)
		return
	}
	r.Note(KindName, text)
}

// quoted finds what stands between quotes or backticks: in a sentence of a workspace that is nearly always a name.
var quoted = pattern.New("`([^`]{1,300})`|\"([^\"]{1,300})\"|(?:^|[^\\pL\\pN])'([^']{1,300})'(?:$|[^\\pL\\pN])")

// readQuoted bounds, in bytes, how far into a text it is looked for quotes. No screen shows more of an error than 500 characters, and an
// answer may have megabytes.
const readQuoted = 16 << 10

// NoteQuoted notes what a sentence of a workspace or a library, an error's text above all, has between quotes, unless it is SQL's own.
func (r *Registry) NoteQuoted(text string) {
	text = text[:min(len(text), readQuoted)]
	if !strings.ContainsAny(text, "`\"'") {
		return
	}
	for _, found := range quoted().FindAllStringSubmatch(text, -1) {
		for _, inner := range found[1:] {
			if inner != "" && strings.ToUpper(inner) != inner && strings.Count(inner, " ") <= 4 {
				r.Note(KindName, inner)
			}
		}
	}
}

// dottedNames are what a text of strangers may have the names of machines and people in.
var dottedNames = pattern.New(`[\pL\d_-]+(?:\.[\pL\d_-]+)+`)

// NoteStranger notes what looks like the name of a machine or a person in a text that is not the workspace's, as that of a gateway on the way.
func (r *Registry) NoteStranger(text string) {
	for _, name := range dottedNames().FindAllString(text[:min(len(text), readQuoted)], -1) {
		if strings.ContainsFunc(name, unicode.IsLetter) {
			r.Note(KindHost, name)
		}
	}
}

// ruled are the objects that a sentence about rights names, each after the word for what it is.
var ruled = pattern.New(`(?: on| of) (?:catalog|schema|table|view|materialized view) (.+?)(?:, (?:[A-Z]|ownership )|; | and [0-9]+ more|$)`)

// NoteRights notes what a sentence of ours names that says what a principal may do, as in "SELECT on catalog sales, ownership of table a.b.c and 2
// more". A saved connection keeps the sentence, and nothing else of what it names.
func (r *Registry) NoteRights(sentence string) {
	for _, found := range ruled().FindAllStringSubmatch(sentence, -1) {
		r.NoteFull(found[1])
	}
}

// NoteFolder notes a folder of this machine, as it was typed and as a whole path: its names may be those of a company. One below the root alone, such as
// /export, tells nothing, and its name is a word like any.
func (r *Registry) NoteFolder(typed string) {
	whole, err := filepath.Abs(typed)
	if err != nil {
		return
	}
	for _, path := range []string{whole, filepath.Clean(typed)} {
		if strings.Contains(core(path), string(filepath.Separator)) {
			r.Note(KindFolder, path)
		}
	}
}

// NoteConnection notes every value that a connection holds, so that a saved one has aliases before anything of it is shown.
func (r *Registry) NoteConnection(c Connection) {
	r.Note(KindConnection, c.Name)
	r.Note(KindHost, c.Host.name)
	r.Note(KindWorkspace, string(c.Host.workspaceID))
	kind := KindSP
	if c.Credentials.Method == PAT && !c.Principal.IsServicePrincipal() {
		kind = KindUser
	}
	r.Note(kind, string(c.Credentials.ClientID), c.Principal.Name.raw, c.Principal.DisplayName.raw, string(c.Principal.ID))
	for _, group := range c.Principal.Groups {
		r.Note(KindGroup, group.raw)
	}
	r.Note(KindUser, c.Proof.SeenBy)
	r.NoteRights(c.Proof.ReadOnly)
	r.NoteRights(c.Proof.Elsewhere)
	r.Note(KindWarehouse, c.Warehouse.Name.raw, string(c.Warehouse.ID), c.Warehouse.HTTPPath[strings.LastIndex(c.Warehouse.HTTPPath, "/")+1:])
	for _, name := range append([]TableName{{SchemaName: c.Schema}}, c.Tables...) {
		r.Note(KindCatalog, name.Catalog.raw)
		r.Note(KindSchema, name.Schema.raw)
		r.Note(KindTable, name.Table.raw)
	}
}
