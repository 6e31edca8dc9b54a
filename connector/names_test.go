package connector_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestATypedNameIsReadAsTheCatalogStoresIt(t *testing.T) {
	tests := []struct{ typed, raw, quoted string }{
		{"inventory", "inventory", "`inventory`"},
		{"Inventory", "inventory", "`inventory`"},
		{"  inventory\t", "inventory", "`inventory`"},
		{"`Inventory`", "inventory", "`inventory`"},
		{"field-ops", "field-ops", "`field-ops`"},
		{"Lagerbestände", "lagerbestände", "`lagerbestände`"},
		{"odd`name", "odd`name", "`odd``name`"},
		{"`odd``name`", "odd`name", "`odd``name`"},
		{"``", "``", ""},
		{"```", "`", "````"},
		{"select", "select", "`select`"},
		{"2024", "2024", "`2024`"},
		{"x`;drop--", "x`;drop--", "`x``;drop--`"},
		{`o'brien"`, `o'brien"`, "`o'brien\"`"},
		{`back\slash`, `back\slash`, "`back\\slash`"},
		{"資産", "資産", "`資産`"},
		{strings.Repeat("ä", 255), strings.Repeat("ä", 255), "`" + strings.Repeat("ä", 255) + "`"},
	}
	for _, tt := range tests {
		id, err := connector.ParseIdent(tt.typed)
		if tt.quoted == "" {
			if err == nil {
				t.Errorf("%q was read as %q", tt.typed, id.Raw())
			}
			continue
		}
		if err != nil || id.Raw() != tt.raw || id.Quoted() != tt.quoted || id.IsZero() {
			t.Errorf("%q was read as %q, quoted %s, %v", tt.typed, id.Raw(), id.Quoted(), err)
		}
	}
}

// hostileNames are refused wherever they come from.
var hostileNames = []string{
	"", "a.b", "a/b", "a b", "a\tb", "a\nb", "a\rb", "a\x00b", "a\x1b[31mb", "a\x7fb", "a\u0085b", "a\u009bb", "a\u00a0b", "a\u2028b", "a\u2029b", "a\u3000b",
	"a\u200bb", "a\u200fb", "a\u202eb", "a\u2066b", "\ufeffa", "a\u00adb", "a\U000e0041b", "a\xffb", "\xc0\xaf", "a\xed\xa0\x80", strings.Repeat("a", 256), strings.Repeat("資", 256),
}

func TestAHostileNameIsRefusedAndNeverRepaired(t *testing.T) {
	sources := map[string]func(string) (connector.Ident, error){
		"typed":           connector.ParseIdent,
		"typed in quotes": func(name string) (connector.Ident, error) { return connector.ParseIdent("`" + name + "`") },
		"remote":          func(name string) (connector.Ident, error) { return connector.RemoteIdent(connector.FromRemote(name)) },
	}
	for from, read := range sources {
		for _, name := range hostileNames {
			id, err := read(name)
			var input *connector.Error
			if !errors.As(err, &input) || !id.IsZero() {
				t.Errorf("%s: %q was read as %q, %v", from, name, id.Raw(), err)
				continue
			}
			if !safe(input.What) || !safe(input.Remedy) {
				t.Errorf("%s: the refusal of %q is not safe to show: %q", from, name, input.What)
			}
		}
	}
}

func TestARemoteNameIsKeptAsItIs(t *testing.T) {
	id, err := connector.RemoteIdent(connector.FromRemote("Legacy`Table"))
	if err != nil || id.Raw() != "Legacy`Table" || id.Quoted() != "`Legacy``Table`" {
		t.Errorf("read as %q, %s, %v", id.Raw(), id.Quoted(), err)
	}
	if _, err := connector.RemoteIdent(connector.FromRemote(" padded ")); err == nil {
		t.Error("blanks around a remote name were dropped")
	}
}

func TestADottedNameIsCutAtDotsOutsideBackticks(t *testing.T) {
	tests := map[string][]string{
		"a.b.c":         {"a", "b", "c"},
		"`a`.`b`.`c`":   {"`a`", "`b`", "`c`"},
		"`a.b`.c":       {"`a.b`", "c"},
		"`a``.b`.c":     {"`a``.b`", "c"},
		"a":             {"a"},
		"":              {""},
		"a..c":          {"a", "", "c"},
		".":             {"", ""},
		" a.b ":         {"a", "b"},
		"`unclosed.b.c": {"`unclosed.b.c"},
	}
	for text, want := range tests {
		if got := connector.SplitName(text); !slices.Equal(got, want) {
			t.Errorf("%q was cut into %q", text, got)
		}
	}
}

func schemaOf(t testing.TB, catalog, schema string) connector.SchemaName {
	t.Helper()
	var name connector.SchemaName
	var err error
	if name.Catalog, err = connector.ParseIdent(catalog); err == nil && schema != "" {
		name.Schema, err = connector.ParseIdent(schema)
	}
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func TestATableIsNamedInFullOrWithinWhatWasChosen(t *testing.T) {
	assets, inventory := schemaOf(t, "inventory", "assets"), schemaOf(t, "inventory", "")
	tests := []struct {
		text   string
		within connector.SchemaName
		quoted string // empty: refused
	}{
		{"inventory.assets.devices", connector.SchemaName{}, "`inventory`.`assets`.`devices`"},
		{"Inventory.Assets.Devices", connector.SchemaName{}, "`inventory`.`assets`.`devices`"},
		{"sales.crm.accounts", assets, "`sales`.`crm`.`accounts`"},
		{"devices", assets, "`inventory`.`assets`.`devices`"},
		{"staging.agent_reports", assets, "`inventory`.`staging`.`agent_reports`"},
		{"staging.agent_reports", inventory, "`inventory`.`staging`.`agent_reports`"},
		{"`odd``name`.`back``tick`.`t``1`", connector.SchemaName{}, "`odd``name`.`back``tick`.`t``1`"},
		{" a . b . c ", connector.SchemaName{}, "`a`.`b`.`c`"},
		{"a.b.`c;d`", connector.SchemaName{}, "`a`.`b`.`c;d`"},
		{"devices", inventory, ""},
		{"devices", connector.SchemaName{}, ""},
		{"assets.devices", connector.SchemaName{}, ""},
		{"a.b.c.d", assets, ""},
		{"", assets, ""},
		{"a..c", assets, ""},
		{".a.b", assets, ""},
		{"`a.b`.c.d", assets, ""},
		{"a.b.c; DROP TABLE x", assets, ""},
		{"a.b.c --", assets, ""},
		{"a.b.c\nd", assets, ""},
		{"`a.b.c", assets, ""},
	}
	for _, tt := range tests {
		name, err := connector.ParseTable(tt.text, tt.within)
		var input *connector.Error
		switch {
		case tt.quoted == "" && !errors.As(err, &input):
			t.Errorf("%q was read as %s, %v", tt.text, name.Quoted(), err)
		case tt.quoted == "" && name != connector.TableName{}:
			t.Errorf("%q was refused, and still gave %s", tt.text, name.Quoted())
		case tt.quoted != "" && (err != nil || name.Quoted() != tt.quoted):
			t.Errorf("%q was read as %s, %v", tt.text, name.Quoted(), err)
		}
	}
}

func TestANameHasAFormForEachReader(t *testing.T) {
	name := schemaOf(t, "odd`name", "back`tick").Table(schemaOf(t, "t`1", "").Catalog)
	if name.Full() != "odd`name.back`tick.t`1" || name.Quoted() != "`odd``name`.`back``tick`.`t``1`" || name.String() != "odd`name.back`tick.t`1" {
		t.Errorf("%q, %q, %q", name.Full(), name.Quoted(), name.String())
	}
	if got := connector.PathSegment("a/b?c#d.ä`%2f"); got != "a%2Fb%3Fc%23d.%C3%A4%60%252f" {
		t.Errorf("in a path: %s", got)
	}
	if !(connector.TableName{}).IsZero() || !(connector.TableName{SchemaName: name.SchemaName}).IsZero() || name.IsZero() {
		t.Error("a table without all three parts counts as named, or the other way round")
	}
	if !schemaOf(t, "hive_metastore", "default").Legacy() || name.Legacy() {
		t.Error("hive_metastore is not told apart")
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		filler, err := connector.ParseIdent("a\u3164b")
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf(verb, filler); got != "a�b" {
			t.Errorf("%s prints a name with a blank letter as %q", verb, got)
		}
	}
}

// sqlTokens cuts SQL text into tokens after the documented rules of delimited identifiers, comments and strings. It shares nothing with
// the quoting under test. A token that is not closed ends with a question mark.
func sqlTokens(text string) []string {
	var tokens []string
	for i := 0; i < len(text); {
		start := i
		switch c := text[i]; {
		case c == '`' || c == '\'' || c == '"':
			closed := false
			for i++; i < len(text) && !closed; i++ {
				if text[i] != c {
					continue
				}
				if i+1 < len(text) && text[i+1] == c && c == '`' {
					i++
					continue
				}
				closed = true
			}
			if !closed {
				return append(tokens, text[start:]+"?")
			}
		case strings.HasPrefix(text[i:], "--"), c == '/', c == ';', c == '.', c == ' ', c == '\n':
			i++
		default:
			for i < len(text) && !strings.ContainsRune("`'\"/;. \n", rune(text[i])) {
				i++
			}
		}
		tokens = append(tokens, text[start:i])
	}
	return tokens
}

// FuzzIdent holds every accepted name to two promises: quoted, it is one token, and that token says the name and nothing else.
func FuzzIdent(f *testing.F) {
	for _, seed := range append(slices.Clone(hostileNames), "a", "`a`", "``", "```", "`;--`", "a`b", "x`` OR 1=1 --", "İ", "\u212a", "Ǆ", "a'b\"c", "/*", "\\`") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		typed, typedErr := connector.ParseIdent(text)
		remote, remoteErr := connector.RemoteIdent(connector.FromRemote(text))
		for _, read := range []struct {
			id  connector.Ident
			err error
		}{{typed, typedErr}, {remote, remoteErr}} {
			if read.err != nil {
				if !read.id.IsZero() {
					t.Fatalf("%q was refused and still gave %q", text, read.id.Raw())
				}
				continue
			}
			quoted, raw := read.id.Quoted(), read.id.Raw()
			tokens := sqlTokens(quoted)
			if len(tokens) != 1 || strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(tokens[0], "`"), "`"), "``", "`") != raw {
				t.Fatalf("%q is quoted as %s, which reads as %q", raw, quoted, tokens)
			}
			if !utf8.ValidString(raw) || strings.ContainsFunc(raw, func(r rune) bool { return r < ' ' || unicode.IsSpace(r) || strings.ContainsRune("./", r) }) {
				t.Fatalf("%q was accepted as %q", text, raw)
			}
			if again, err := connector.RemoteIdent(connector.FromRemote(raw)); err != nil || again != read.id {
				t.Fatalf("%q does not survive being saved and opened: %v", raw, err)
			}
		}
		if remoteErr == nil && remote.Raw() != text {
			t.Fatalf("the remote name %q was changed to %q", text, remote.Raw())
		}
	})
}
