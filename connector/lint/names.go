package lint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// longName and longConnection are the limits of Unity Catalog and of connection names, in characters.
const (
	longName       = 255
	longConnection = 80
)

// nameRule is a rule about a name in Unity Catalog, for whichever part is typed.
type nameRule struct {
	id, text string
	only     Field // empty: catalogs and schemas alike
	fires    func(name string) bool
	thing    bool // speaks of the thing that is named
}

var names = []nameRule{
	{id: "L37", text: "The backticks are not part of the name; they are put around it where SQL needs them.", fires: func(n string) bool { return strings.HasPrefix(n, "`") && strings.HasSuffix(n, "`") && len(n) > 1 }},
	{id: "L42", text: "The dot at the end has nothing behind it.", fires: func(n string) bool { return strings.HasSuffix(n, ".") }},
	{id: "L36", text: "This names a catalog and a schema at once, which works: enter takes both.", only: Catalog, fires: func(n string) bool {
		return !strings.HasPrefix(n, "`") && strings.Count(strings.TrimSuffix(n, "."), ".") == 1
	}},
	{id: "L46", text: "There is a wildcard in it. Type a part of the name to filter, or the whole name.", fires: func(n string) bool { return strings.ContainsAny(n, "*%?") }},
	{id: "L43", text: "It mixes Latin letters with others that look like them. Copy the name from Databricks.", fires: mixesScripts},
	{id: "L44", text: "There is a blank in it, which Unity Catalog allows in no name.", fires: func(n string) bool { return strings.IndexFunc(n, unicode.IsSpace) >= 0 }},
	{id: "L48", text: "Quotes are not part of a name.", fires: func(n string) bool { return strings.ContainsAny(n, "\"'") }},
	{id: "L47", text: "Names in Unity Catalog have at most 255 characters.", fires: func(n string) bool { return utf8.RuneCountInString(n) > longName }},
	{id: "L38", text: "system is kept by Databricks: audit and billing, no inventory. A grant on it does not reach its schemas.", only: Catalog, fires: called("system"), thing: true},
	{id: "L39", text: "samples holds example data that everybody may read; nothing can be granted on it.", only: Catalog, fires: called("samples"), thing: true},
	{id: "L40", text: "hive_metastore is outside Unity Catalog. Its grants differ, and only reading a table proves them.", only: Catalog, fires: called(connector.HiveMetastore), thing: true},
	{id: "L41", text: "information_schema describes the catalog, and nothing of yours is in it.", only: Schema, fires: called("information_schema"), thing: true},
	{id: "L45", text: "Unity Catalog keeps names in lower case, so that is how it is used.", fires: func(n string) bool { return strings.ToLower(n) != n }},
}

func called(name string) func(string) bool {
	return func(typed string) bool { return strings.EqualFold(strings.Trim(typed, "`"), name) }
}

// nameRules are the rules for one part of a name. The two share their ids: the field says which is meant.
func nameRules(f Field) []Rule {
	var out []Rule
	for _, n := range names {
		if n.only != "" && n.only != f {
			continue
		}
		out = append(out, Rule{ID: n.id, Field: f, Text: n.text, fires: func(v Values) bool { return n.fires(v.text(f)) }, thing: n.thing})
	}
	return out
}

// lookAlikes are the scripts whose letters pass for Latin ones.
var lookAlikes = []*unicode.RangeTable{unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee}

// mixesScripts reports Latin letters beside look-alikes. A name wholly in another script is a name like any other.
func mixesScripts(text string) bool {
	latin, other := false, false
	for _, r := range text {
		latin = latin || unicode.Is(unicode.Latin, r)
		other = other || unicode.In(r, lookAlikes...) || 0xff01 <= r && r <= 0xff5e // full-width forms
	}
	return latin && other
}

func plainASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}

func pathHas(parts ...string) func(Values) bool {
	return func(v Values) bool {
		for _, part := range parts {
			if strings.Contains(strings.ToLower(v.Warehouse), part) {
				return true
			}
		}
		return false
	}
}

// nearlyID is an ID of a SQL warehouse, give or take some digits.
var nearlyID = pattern.New(`^[0-9a-fA-F]{12,20}$`)

var warehouseRules = []Rule{
	{ID: "L34", Field: Warehouse, Text: "This is a JDBC URL. The ID behind /warehouses/ is all that is needed of it.", fires: pathHas("jdbc:")},
	{ID: "L35", Field: Warehouse, Text: "This is the path of a cluster. Draftt reads through a SQL warehouse, whose path begins with /sql/1.0/warehouses/.", fires: pathHas("/protocolv1/", "sql/protocol")},
	{ID: "L49", Field: Warehouse, Text: "This is the old form of the path, which still works.", fires: pathHas("/sql/1.0/endpoints/")},
	{ID: "L50", Field: Warehouse, Text: "This is the address of a page. The ID in it is all that is needed.", fires: func(v Values) bool { return strings.HasPrefix(strings.ToLower(v.Warehouse), "http") }},
	{ID: "L51", Field: Warehouse, Text: "Warehouse IDs have 16 digits from 0 to f. Copy it again.", fires: func(v Values) bool {
		id := strings.TrimSpace(v.Warehouse)
		return nearlyID().MatchString(id) && len(id) != 16
	}},
}

var connectionRules = []Rule{
	{ID: "L55", Field: Name, Text: "This looks like a secret. A name is shown on screens; choose another.", fires: func(v Values) bool {
		return connector.NewSecret([]byte(v.Name)).Shape()&(connector.ShapeOAuth|connector.ShapeToken|connector.ShapeJWT|connector.ShapeAssigned) != 0 && len(v.Name) >= 20
	}},
	{ID: "L52", Field: Name, Text: "A saved connection has this name already.", fires: func(v Values) bool {
		for _, taken := range v.Taken {
			if strings.EqualFold(strings.TrimSpace(v.Name), taken) {
				return true
			}
		}
		return false
	}},
	{ID: "L53", Field: Name, Text: "The name is longer than 80 characters.", fires: func(v Values) bool { return utf8.RuneCountInString(v.Name) > longConnection }},
	{ID: "L54", Field: Name, Text: "Blanks at the end are left out.", fires: func(v Values) bool { return strings.TrimSpace(v.Name) != v.Name }},
}

func fileEnds(suffixes ...string) func(Values) bool {
	return func(v Values) bool {
		for _, suffix := range suffixes {
			if strings.HasSuffix(strings.ToLower(v.CAFile), suffix) {
				return true
			}
		}
		return false
	}
}

var fileRules = []Rule{
	{ID: "L59", Field: CAFile, Text: "This is a certificate itself. --ca-file takes the path of a file that holds it.", fires: func(v Values) bool { return strings.Contains(v.CAFile, "-----BEGIN") }},
	{ID: "L56", Field: CAFile, Text: "This is a PKCS #12 archive, which may hold a private key. Export the certificate authorities alone, as PEM.", fires: fileEnds(".p12", ".pfx", ".jks")},
	{ID: "L57", Field: CAFile, Text: "This reads like a private key, which is never needed here. Give the certificate authorities, as PEM.", fires: fileEnds(".key", "_key.pem", "-key.pem")},
	{ID: "L58", Field: CAFile, Text: "Files of this kind are often binary. If it is not taken, convert it: openssl x509 -inform der -in FILE -out ca.pem", fires: fileEnds(".der", ".cer")},
	{ID: "L60", Field: CAFile, Text: "The shell did not expand the ~. Write the path out, or leave the quotes off.", fires: func(v Values) bool { return strings.HasPrefix(v.CAFile, "~") }},
}
