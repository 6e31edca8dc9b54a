package connector

import (
	"strings"
	"testing"
)

func TestATitleOfOursIsDrawnAlthoughACatalogIsCalledSo(t *testing.T) {
	r := NewRegistry()
	r.Titles("Inventory")
	r.Own("an inventory")
	r.Note(KindCatalog, "inventory")
	for text, want := range map[string]string{
		"Inventory":                   "Inventory",
		"\x1b[1mInventory\x1b[m of x": "\x1b[1mInventory\x1b[m of x",
		"Take an inventory.":          "Take an inventory.",
		"on catalog inventory":        "on catalog catalog-1",
		"Inventory.assets":            "catalog-1.assets",
		"an inventory.assets":         "an catalog-1.assets",
		"INVENTORY":                   "catalog-1",
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
	if got := r.Name("Inventory"); got != "Inventory" {
		t.Errorf("the title alone became %q", got)
	}
	if got := r.Name("inventory"); got != "catalog-1" {
		t.Errorf("the catalog alone became %q", got)
	}
}

func TestATitleOfOursHasAnAliasWhereSomethingIsSpeltSo(t *testing.T) {
	r := NewRegistry()
	r.Titles("Inventory")
	r.Own("Fivetran")
	r.Note(KindCatalog, "inventory")
	r.Note(KindGroup, "Inventory", "Inventory Reports", "Fivetran of Payroll")
	for _, text := range []string{"Inventory", "Inventory Reports", "Fivetran of Payroll"} {
		if got := r.Text(text); strings.Contains(got, "Inventory") || strings.Contains(got, "Payroll") {
			t.Errorf("%q became %q", text, got)
		}
		if got := r.Find(text); text != "Inventory" && got == "" {
			t.Errorf("nothing is found in %q", text)
		}
	}
	r.Note(KindComment, "Fivetran")
	if got := r.Text("Fivetran: certain"); got != "Fivetran: certain" {
		t.Errorf("what is ours is not drawn: %q", got)
	}
	r.Forget()
	r.Note(KindCatalog, "inventory")
	if got := r.Text("Inventory"); got != "Inventory" {
		t.Errorf("what was spelt before is remembered: %q", got)
	}
}

// TestAFolderOfOursKeepsItsNameInAPath has a catalog that is called as the folder is.
func TestAFolderOfOursKeepsItsNameInAPath(t *testing.T) {
	r := NewRegistry()
	r.Shelf("inventory")
	r.Note(KindHost, "adb-5550000000000001.3.azuredatabricks.net", "adb-5550000000000001.3.azuredatabricks.net_8443")
	r.Note(KindCatalog, "inventory")
	r.Note(KindGroup, "data-readers")
	for text, want := range map[string]string{
		"inventory/adb-5550000000000001.3.azuredatabricks.net/20260801T0942.db":              "inventory/host-A/20260801T0942.db",
		`C:\kept\inventory\adb-5550000000000001.3.azuredatabricks.net_8443\20260801T0942.db`: `C:\kept\inventory\host-A\20260801T0942.db`,
		"inventory/data-readers": "catalog-1/group-1",
		"inventory/assets":       "catalog-1/assets",
		"inventory/":             "catalog-1/",
		"inventory":              "catalog-1",
	} {
		got := r.Text(text)
		if got != want || r.Text(got) != want {
			t.Errorf("%s became %s, and then %s", text, got, r.Text(got))
		}
		if found := r.Find(got); found != "" && strings.Contains(want, "host-A") {
			t.Errorf("%s still has %s", got, found)
		}
	}
}
