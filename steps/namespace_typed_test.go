package steps

import "testing"

func TestGoingBackFromANameTypedWholeShowsTheSchemasOfItsCatalog(t *testing.T) {
	w := begin(t, person{scenario: "ready"})
	w.signIn()
	w.chooseWarehouse()
	w.see("Not in the list?")
	w.write("archive")
	w.press("enter")
	w.see("Catalog  inventory_archive", "assets_2024")
	w.press("esc", "ctrl+u")
	w.write("inventory.assets")
	w.press("enter")
	w.see("The way to the schema is open.")
	w.press("esc")
	w.see("Catalog  inventory", "› assets")
	w.mustNotShow("assets_2024")
}
