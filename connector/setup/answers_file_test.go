package setup

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// everyAnswer has a value for every key, awkward ones among them.
var everyAnswer = AnswersFile{
	Host: firstHost, Method: connector.PAT, ClientID: firstID, SecretFile: "/run/secret", SecretExpires: time.Date(2027, time.June, 30, 0, 0, 0, 0, time.UTC), CAFile: "ca.pem", CACerts: "-----BEGIN\nabc\n",
	Warehouse: "0123456789012345", StartWarehouse: true, Catalog: "no", Schema: "1e3", Scope: connector.ScopeTables,
	Tables: []string{"true", "a-b", "null"}, AcceptBroader: true, Name: "Asset: inventory – prod # 2",
	Protection: vault.KeyFile, PassphraseFile: "p", KeyFile: "k",
}

func TestAnAnswersFileIsReadAsItWasWritten(t *testing.T) {
	for name, write := range map[string]func() ([]byte, error){"YAML": everyAnswer.YAML, "JSON": everyAnswer.JSON} {
		content, err := write()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadAnswers(content)
		if err != nil || !reflect.DeepEqual(back, everyAnswer) {
			t.Errorf("%s: %+v, %v, from\n%s", name, back, err, content)
		}
	}
	value := reflect.ValueOf(everyAnswer)
	for i := range value.NumField() {
		if value.Field(i).IsZero() {
			t.Errorf("%s has no value here, so nothing is known of it", value.Type().Field(i).Name)
		}
	}
}

// keyWord is what a key of the file looks like, as a sentence that explains one does not.
var keyWord = regexp.MustCompile(`^[a-z_]+$`)

func TestTheExampleCanBeUsedAsItIs(t *testing.T) {
	got, err := ReadAnswers([]byte(AnswersExample()))
	if err != nil || len(got.Missing()) > 0 || len(got.Tables) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	var open []string
	for line := range strings.Lines(AnswersExample()) {
		if at := strings.Index(line, ":"); strings.HasPrefix(line, "# ") && at > 0 && keyWord.MatchString(line[2:at]) {
			line = line[2:]
		}
		open = append(open, line)
	}
	text := strings.NewReplacer("#   -----BEGIN", "  -----BEGIN", "#   ...", "  ...").Replace(strings.Join(open, ""))
	if _, err := ReadAnswers([]byte(text)); err != nil {
		t.Errorf("with every key: %v\n%s", err, text)
	}
}

func TestAnAnswersFileIsStrict(t *testing.T) {
	for _, story := range []struct{ name, content, what, remedy string }{
		{"a misspelt key", "host: a\nwarehose: b\n", `Line 2 of the answers file has the unknown key "warehose".`, `Did you mean "warehouse"?`},
		{"a key that is like none", "colour: b\n", `unknown key "colour"`, "The keys are version, host, sign_in"},
		{"a key twice", "host: a\nhost: b\n", `Line 2 of the answers file has "host" again.`, "Keep one"},
		{"a secret", "client_secret: dose123\n", "Line 1 of the answers file holds a secret.", "--secret-stdin"},
		{"a secret by another name", "host: a\nclient-Secret: x\n", "Line 2 of the answers file holds a secret.", "--secret-stdin"},
		{"a secret in place of its path", "secret_file: dose0123456789abcdef0123456789abcdef\n", "Line 1 of the answers file holds a secret.", "secret_file and the path"},
		{"a token in a list", "host: a\ntables:\n  - dapi0123456789abcdef0123456789abcdef-2\n", "Line 3 of the answers file holds a secret.", "--secret-stdin"},
		{"no value", "host:\n", `Line 1 of the answers file is wrong: "host" needs a text.`, "Change"},
		{"no list", "tables:\n", `"tables" needs a list`, "Change"},
		{"no day", "secret_expires: soon\n", `"secret_expires" needs a day like 2027-06-30`, "Change"},
		{"an alias in a list", "tables: [&x a, *x]\n", `"tables" needs a list of texts`, "Change"},
		{"a file that grows", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n", "has an anchor or an alias", "Write the value out"},
		{"a file that is deep", "tables: " + strings.Repeat("[", 20000), "is not YAML", "KEY: VALUE"},
		{"a merge", "<<: {host: a}\n", "has a key that is not known", "KEY: VALUE"},
		{"a tab in front", "host: a\n\tname: b\n", "is not YAML. Line 2 cannot be read.", "KEY: VALUE"},
		{"comments alone", "# host: a\n", "The answers file is empty.", "KEY: VALUE"},
		{"a byte order mark alone", "\ufeff", "The answers file is empty.", "KEY: VALUE"},
		{"bytes that are no text", "host: \xff\xfe\n", "is not YAML", "KEY: VALUE"},
		{"a secret as a key", "dose0123456789abcdef: yes\n", "has a key that is not known", "KEY: VALUE"},
		{"a list for a text", "host: [a]\n", `Line 1 of the answers file is wrong: "host" needs a text.`, "Change"},
		{"a text for a list", "tables: a\n", `"tables" needs a list`, "Change"},
		{"a list in a list", "tables: [[a]]\n", `"tables" needs a list of texts`, "Change"},
		{"a text for a flag", "start_warehouse: maybe\n", `"start_warehouse" needs true or false`, "Change"},
		{"a word that is none of them", "scope: all\n", `"scope" needs one of these: schema, tables`, "Change"},
		{"another version", "version: 2\n", "is of another version", "version 1"},
		{"an alias", "host: &x a\nname: *x\n", "has an anchor or an alias", "Write the value out"},
		{"two documents", "host: a\n---\nhost: b\n", "more than one document", "Keep one"},
		{"a list", "- a\n", "has no KEY: VALUE", "KEY: VALUE"},
		{"nothing", "", "The answers file is empty.", "KEY: VALUE"},
		{"no YAML", "host: \"dose123\n", "is not YAML", "KEY: VALUE"},
		{"too much", "host: " + strings.Repeat("a", 1<<20), "too large", "known"},
	} {
		t.Run(story.name, func(t *testing.T) {
			_, err := ReadAnswers([]byte(story.content))
			var input *connector.Error
			if !errors.As(err, &input) || !strings.Contains(input.What, story.what) || !strings.Contains(input.Remedy, story.remedy) {
				t.Fatalf("%#v", err)
			}
			if strings.Contains(input.What+input.Remedy, "dose") {
				t.Errorf("a value is quoted: %v", err)
			}
		})
	}
}

func TestAFileOfWindowsIsReadLikeAnyOther(t *testing.T) {
	content, err := everyAnswer.YAML()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"a byte order mark":                     "\ufeff" + string(content),
		"line breaks":                           strings.ReplaceAll(string(content), "\n", "\r\n"),
		"both, and a line of blanks at the end": "\ufeff" + strings.ReplaceAll(string(content), "\n", "\r\n") + "   \r\n",
	} {
		if back, err := ReadAnswers([]byte(text)); err != nil || !reflect.DeepEqual(back, everyAnswer) {
			t.Errorf("%s: %+v, %v", name, back, err)
		}
	}
}

func TestWhatIsMissingIsNamedAtOnce(t *testing.T) {
	_, err := FileDraft(AnswersFile{Host: firstHost, ClientID: firstID, Catalog: "c"}, secret("dose1"), nil, nil)
	if err == nil || err.Error() != "The answers file lacks warehouse, schema, tables." {
		t.Errorf("%v", err)
	}
}

func TestATableOfAnotherSchemaIsRefused(t *testing.T) {
	f := AnswersFile{Host: firstHost, ClientID: firstID, Warehouse: "w", Catalog: "a", Schema: "b", Tables: []string{"a.b.fits", "a.c.not"}}
	if _, err := FileDraft(f, secret("dose1"), nil, nil); err == nil || !strings.Contains(err.Error(), "a.c.not") {
		t.Errorf("%v", err)
	}
	f.Tables = f.Tables[:1]
	if _, err := FileDraft(f, secret("dapi1"), nil, nil); err == nil || !strings.Contains(err.Error(), "personal access token") {
		t.Errorf("a token as the secret: %v", err)
	}
}

func FuzzAnswersFile(f *testing.F) {
	content, err := everyAnswer.YAML()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte("? [a]\n: b"))
	f.Add([]byte("host: !!binary AAAA\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := ReadAnswers(content)
		if err != nil {
			return
		}
		again, err := got.YAML()
		if err != nil {
			t.Fatal(err)
		}
		if back, err := ReadAnswers(again); err != nil || !reflect.DeepEqual(back, got) {
			t.Errorf("%+v is read as %+v, %v, from\n%s", got, back, err, again)
		}
	})
}

// keysOf says by which keys of an answers file each answer that the draft takes is given. The wizard and the plain prompts have no other
// place for what they are told. An answer without a key is none that a person gives.
var keysOf = map[string][]string{
	"SetHost":      {"host"},
	"SetMethod":    {"sign_in"},
	"SetClientID":  {"client_id"},
	"SetSecret":    {"secret_file"},
	"SetWarehouse": {"warehouse"},
	"SetSchema":    {"catalog", "schema"},
	"SetScope":     {"scope"},
	"ToggleTable":  {"tables"},
	"SetName":      {"name"},

	"SetCA":        {"ca_file", "ca_certs"},
	"SetConnected": nil, // what a test found
	"SetReach":     nil, // what step 3 saw
}

// agreements are what a person is asked on the way that is no value of the draft, and the keys that agree to it beforehand.
var agreements = map[string][]string{
	"a stopped warehouse is started, or a starting one waited for": {"start_warehouse"},
	"the principal may do more than read":                          {"accept_broader"},
	"where the key is kept":                                        {"protection", "key_file"},
	"the passphrase, new or not":                                   {"passphrase_file"},
}

// beyond are keys for what nobody is asked.
var beyond = []string{"secret_expires"}

func TestEveryAnswerOfTheWizardHasAKeyInTheFile(t *testing.T) {
	given := slices.Clone(beyond)
	draft := reflect.TypeFor[*Draft]()
	for i := range draft.NumMethod() {
		name := draft.Method(i).Name
		if !strings.HasPrefix(name, "Set") && !strings.HasPrefix(name, "Toggle") {
			continue
		}
		keys, known := keysOf[name]
		if !known {
			t.Errorf("the draft takes an answer with %s, and nothing says by which key a file gives it", name)
		}
		given = append(given, keys...)
	}
	for _, keys := range agreements {
		given = append(given, keys...)
	}
	for _, key := range given {
		if !slices.ContainsFunc(answerKeys, func(k flatfile.Key[AnswersFile]) bool { return k.Name == key }) {
			t.Errorf("a file knows no key %s", key)
		}
	}
	for _, k := range answerKeys {
		if !slices.Contains(given, k.Name) {
			t.Errorf("%s answers nothing that is asked", k.Name)
		}
	}
}
