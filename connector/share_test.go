package connector

import (
	"fmt"
	"strings"
	"testing"
)

func TestAValueKeepsItsAliasWhereverItStands(t *testing.T) {
	r := NewRegistry()
	r.Note(KindHost, "adb-7405605741000000.0.azuredatabricks.net")
	r.Note(KindWarehouse, "Starter Warehouse", "a3f19c0d7be24418")
	r.Note(KindCatalog, "sales_eu")
	r.Note(KindTable, "sales_eu_orders")
	for text, want := range map[string]string{
		"https://ADB-7405605741000000.0.azuredatabricks.net/x": "https://host-A/x",
		"Starter warehouse (a3f19c0d7be24418) is stopped":      "warehouse-1 (warehouse-1) is stopped",
		"GRANT USE CATALOG ON CATALOG `sales_eu` TO x":         "GRANT USE CATALOG ON CATALOG `catalog-1` TO x",
		"sales_eu.x.sales_eu_orders":                           "catalog-1.x.table-1",
		"resales_eu and sales_eu2 are other names":             "resales_eu and sales_eu2 are other names",
		"\x1b[1msales_eu\x1b[m":                                "\x1b[1mcatalog-1\x1b[m",
		"sales_eu_ord…":                                        "table-1…",
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestIdentifiersAreToldByTheirFormAsASecondNet(t *testing.T) {
	r := NewRegistry()
	for _, value := range []string{"maria.lindqvist@contoso.example", "10.11.12.13", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22", "adb-99.4.azuredatabricks.net", "7405605741000000", "dapi0123456789abcdef"} {
		if got := r.Text("seen: " + value + "."); strings.Contains(got, value) {
			t.Errorf("%q", got)
		}
	}
	const own = "Enter the host, for example adb-1234567890123456.7.azuredatabricks.net."
	if got := r.Text(own); got != own {
		t.Errorf("our own example became %q", got)
	}
}

func TestOrdinaryWordsStayInTextsAndAreAliasedAlone(t *testing.T) {
	r := NewRegistry()
	r.Note(KindColumn, "status", "name")
	r.Note(KindColumn, "id")
	if got := r.Text("The status and the name of an id"); got != "The status and the name of an id" {
		t.Errorf("%q", got)
	}
	if got := r.Name("status"); got != "column-1" {
		t.Errorf("alone it became %q", got)
	}
	if got := r.Alias(KindValue, "42"); got != "value-1" {
		t.Errorf("a value became %q", got)
	}
}

func TestAKindThatIsLearntLaterNamesTheAlias(t *testing.T) {
	r := NewRegistry()
	r.Note(KindName, "invoices")
	r.Note(KindTable, "invoices")
	if got := r.Name("invoices"); got != "table-1" {
		t.Errorf("%q", got)
	}
}

func TestTypesAndBuiltInNamesTellNothing(t *testing.T) {
	r := NewRegistry()
	for _, value := range []string{"decimal(10,2)", "array<string>", "hive_metastore", "2X-Small", "bigint"} {
		if got := r.Alias(KindName, value); got != value {
			t.Errorf("%q became %q", value, got)
		}
	}
	if got := r.Alias(KindName, "struct<salary:int>"); strings.Contains(got, "salary") {
		t.Errorf("a type that names a column became %q", got)
	}
}

func TestWhatASentenceOfAWorkspaceQuotesIsKnownFromThenOn(t *testing.T) {
	Share(true)
	defer Share(false)
	told := "User does not have USE SCHEMA on Schema 'zebra_finance'. Don't 'ALTER' it."
	Known().NoteQuoted(told)
	sentence := CleanLine(told, 200)
	shown := ShownText(sentence)
	if strings.Contains(shown, "zebra_finance") || !strings.Contains(shown, "Don't 'ALTER' it") {
		t.Errorf("%q", shown)
	}
	if sentence != "User does not have USE SCHEMA on Schema 'zebra_finance'. Don't 'ALTER' it." {
		t.Errorf("the sentence itself changed to %q", sentence)
	}
}

func TestOnlyShownTextsChangeWhileSharing(t *testing.T) {
	name := Known().Remote(KindTable, "quarterly_payroll")
	host, _, err := ParseHost("adb-5550000000000001.3.azuredatabricks.net", nil)
	if err != nil {
		t.Fatal(err)
	}
	Share(true)
	defer Share(false)
	if name.Raw() != "quarterly_payroll" || host.URL() != "https://adb-5550000000000001.3.azuredatabricks.net" {
		t.Error("what goes to a workspace changed")
	}
	if got := ShownText("read " + name.String() + " of " + host.String()); strings.Contains(got, "payroll") || strings.Contains(got, "555") {
		t.Errorf("%q", got)
	}
	Share(false)
	if got := ShownText("read " + name.String()); got != "read quarterly_payroll" {
		t.Errorf("after sharing: %q", got)
	}
}

func TestANameInAPathHasItsAliasThereToo(t *testing.T) {
	r := NewRegistry()
	r.Note(KindCatalog, "sales team/EU")
	r.Note(KindTable, "größen")
	path := "PATCH /api/2.1/unity-catalog/permissions/table/" + PathSegment("sales team/EU.assets.größen")
	if got := r.Text(path); got != "PATCH /api/2.1/unity-catalog/permissions/table/catalog-1.assets.table-1" {
		t.Errorf("%s is shown as %s", path, got)
	}
}

func TestOurOwnSentencesStayWhateverACatalogIsCalled(t *testing.T) {
	r := NewRegistry()
	r.Own("Choose the catalog that holds your inventory")
	r.Note(KindCatalog, "inventory")
	r.Note(KindSchema, "holds")
	for text, want := range map[string]string{
		"\x1b[1mChoose the catalog that holds your inventory\x1b[m": "\x1b[1mChoose the catalog that holds your inventory\x1b[m",
		"Step 3. Choose the catalog that holds your inventory.":     "Step 3. Choose the catalog that holds your inventory.",
		"your inventory": "your catalog-1",
		"Choose the catalog that holds your inventory_x":         "Choose the catalog that schema-1 your inventory_x",
		"choose the catalog that holds your inventory":           "choose the catalog that schema-1 your catalog-1",
		"Choose the catalog that holds your inventory inventory": "Choose the catalog that holds your inventory catalog-1",
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if found := r.Find("Choose the catalog that holds your inventory"); found != "" {
		t.Errorf("%q was found in a sentence of ours", found)
	}
	if r.Find("Choose your inventory") != "inventory" {
		t.Error("a name was not found")
	}
}

func TestBetweenBackticksEvenAWordOfOursIsAName(t *testing.T) {
	r := NewRegistry()
	r.Note(KindCatalog, "main")
	r.Note(KindSchema, "b")
	r.Note(KindTable, "status")
	const want = "GRANT SELECT ON TABLE `catalog-1`.`schema-1`.`table-1` TO `x`; the status of main"
	if got := r.Text("GRANT SELECT ON TABLE `main`.`b`.`status` TO `x`; the status of main"); got != want {
		t.Errorf("it became %q, want %q", got, want)
	}
	if got := r.Text("an odd ` alone and `"); got != "an odd ` alone and `" {
		t.Errorf("it became %q", got)
	}
}

func TestARefusedClientIDIsKnownToo(t *testing.T) {
	if _, err := ParseClientID("Quarterly-Payroll-Reader"); err == nil {
		t.Fatal("a name was taken as a client ID")
	}
	Share(true)
	defer Share(false)
	if got := ShownText("Client ID [Quarterly-Payroll-Reader]: "); strings.Contains(got, "Payroll") {
		t.Errorf("%q", got)
	}
}

func FuzzAliases(f *testing.F) {
	f.Add("sales", "read sales.x")
	f.Add("\x1b[1m", "\x1b[1m")
	f.Add("a b", "A B…")
	f.Fuzz(func(t *testing.T, value, text string) {
		r := NewRegistry()
		r.Note(KindTable, value)
		once := r.Text(text)
		if r.Find(once) != "" && r.Find(r.Text("x")) == "" && r.Find("table-1") == "" && r.Find("id-1") == "" {
			t.Errorf("%q is still in %q", value, once)
		}
	})
}

// TestANameInQuotationMarksHasItsAlias, as titles quote the names of saved connections: short, or with marks of its own.
func TestANameInQuotationMarksHasItsAlias(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"ops", `Say "hi"`, `C:\prod`, "id"} {
		r := NewRegistry()
		r.Note(KindConnection, name)
		if got := r.Text(fmt.Sprintf("Delete %q", name)); got != `Delete "connection-1"` {
			t.Errorf("%s became %s", name, got)
		}
	}
	r := NewRegistry()
	r.Note(KindSchema, "ops")
	for _, text := range []string{`{"ops": 1}`, `an open " and no more`} {
		if got := r.Text(text); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}

// TestWhatTellsNothingStaysAsItIs on a shared screen: our own example in a colour, what a token endpoint answers, a part of an address of the
// API that a table is called like, and what is shown of a fingerprint.
func TestWhatTellsNothingStaysAsItIs(t *testing.T) {
	t.Parallel()
	r := NewRegistry()
	r.NoteQuoted(`oauth2: "invalid_client" "Client authentication failed"`)
	r.Note(KindTable, "accounts")
	for _, text := range []string{
		"\x1b[2madb-1234567890123456.7.azuredatabricks.net\x1b[m", `oauth2: "invalid_client"`, "POST /api/2.0/accounts/servicePrincipals", "begins A1:B2:C3:D4:E5:F6:07:18",
		"SHA-256 " + strings.TrimSuffix(strings.Repeat("A1:07:", 16), ":"),
	} {
		if got := r.Text(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	if got := r.Text("The value 'AA:BB:CC:DD:EE:FF' is no number."); strings.Contains(got, "BB") {
		t.Errorf("the address of a network card became %q", got)
	}
	if got := r.Text("\x1b[2madb-5550000000000001.3.azuredatabricks.net\x1b[m"); strings.Contains(got, "adb") {
		t.Errorf("a host in a colour became %q", got)
	}
}
