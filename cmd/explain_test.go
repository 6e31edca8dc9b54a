package cmd

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
)

// runWith runs a command line with a text on standard input.
func runWith(t *testing.T, text string, args ...string) outcome {
	t.Helper()
	path := filepath.Join(t.TempDir(), "in")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	var said bytes.Buffer
	a := &app{version: "1.2.3", in: in, out: out, err: &said, line: args}
	root := a.root()
	root.SetArgs(args)
	ran, err := root.ExecuteContextC(t.Context())
	code := a.report(err)
	wantToldOf(t, ran, code)
	written, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return outcome{code, string(written), said.String()}
}

const noCatalog = "[INSUFFICIENT_PERMISSIONS] Insufficient privileges:\nUser does not have USE CATALOG on Catalog 'main'. SQLSTATE: 42501"

func TestAnErrorIsExplainedFromArgumentsAndFromStandardInput(t *testing.T) {
	piped := runWith(t, noCatalog, "explain")
	piped.wants(t, 0)
	given := run(t, append([]string{"explain"}, strings.Fields(noCatalog)...)...)
	given.wants(t, 0)
	named := runWith(t, noCatalog, "explain", "-")
	named.wants(t, 0)
	if piped.out != given.out || named.out != given.out {
		t.Errorf("piped:\n%s\nnamed by -:\n%s\ngiven:\n%s", piped.out, named.out, given.out)
	}
	compareGolden(t, "explain.txt", piped.out)
}

func TestAnExplanationInJSONIsStable(t *testing.T) {
	o := runWith(t, noCatalog, "explain", "--json")
	o.wants(t, 0)
	compareGolden(t, "explain.json", o.out)
}

func TestAnUnknownTextIsSaidToBeUnknown(t *testing.T) {
	o := run(t, "explain", "It", "rains.")
	o.wants(t, 0)
	if !strings.HasPrefix(o.out, "Unknown\n") || !strings.Contains(o.out, "collect") {
		t.Errorf("%s", o.out)
	}
	o = run(t, "explain", "--json", "It rains.")
	o.wants(t, 0)
	var got report.Explanation
	if err := json.Unmarshal([]byte(o.out), &got); err != nil || got.Cause != "unknown" || got.Confidence != "none" || got.Stage != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestNothingToExplainIsAUsageError(t *testing.T) {
	for _, args := range [][]string{{"explain"}, {"explain", " "}} {
		runWith(t, " \n", args...).wants(t, 64, "The text to explain is empty.", "draftt-databricks explain <error.log")
	}
}

// A text that somebody pastes may have been made to act on the terminal of whoever reads the answer, or have a token in it.
func TestAPastedTextNeitherActsOnTheTerminalNorShowsItsToken(t *testing.T) {
	const token = "dapi0123456789abcdef0123456789abcdef"
	text := "catalog \x1b]0;x\a\u202e\u009b2J " + token + " is not accessible in current workspace"
	for _, args := range [][]string{{"explain"}, {"explain", "--json"}} {
		o := runWith(t, text, args...)
		o.wants(t, 0)
		if strings.ContainsAny(o.out, "\x1b\a\u202e\u009b") || strings.Contains(o.out, token) || !strings.Contains(o.out, "catalog-not-bound") {
			t.Errorf("%q", o.out)
		}
	}
}

func TestNoPieceOfAPastedTextShowsASecret(t *testing.T) {
	const around = "catalog %s is not accessible in current workspace"
	for text, secret := range map[string]string{
		`databricks: client_secret: "correcthorse" invalid_client`:                  "correcthorse",
		"WinHttp password: correcthorse 12007":                                      "correcthorse",
		strings.Replace(around, "%s", "password: correcthorse", 1):                  "correcthorse",
		strings.Replace(around, "%s", `{"client_secret": "correcthorse"}`, 1):       "correcthorse",
		strings.Replace(around, "%s", "Authorization: Bearer abcdefghijklmnop", 1):  "abcdefghijklmnop",
		strings.Replace(around, "%s", "Basic bWFyaWE6cHdhYg==", 1):                  "bWFyaWE6cHdhYg",
		strings.Replace(around, "%s", "//maria:topsecret@proxy", 1):                 "topsecret",
		strings.Replace(around, "%s", `http:\/\/maria:topsecret@proxy`, 1):          "topsecret",
		`databricks: warehouse "password: correcthorse" is not a valid endpoint id`: "correcthorse",
	} {
		for _, args := range [][]string{{"explain"}, {"explain", "--json"}} {
			o := runWith(t, text, args...)
			o.wants(t, 0)
			if strings.Contains(o.out, secret) || strings.HasPrefix(o.out, "Unknown") || strings.Contains(o.out, `"pattern": "unknown"`) {
				t.Errorf("%q gives\n%s", text, o.out)
			}
		}
	}
}

func TestWhatATextNamesHasItsAliasWhileSharing(t *testing.T) {
	t.Cleanup(func() { connector.Share(false); connector.Known().Forget() })
	for text, shown := range map[string]string{
		"User maria@contoso.example does not have USE CATALOG on Catalog 'payroll_secret'":        "USE CATALOG ON CATALOG `catalog-",
		"Insufficient privileges: User does not have USE SCHEMA on Schema 'payroll_secret.wages'": "USE SCHEMA ON SCHEMA `catalog-",
	} {
		for _, as := range [][]string{nil, {"--json"}} {
			o := run(t, append(append([]string{"explain", "--share"}, as...), text)...)
			if strings.Contains(o.out, "payroll") || strings.Contains(o.out, "wages") || strings.Contains(o.out, "contoso") || !strings.Contains(o.out, shown) {
				t.Errorf("%v says\n%s", as, o.out)
			}
		}
	}
}
