package check

import (
	"cmp"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
	"github.com/draftt-io/draftt-databricks/redact"
)

// NameKind says what a name in a text is the name of, in the words of a sentence: "the table", "the SQL warehouse".
type NameKind string

// The kinds of names that an explanation gives back. Objects of Unity Catalog have the kind that the text gives them, such as "table" or
// "external location".
const (
	WarehouseName   NameKind = "SQL warehouse"
	PrincipalName   NameKind = "principal"
	ScopeName       NameKind = "scope"
	EntitlementName NameKind = "entitlement"
	HostName        NameKind = "host"
	ProxyName       NameKind = "proxy"
	PortalName      NameKind = "sign-in page's host"
)

// Name is something that a text names, cleaned for a line of a terminal.
type Name struct {
	Kind  NameKind
	Value string
}

// kindsOf are those of the names in a text by their aliases; any other kind has aliases of plain names.
var kindsOf = map[NameKind]connector.Kind{
	WarehouseName: connector.KindWarehouse, PrincipalName: connector.KindUser, HostName: connector.KindHost,
	"catalog": connector.KindCatalog, "schema": connector.KindSchema, "table": connector.KindTable, "view": connector.KindTable,
}

// NoteNames has what the text names shown by aliases while sharing. Scopes and entitlements are the same in every workspace.
func (e Explanation) NoteNames(known *connector.Registry) {
	for _, n := range e.Names {
		switch kind := cmp.Or(kindsOf[n.Kind], connector.KindName); {
		case n.Kind == ScopeName, n.Kind == EntitlementName:
		case strings.Contains(n.Value, ".") && kind != connector.KindHost && kind != connector.KindUser:
			known.NoteFull(n.Value)
		default:
			known.Note(kind, n.Value)
		}
	}
}

// nameLimit is how many characters of a name are repeated.
const nameLimit = 120

// An object is named between quotes or with dots; anything else after the word for its kind may be a word of the sentence.
const (
	anObject = `(catalog|schema|database|table or view|table|materialized view|view|volume|function|routine or model|routine|` +
		`external location|storage credential|connection|metastore)`
	aName = `((?:\x60[^\x60]{1,255}\x60|'[^']{1,255}'|"[^"]{1,255}")(?:\.(?:\x60[^\x60]{1,255}\x60|'[^']{1,255}'))*|` +
		`[\w-]{1,100}(?:\.[\w-]{1,100}){1,2})`
	anID = `([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[\w.+-]{1,64}@[\w.-]{1,190}\w)`
)

// naming finds names of one kind. Each clue has one group, the name.
type naming struct {
	kind NameKind
	of   []concern // the rows that the name matters to
	text []*clue.Clue
}

var (
	objectNames = clue.Says(`\b`+anObject+`s? `+aName, `\b()no access to `+aName, `_NOT_FOUND\] ()`+aName)
	namings     = []naming{
		{WarehouseName, []concern{ofWarehouses}, []*clue.Clue{
			clue.Says(`/sql/1\.0/(?:warehouses|endpoints)/([0-9a-f]{12,32})\b`), clue.Says(`/(?:sql/warehouses|sql/endpoints)/([0-9a-f]{12,32})\b`),
			clue.Says(`\b(?:warehouse|endpoint)(?: id)?:? ['"\x60]?([0-9a-f]{12,32})\b`), clue.Says(`\bwarehouse ["'\x60]([^"'\x60]{1,100})["'\x60]`),
			clue.Says(
				`["'\x60]([^"'\x60]{1,100})["'\x60] is not a valid (?:endpoint|warehouse) id`,
			), clue.Says(`([^\s"'\x60{}]{1,100}) is not a valid (?:endpoint|warehouse) id`),
		}},
		{PrincipalName, []concern{ofSignIn, ofWarehouses, ofData}, []*clue.Clue{
			clue.Says(anID + ` (?:is not authorized|is (?:inactive|not active|deactivated)|does not have|lacks|may not|cannot)`),
			clue.Says(`\b(?:user|principal|service principal|principalName|serviceprincipal|application)["']?:? ?["'\x60]?` + anID),
			clue.Says(`client_id:? ?["']?` + anID),
		}},
		{ScopeName, []concern{ofSignIn}, []*clue.Clue{clue.Says(`required scopes?:? ?["']?([\w.:-]{2,60}(?:, ?[\w.:-]{2,60}){0,5})`)}},
		{EntitlementName, []concern{ofWarehouses}, []*clue.Clue{clue.Says(`\b(databricks-sql-access|workspace-access|workspace-consume)\b`)}},
		{ProxyName, []concern{ofProxies}, []*clue.Clue{clue.Says(pasted.LookedUp...)}},
		{PortalName, []concern{ofPortals}, []*clue.Clue{clue.Says(pasted.SentOnTo)}},
		{HostName, []concern{onTheWay, ofWorkspace}, []*clue.Clue{clue.Says(`\b((?:[\w-]{1,63}\.){1,5}` + pasted.Domain + `)\b`)}},
	}
)

// namesFor are the names that matter to a row, those nearest to the place that decided.
func (s signs) namesFor(p pattern, decided clue.Place) []Name {
	var names []Name
	if p.about() == ofData {
		if kind, value := s.object(decided); value != "" {
			names = append(names, Name{NameKind(kind), value})
		}
	}
	for _, naming := range namings {
		if value := s.nearest(naming, decided); value != "" && slices.Contains(naming.of, p.about()) {
			names = append(names, Name{naming.kind, value})
		}
	}
	return names
}

// object is the object of Unity Catalog that the text names at the place or next after it, else before it.
func (s signs) object(decided clue.Place) (kind, value string) {
	best := -1
	for _, m := range objectNames.Places(s.page, clue.Unlimited) {
		for group := 2; group+3 < len(m); group += 4 {
			if m[group] < 0 || m[group+2] < 0 {
				continue
			}
			distance := m[0] - decided[0]
			if distance < 0 {
				distance = 2*near - distance // what stands before is rather about something else
			}
			if best < 0 || distance < best {
				best, kind, value = distance, s.page.Text[m[group]:m[group+1]], s.quote().Piece(m[group+2], m[group+3])
			}
		}
	}
	if best > 4*near || !shareable(value) {
		return "", ""
	}
	if kind == "" {
		kind = "object"
	}
	return strings.ToLower(kind), bare(value)
}

func (s signs) nearest(n naming, decided clue.Place) string {
	for _, text := range n.text {
		best, value := -1, ""
		for _, m := range text.Places(s.page, clue.Unlimited) {
			distance := max(m[0]-decided[1], decided[0]-m[1], 0)
			if best < 0 || distance < best {
				best, value = distance, s.quote().Piece(m[2], m[3])
			}
		}
		if value != "" && shareable(value) {
			return bare(value)
		}
	}
	return ""
}

// bare is a name without the quotes that a sentence puts around it. Those of the parts of a name stay.
func bare(name string) string {
	if inner := strings.Trim(name, "`"); !strings.Contains(inner, "`") {
		name = inner
	}
	return strings.Trim(name, `'"`)
}

// shareable reports a name that can be shown and quoted as it is: nothing in it was cleaned away or taken for a secret.
func shareable(name string) bool {
	return name != "" && connector.CleanLine(name, nameLimit) == name && !strings.Contains(name, redact.Mask)
}

// parts are those of an object's name, without their quotes.
func (n Name) parts() []string {
	var parts []string
	for _, part := range connector.SplitName(n.Value) {
		part = strings.Trim(part, "`'\"")
		for _, piece := range strings.Split(part, ".") {
			parts = append(parts, strings.Trim(piece, "`'\""))
		}
	}
	return parts
}

// filled is a GRANT whose placeholders give way to what the text names. Each part goes in only as far as Unity Catalog would take it,
// quoted; else its placeholder stays and is one of those left. All go in at once, so that no name is taken for a placeholder.
func filled(grant string, names []Name) (statement string, left []string) {
	in := map[string]string{} // by the placeholder
	for _, n := range names {
		switch n.Kind {
		case PrincipalName:
			if principal, err := connector.QuotePrincipal(connector.FromRemote(n.Value)); err == nil {
				in["`application ID`"] = principal
			}
		case WarehouseName, ScopeName, EntitlementName, HostName, ProxyName, PortalName:
		default:
			in["`catalog`"], in["`schema`"] = n.levels()
			grant, in["`table`"] = n.onTable(grant)
		}
	}
	var pairs []string
	for _, placeholder := range []string{"`catalog`", "`schema`", "`table`", "`application ID`"} {
		switch with := in[placeholder]; {
		case with != "":
			pairs = append(pairs, placeholder, with)
		case strings.Contains(grant, placeholder):
			left = append(left, placeholder)
		}
	}
	return strings.NewReplacer(pairs...).Replace(grant), left
}

// toFillIn is a sentence on what a GRANT still lacks of the names of a text, for the end of a remedy. Nobody takes the placeholder for whom
// it is for a name, and most errors do not have that.
func toFillIn(left []string) string {
	left = slices.DeleteFunc(slices.Clone(left), func(placeholder string) bool { return placeholder == "`application ID`" })
	if len(left) == 0 {
		return ""
	}
	return " Put the right name in place of " + strings.Join(left, " and of ") + " first."
}

// quoted is a part of a name as a statement has it, or empty where Unity Catalog would not take it.
func quoted(part string) string {
	id, err := connector.RemoteIdent(connector.FromRemote(part))
	if err != nil {
		return ""
	}
	return id.Quoted()
}

// levels are the catalog and the schema in the name of an object of this kind, by how many parts it has, as a statement has them.
func (n Name) levels() (catalog, schema string) {
	parts := n.parts()
	switch {
	case n.Kind == "catalog":
		return quoted(parts[0]), ""
	case (n.Kind == "schema" || n.Kind == "database") && len(parts) == 1:
		return "", quoted(parts[0])
	case len(parts) >= 3, (n.Kind == "schema" || n.Kind == "object") && len(parts) == 2:
		return quoted(parts[0]), quoted(parts[1])
	case len(parts) == 2:
		return "", quoted(parts[0])
	}
	return "", ""
}

// onTable is a GRANT of SELECT on the one table or view that the text names in full, and its name; else the GRANT as it is, on the schema.
func (n Name) onTable(grant string) (statement, table string) {
	parts, legacy := n.parts(), strings.Contains(grant, "SELECT ON SCHEMA `hive_metastore`")
	whole := len(parts) == 3 || len(parts) == 2 && legacy
	if !whole || !strings.Contains(grant, "SELECT ON SCHEMA") || !slices.Contains([]NameKind{"table", "view", "table or view", "materialized view", "object"}, n.Kind) {
		return grant, ""
	}
	word := "TABLE"
	if strings.HasSuffix(string(n.Kind), "view") && n.Kind != "table or view" {
		word = strings.ToUpper(string(n.Kind))
	}
	return strings.NewReplacer("ON SCHEMA", "ON "+word, ".`schema`", ".`schema`.`table`").Replace(grant), quoted(parts[len(parts)-1])
}

// telling is a sentence with the names, for the end of a remedy.
func telling(names []Name) string {
	var said []string
	for _, n := range names {
		said = append(said, "the "+string(n.Kind)+" "+n.Value)
	}
	switch len(said) {
	case 0:
		return ""
	case 1:
		return " The text names " + said[0] + "."
	}
	return " The text names " + strings.Join(said[:len(said)-1], ", ") + " and " + said[len(said)-1] + "."
}
