package connector

import (
	"strings"
	"testing"
)

func TestAConnectionThatIsCalledAsItsSchemaHasTheAliasOfThat(t *testing.T) {
	for _, first := range []Kind{KindConnection, KindSchema} {
		r := NewRegistry()
		if first == KindConnection { // as a list of saved connections is read before they are opened
			r.Note(KindConnection, "assets_eu.stock_list")
		}
		r.NoteFull("assets_eu.stock_list")
		r.Note(KindConnection, "assets_eu.stock_list", "other.thing")
		const want = "catalog-1.schema-1"
		for _, got := range []string{
			r.Text("assets_eu.stock_list"), r.Name("assets_eu.stock_list"), r.Alias(KindConnection, "assets_eu.stock_list"),
			r.Text("Assets_EU.stock_list"), r.Alias(KindCatalog, "assets_eu") + "." + r.Alias(KindSchema, "stock_list"),
		} {
			if got != want {
				t.Errorf("%s first: %q", first, got)
			}
		}
		if got := r.Text("`assets_eu`.`stock_list`"); got != "`catalog-1`.`schema-1`" {
			t.Errorf("%s first: in SQL %q", first, got)
		}
	}
}

func TestAHostThatWasTypedInPiecesIsOneHost(t *testing.T) {
	r := NewRegistry()
	for _, typed := range []string{"lab.contoso", "adb-1234567890123456.7.azuredatabricks", "adb-5550000000000001.3.azuredatabricks"} {
		r.Note(KindHost, typed)
	}
	for text, want := range map[string]string{
		"adb-1234567890123456.7.azuredatabricks.net": "adb-1234567890123456.7.azuredatabricks.net", // our own example
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%q became %q", text, got)
		}
	}
	lab := r.Text("to lab.contoso.net.")
	if lab != "to host-A." {
		t.Errorf("%q", lab)
	}
	r.Note(KindHost, "lab.contoso.net")
	if got := r.Text("to lab.contoso.net."); got != lab {
		t.Errorf("it was %q and is %q", lab, got)
	}
	if got := r.Text("see adb-5550000000000001.3.azuredatabricks.net/x"); got != "see host-B/x" {
		t.Errorf("%q", got)
	}
}

func TestANameThatWasACommentFirstIsWhatItIsTheNameOf(t *testing.T) {
	for _, first := range []Kind{KindComment, KindName} {
		r := NewRegistry()
		r.Note(first, "stock-reader")
		r.Note(KindSP, "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22", "stock-reader")
		if got := r.Text("stock-reader is 6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"); got != "sp-1 is sp-1" {
			t.Errorf("%s first: %q", first, got)
		}
	}
}

// TestAHostIsOneAliasWithWhatWasTypedBehindIt has a known host, and hosts of which a known value or what is told by its form is only a part.
func TestAHostIsOneAliasWithWhatWasTypedBehindIt(t *testing.T) {
	r := NewRegistry()
	r.Note(KindHost, "adb-7405605741000000.0.azuredatabricks.net")
	r.Note(KindWorkspace, "7405605741000000")
	for _, text := range []string{
		"adb-7405605741000000.0.azuredatabricks.netn3f0d6c1e-2b5a-4c6f-9d17-8a51be60c742", "adb-7405605741000000.0.azuredatabricks.net.contoso.example",
		"adb-7405605741000000.0.azuredatabricks.net-contoso",
	} {
		if got := r.Text(text + " is not a Databricks domain."); !strings.HasPrefix(got, "host-") || len(got) != len("host-A is not a Databricks domain.") {
			t.Errorf("%s became %q", text, got)
		}
	}
	for _, typed := range []string{"lab-7405605741000000.contoso.example", "jane@123456789012.contoso.example", "contoso-3f0d6c1e-2b5a-4c6f-9d17-8a51be60c742.example"} {
		r.Note(KindHost, typed)
		if got, want := r.Text("\x1b[1m"+typed+"\x1b[m: refused"), "\x1b[1m"+r.Alias(KindHost, typed)+"\x1b[m: refused"; got != want {
			t.Errorf("%s became %q", typed, got)
		}
	}
	r.Note(KindUser, "jane")
	if got := r.Text("jane, jane@contoso.example and 7405605741000000"); got != "user-1, user-2 and workspace-1" {
		t.Errorf("%q", got)
	}
	if got := r.Text("\x1b]8;;https://adb-7405605741000000.0.azuredatabricks.net/x\x1b\\page\x1b]8;;\x1b\\"); strings.Contains(got, "7405605741000000") {
		t.Errorf("%q", got)
	}
}

// TestAForeignHostThatIsCutHasItsAlias refuses a host that is longer than what is quoted of it.
func TestAForeignHostThatIsCutHasItsAlias(t *testing.T) {
	typed := "workspace.north-sea." + strings.Repeat("contoso-", 7) + "field.operations.example"
	_, _, err := ParseHost(typed, nil)
	if what, _ := Words(err); strings.Contains(Known().Text(what), "contoso") || !strings.Contains(what, "contoso") {
		t.Errorf("%q became %q", what, Known().Text(what))
	}
}
