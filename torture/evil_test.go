package torture

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/query"
)

// evil are texts that a workspace could have for a name, a comment, a value or an error, and that do harm in a terminal, in a shell or in
// SQL when they come through as they are.
var evil = []string{
	"clear\x1b[2J\x1b[H", "title\x1b]0;owned\a", "copy\x1b]52;c;cm0gLXJmIH4=\a", "link\x1b]8;;https://thief.example\x1b\\here\x1b]8;;\x1b\\", "dcs\x1bP$q\"p\x1b\\", "mark\x1b_draftt:full\x1b\\",
	"modes\x1b[?1049l\x1b[?1003h\x1b[?25l", "answer\x1b[6n\x1b[c\x1b[>q", "open\x1b]0;never closed", "half\x1b[93;5", "style\x1b[5;7;35mred\x1b[8mgone", "reset\x1bc", "keys\x1b[>4;2m\x1b[=1u", "scroll\x1b[3;5r\x1b[99S",
	"over\rAll checks passed", "back\b\b\b\bdone", "bell\a\a", "shift\x0eabc\x0f", "del\x7f\x7f", "line\nSaved. All checks passed", "crlf\r\n\r\nGRANT ALL", "tab\t\v\fx", "nul\x00end",
	"ls\u2028next", "ps\u2029next", "nel\u0085next", "csi\u009b2J\u009b31m", "osc\u009d0;owned\u009c", "raw\x9b2J\x9d0;x\x9c", "sos\u0098hidden\u009c",
	"bidi\u202egnp.exe", "isolate\u2066x\u2067y\u2069", "zero\u200bwi\u200ddth\ufeff", "tags\U000e0041\U000e0042\U000e007f", "soft\u00adhy\u00adphen", "pile" + strings.Repeat("\u0301\u0336", 40), "broken\xff\xfe\xc3\x28", "private\ue000\uf8ff",
	"blank\u3164\u2800\u115f", "long" + strings.Repeat("long", 60), "wide" + strings.Repeat("倉", 100), "family👩‍👩‍👧‍👦🏳️‍🌈", "arabic شركة \u061c", "spaces   \u00a0\u3000x",
	"x`; DROP TABLE y; --", "x``.``y", "'; DELETE FROM t; --", "\" OR \"1\"=\"1", "a-- comment", "a/*", "*/b", "a;b", "$(touch owned)", "`touch owned`", "${IFS}", "a'b\"c", "-rf", "--yes", "a\\nb\\", "%s%n%d%!", "{{.Secret}}", "<script>alert(1)</script>",
	"../../etc/passwd", "a/b", "a.b.c", "a%2fb", "a?b=c&d#e", "con", "null", "\x1b", "`", "``",
}

// controls are the parts of a text that a terminal would obey, each with what follows it, in the ways that they could be sent.
func controls(text string) []string {
	var found []string
	for i, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			if end := min(len(text), i+4); end > i+2 { // one that stands alone is found as harm
				found = append(found, text[i:end])
			}
		}
	}
	return found
}

// ours are the sequences that a frame of ours may have: colours.
var ours = regexp.MustCompile(`^\x1b\[[0-9;:]*m$`)

// harm tells what in a text a terminal would obey that is not ours, or nothing. Colours are ours when colour says that they may be.
func harm(shown string, colour bool) string {
	state := byte(0)
	for rest := shown; rest != ""; {
		sequence, _, n, next := ansi.DecodeSequence(rest, state, nil)
		state, rest = next, rest[n:]
		if sequence == "\n" || colour && ours.MatchString(sequence) {
			continue
		}
		for i, r := range sequence {
			if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar && !strings.HasPrefix(sequence[i:], "�") {
				return fmt.Sprintf("%q", sequence)
			}
		}
	}
	return ""
}

// harmless fails when a text that was shown carries harm, or any of the evil text's own controls.
func harmless(t *testing.T, where, shown, text string, colour bool) {
	t.Helper()
	if h := harm(shown, colour); h != "" {
		t.Fatalf("%s carries %s, for %q:\n%q", where, h, text, shown)
	}
	for _, c := range controls(text) {
		if strings.Contains(shown, c) {
			t.Fatalf("%s lets %q of %q through:\n%q", where, c, text, shown)
		}
	}
}

func TestTheSearchForEvilFindsIt(t *testing.T) {
	if len(evil) < 40 {
		t.Errorf("only %d evil texts", len(evil))
	}
	found := 0
	for _, text := range evil {
		if len(controls(text)) == 0 {
			continue
		}
		found++
		if harm(text, true) == "" && !strings.Contains(text, "\x1b[5;7;35m") {
			t.Errorf("%q passes", text)
		}
		if h := harm(connector.CleanLine(text, 200), false); h != "" {
			t.Errorf("%q, cleaned, carries %s", text, h)
		}
	}
	if found < 30 || harm("\x1b[1;38;5;4mplain\x1b[0m\nlines", true) != "" {
		t.Errorf("%d texts have controls", found)
	}
}

// statementsIn cuts a script into statements as a SQL front end does: names between backticks and texts between quotes hide what is in
// them, two hyphens hide the rest of the line, and a slash with an asterisk hides all up to the reverse.
func statementsIn(script string) []string {
	var found []string
	var now strings.Builder
	runes := []rune(script)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case r == '`' || r == '\'' || r == '"':
			now.WriteRune(r)
			for i++; i < len(runes) && runes[i] != r; i++ { // a doubled one opens again at once, which comes to the same
				now.WriteRune('x')
			}
		case r == '-' && i+1 < len(runes) && runes[i+1] == '-':
			for i < len(runes) && runes[i] != '\n' {
				i++
			}
		case r == '/' && i+1 < len(runes) && runes[i+1] == '*':
			for i += 2; i+1 < len(runes) && (runes[i] != '*' || runes[i+1] != '/'); i++ {
			}
			i++
		case r == ';':
			found = append(found, strings.TrimSpace(now.String()))
			now.Reset()
		default:
			now.WriteRune(r)
		}
	}
	if rest := strings.TrimSpace(now.String()); rest != "" {
		found = append(found, rest)
	}
	return found
}

// grant is the shape of a statement of a script once its names are hidden.
var grant = regexp.MustCompile("^GRANT (USE CATALOG|USE SCHEMA|SELECT|USAGE) ON (CATALOG|SCHEMA|TABLE) `x*(?:`x*)*(\\.`x*(?:`x*)*){0,2} TO `x*(?:`x*)*$")

func TestEvilNamesStayNamesInSQL(t *testing.T) {
	quoted, refused, scripts := 0, 0, 0
	for _, text := range evil {
		ident, err := connector.RemoteIdent(connector.FromRemote(text))
		if err != nil {
			refused++
			continue
		}
		quoted++
		table := connector.SchemaName{Catalog: ident, Schema: ident}.Table(ident)
		for _, statement := range []query.Statement{query.Preview(table, 5), query.Describe(table)} {
			if n := statementsIn(statement.SQL()); len(n) != 1 || strings.ContainsAny(statement.SQL(), "\n\r;") && !strings.ContainsAny(text, ";") {
				t.Errorf("%q makes %q", text, statement.SQL())
			}
		}
		for _, who := range evil {
			to := connector.Principal{Name: connector.FromRemote(who), DisplayName: connector.FromRemote(who)}
			script, err := grants.Script(grants.Reach(table.SchemaName), to)
			if err != nil {
				continue
			}
			scripts++
			found := statementsIn(script)
			for _, statement := range found {
				if !grant.MatchString(statement) {
					t.Errorf("%q for %q makes the statement %q", text, who, statement)
				}
			}
			if lines := strings.Count(strings.TrimSpace(script), "\n") + 1; len(found) != 2 || lines > 3 {
				t.Errorf("%q for %q makes %d statements on %d lines:\n%s", text, who, len(found), lines, script)
			}
			harmless(t, "a script", script, text, false)
		}
	}
	t.Logf("%d evil texts: %d are quoted as names, %d are refused; %d scripts", len(evil), quoted, refused, scripts)
	if quoted < 15 || refused < 20 || scripts < 400 {
		t.Error("too few of one kind")
	}
}

// jsonText is a text as JSON, with what is no UTF-8 left in it as it is.
func jsonText(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(text) {
		if c < 0x20 || c == '"' || c == '\\' {
			fmt.Fprintf(&b, `\u%04x`, c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String() + `"`
}

// headerText is what of a text can stand in a header.
func headerText(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
