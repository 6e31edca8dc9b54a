package lint_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
)

const (
	whole = "adb-7405605741000000.0.azuredatabricks.net"
	uuid  = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	oauth = "dose0123456789abcdef0123456789abcdef"
	token = "dapi0123456789abcdef0123456789abcdef-2"
	entra = "abC8Q~0123456789.abcdefghijklmnopqrstuvw"
)

// with makes values of one field; a secret comes with the way to sign in that the wizard has chosen at first.
func with(f lint.Field, text string) lint.Values {
	v := lint.Values{Method: connector.OAuth}
	switch f {
	case lint.Host:
		_, _, err := connector.ParseHost(text, nil)
		v.Host, v.HostParses = text, err == nil
	case lint.ClientID:
		v.ClientID = text
	case lint.Secret:
		v.Secret, v.Host = connector.NewSecret([]byte(text)), whole
	case lint.Warehouse:
		v.Warehouse = text
	case lint.Catalog:
		v.Catalog = text
	case lint.Schema:
		v.Schema = text
	case lint.Name:
		v.Name, v.Taken = text, []string{"Asset inventory"}
	case lint.CAFile:
		v.CAFile = text
	}
	return v
}

func ids(v lint.Values, f lint.Field) (found []string) {
	for _, h := range lint.Check(v) {
		if h.Field == f {
			found = append(found, h.ID)
		}
	}
	return found
}

// stories has a value that each rule recognises, and one that nearly looks the same and is fine as far as that rule goes.
var stories = []struct {
	id         string
	field      lint.Field
	story      string
	fires, not string
}{
	{"L03", lint.Secret, "a token stands in the field of the OAuth secret", token, oauth},
	{"L06", lint.Secret, "the client ID was pasted twice", uuid, oauth},
	{"L07", lint.Host, "the account console was open", "https://accounts.azuredatabricks.net/login", whole},
	{"L08", lint.Host, "the whole address was pasted", "https://" + whole + "/sql/warehouses", whole},
	{"L09", lint.Host, "the workspace ID stands in the address", "https://" + whole + "/?o=7405605741000000", "https://" + whole + "/?o=0"},
	{"L10", lint.Host, "http was typed", "http://" + whole, "https://" + whole},
	{"L11", lint.Host, "a name on the Azure domain is no workspace", "contoso.west.azuredatabricks.net", whole},
	{"L12", lint.ClientID, "the SCIM id was copied", "5103948571029384", "51039485"},
	{"L13", lint.ClientID, "the display name was typed", "draftt-connector", "6f0c5f3e-9f5a-4f0e"},
	{"L14", lint.ClientID, "a person's e-mail address was typed", "maria.lindqvist@contoso.example", "maria"},
	{"L15", lint.Secret, "the secret was wrapped when it was copied", "dose0123456789abcdef\n0123456789abcdef", oauth + "\n"},
	{"L16", lint.Secret, "the quotes were copied as well", `"` + oauth + `"`, oauth + `"`},
	{"L17", lint.Secret, "a line of a settings file was copied", "client_secret=" + oauth, oauth + "="},
	{"L18", lint.Secret, "the secret was made in Entra", entra, strings.NewReplacer("~", "0", ".", "1").Replace(entra)},
	{"L19", lint.Secret, "half of the secret was copied", oauth[:20], oauth},
	{"L20", lint.Secret, "an access token was copied", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln", oauth},
	{"L21", lint.Secret, "the dots on the screen were copied", "••••••••••", oauth},
	{"L22", lint.Host, "the workspace is on AWS", "dbc-a1b2345c-d6e7.cloud.databricks.com", whole},
	{"L22", lint.Host, "the workspace is on Google Cloud", "123456789.5.gcp.databricks.com", "gcp.databricks.com.example"},
	{"L23", lint.Host, "the workspace is in Azure China", "adb-7405605741000000.0.databricks.azure.cn", whole},
	{"L24", lint.Host, "the old address of a region was kept", "https://westeurope.azuredatabricks.net/?o=7405605741000000", whole},
	{"L25", lint.Host, "the name of the private endpoint was copied", "adb-7405605741000000.0.privatelink.azuredatabricks.net", whole},
	{"L26", lint.Host, "a Cyrillic letter came along", "аdb-7405605741000000.0.azuredatabricks.net", whole},
	{"L27", lint.Host, "a JDBC URL was pasted", "jdbc:databricks://" + whole + ":443/default", whole},
	{"L28", lint.Host, "the second number was forgotten", "adb-7405605741000000.azuredatabricks.net", whole},
	{"L29", lint.Host, "the example was typed", "adb-1234567890123456.7.azuredatabricks.net", whole},
	{"L30", lint.ClientID, "Azure Databricks' own application ID was copied", "2FF814A6-3304-4ab8-85cb-cd0e6f879c1d", uuid},
	{"L31", lint.ClientID, "the dashes were lost", strings.ReplaceAll(uuid, "-", ""), uuid},
	{"L32", lint.ClientID, "the braces were copied as well", "{" + uuid + "}", uuid},
	{"L33", lint.Secret, "a line break came along at the end", oauth + "\r\n", oauth},
	{"L62", lint.Host, "the client ID was pasted into the first field", uuid, whole},
	{"L63", lint.ClientID, "the host was pasted one field too far", "127.0.0.1:8443", "127"},
	{"L61", lint.Secret, "a letter came along at the end", oauth + "f", oauth},
	{"L34", lint.Warehouse, "a JDBC URL was pasted for the warehouse", "jdbc:databricks://" + whole + ":443;httpPath=/sql/1.0/warehouses/a3f19c0d7be24418", "/sql/1.0/warehouses/a3f19c0d7be24418"},
	{"L35", lint.Warehouse, "the path is a cluster's", "sql/protocolv1/o/7405605741000000/0123-456789-abcdefgh", "/sql/1.0/warehouses/a3f19c0d7be24418"},
	{"L36", lint.Catalog, "catalog and schema were typed at once", "inventory.assets", "inventory"},
	{"L37", lint.Catalog, "the name was copied out of a statement", "`inventory`", "odd`name"},
	{"L38", lint.Catalog, "the system catalog is chosen", "system", "system_of_record"},
	{"L39", lint.Catalog, "the samples are chosen", "samples", "samples_2024"},
	{"L40", lint.Catalog, "the legacy catalog is chosen", "hive_metastore", "hive"},
	{"L41", lint.Schema, "information_schema is chosen", "INFORMATION_SCHEMA", "information"},
	{"L42", lint.Catalog, "the name ends in a dot", "inventory.", "inventory"},
	{"L43", lint.Schema, "a Cyrillic letter stands among Latin ones", "аssets", "активы"},
	{"L44", lint.Catalog, "a blank was typed", "my catalog", "my_catalog"},
	{"L45", lint.Catalog, "the name was typed in capitals", "INVENTORY", "inventory"},
	{"L46", lint.Schema, "a wildcard was typed", "asset*", "asset_"},
	{"L47", lint.Catalog, "the name goes on for ever", strings.Repeat("a", 256), strings.Repeat("a", 255)},
	{"L48", lint.Schema, "quotes were typed", `"assets"`, "assets"},
	{"L49", lint.Warehouse, "the path is of the old form", "/sql/1.0/endpoints/a3f19c0d7be24418", "/sql/1.0/warehouses/a3f19c0d7be24418"},
	{"L50", lint.Warehouse, "the page of the warehouse was copied", "https://" + whole + "/sql/warehouses/a3f19c0d7be24418", "a3f19c0d7be24418"},
	{"L51", lint.Warehouse, "a digit of the ID was lost", "a3f19c0d7be2441", "a3f19c0d7be24418"},
	{"L52", lint.Name, "the name is taken", "asset INVENTORY", "asset inventory 2"},
	{"L53", lint.Name, "the name is a whole story", strings.Repeat("n", 81), strings.Repeat("n", 80)},
	{"L54", lint.Name, "a blank came along", "inventory ", "inventory of 2026"},
	{"L55", lint.Name, "the secret was pasted into the name", oauth, "dosed inventory"},
	{"L56", lint.CAFile, "an archive with keys is given", "corp.PFX", "corp.pem"},
	{"L57", lint.CAFile, "a private key is given", "corp.key", "keys.pem"},
	{"L58", lint.CAFile, "a binary certificate is given", "root.cer", "root.crt"},
	{"L59", lint.CAFile, "the certificate itself is given", "-----BEGIN CERTIFICATE-----", "BEGIN.pem"},
	{"L60", lint.CAFile, "the shell left the tilde", "~/ca.pem", "/home/a/~ca.pem"},
}

func TestEachRuleKnowsItsMistakeAndNoOther(t *testing.T) {
	told := map[string]bool{"L04": true} // it needs another way to sign in and has a test of its own
	for _, s := range stories {
		told[s.id] = true
		t.Run(s.id+" "+s.story, func(t *testing.T) {
			if found := ids(with(s.field, s.fires), s.field); !slices.Contains(found, s.id) {
				t.Errorf("it says %v", found)
			}
			if found := ids(with(s.field, s.not), s.field); slices.Contains(found, s.id) {
				t.Errorf("it also fires on %q", s.not)
			}
		})
	}
	for _, r := range lint.Rules() {
		if !told[r.ID] {
			t.Errorf("%s has no story", r.ID)
		}
	}
}

func TestThereAreAtLeastTwentyEightRulesAndAnIDMeansOneThing(t *testing.T) {
	texts := map[string]string{}
	for _, r := range lint.Rules() {
		if before, known := texts[r.ID]; known && before != r.Text {
			t.Errorf("%s says both %q and %q", r.ID, before, r.Text)
		}
		if texts[r.ID] = r.Text; !strings.HasSuffix(strings.TrimSuffix(r.Text, "ca.pem"), ".") && !strings.HasSuffix(r.Text, "ca.pem") {
			t.Errorf("%s is no sentence: %q", r.ID, r.Text)
		}
		for _, rude := range []string{"!", "please", "oops", "successfully"} {
			if strings.Contains(strings.ToLower(r.Text), rude) {
				t.Errorf("%s says %q", r.ID, rude)
			}
		}
	}
	if len(texts) < 28 {
		t.Errorf("there are %d rules", len(texts))
	}
}

func TestWhatIsRightGivesNoHint(t *testing.T) {
	right := lint.Values{
		Host: whole, HostParses: true, ClientID: uuid, Method: connector.OAuth, Secret: connector.NewSecret([]byte(oauth)),
		Warehouse: "/sql/1.0/warehouses/a3f19c0d7be24418", Catalog: "inventory", Schema: "assets", Name: "Asset inventory – prod", CAFile: "/etc/ssl/corp.pem",
	}
	if hints := lint.Check(right); len(hints) != 0 {
		t.Errorf("%+v", hints)
	}
	if hints := lint.Check(lint.Values{}); len(hints) != 0 {
		t.Errorf("nothing was typed, and yet %+v", hints)
	}
	for _, name := range []string{"lagerbestände", "field-ops", "odd`name", "資産", "склад"} {
		if found := ids(with(lint.Catalog, name), lint.Catalog); len(found) != 0 {
			t.Errorf("%q, which Unity Catalog allows, gives %v", name, found)
		}
	}
}

func TestNoHintComesWhileARightValueIsStillBeingTyped(t *testing.T) {
	for f, text := range map[lint.Field]string{lint.Host: whole, lint.ClientID: uuid, lint.Catalog: "inventory_archive", lint.Schema: "assets_2024"} {
		for i := range text {
			if found := ids(with(f, text[:i+1]), f); len(found) != 0 {
				t.Errorf("%q gives %v", text[:i+1], found)
			}
		}
	}
}

func TestOAuthSecretUnderATokenIsRecognised(t *testing.T) {
	v := with(lint.Secret, oauth)
	v.Method = connector.PAT
	if found := ids(v, lint.Secret); !slices.Equal(found, []string{"L04"}) {
		t.Errorf("%v", found)
	}
}

func TestAListedNameIsJudgedByWhatItIsNotByItsSpelling(t *testing.T) {
	for name, want := range map[string]int{"аssets": 0, "Inventory": 0, "system": 1, "hive_metastore": 1} {
		v := with(lint.Catalog, name)
		v.Listed = true
		if found := ids(v, lint.Catalog); len(found) != want {
			t.Errorf("%s gives %v", name, found)
		}
	}
}

func TestASecretTypedKeyByKeyIsNotCalledTooShort(t *testing.T) {
	v := with(lint.Secret, oauth[:12])
	v.Typing = lint.Secret
	if found := ids(v, lint.Secret); len(found) != 0 {
		t.Errorf("%v", found)
	}
}

func TestAnEntraSecretOutsideAzureIsNotSuspected(t *testing.T) {
	v := with(lint.Secret, entra)
	v.Host = "dbc-a1b2345c-d6e7.cloud.databricks.com"
	if found := ids(v, lint.Secret); len(found) != 0 {
		t.Errorf("%v", found)
	}
}

func TestAHintIsNotRepeatedForTheSameValue(t *testing.T) {
	var m lint.Memory
	v := with(lint.Catalog, "INVENTORY")
	if _, ok := m.First(v, lint.Catalog); !ok {
		t.Fatal("it says nothing")
	}
	m.PassOver(v, lint.Catalog)
	if h, ok := m.First(v, lint.Catalog); ok {
		t.Errorf("it nags: %s", h.ID)
	}
	if _, ok := m.First(with(lint.Catalog, "SALES"), lint.Catalog); !ok {
		t.Error("another value of the same kind gives no hint")
	}
	if _, ok := m.First(with(lint.Schema, "INVENTORY"), lint.Schema); !ok {
		t.Error("the same text in another field gives no hint")
	}
	first := with(lint.Secret, token)
	m.PassOver(first, lint.Secret)
	if _, ok := m.First(first, lint.Secret); ok {
		t.Error("it nags about a secret")
	}
	if _, ok := m.First(with(lint.Secret, "dapifeedfacefeedfacefeedfacefeedface"), lint.Secret); !ok {
		t.Error("another secret gives no hint")
	}
}

func TestNoHintRepeatsWhatWasTyped(t *testing.T) {
	const canary = "ab12canary34"
	for _, s := range stories {
		for _, h := range lint.Check(with(s.field, s.fires+canary)) {
			if strings.Contains(h.Text, canary) {
				t.Errorf("%s repeats the value: %q", h.ID, h.Text)
			}
		}
	}
}
