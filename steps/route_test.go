package steps

// signIn is step 1 with the values that are in the form.
func (w *walk) signIn() {
	w.t.Helper()
	w.press("enter")
	w.see("Signed in as draftt-connector")
	w.press("enter")
	w.see("Select your SQL warehouse")
}

// chooseWarehouse is step 2 with the warehouse under the cursor.
func (w *walk) chooseWarehouse() {
	w.t.Helper()
	w.see("› Starter Warehouse")
	w.press("enter")
	w.see("Choose the catalog and schema")
}

// chooseSchema is the first part of step 3, up to what is held of its privileges.
func (w *walk) chooseSchema(catalog, schema string) {
	w.t.Helper()
	w.see("Not in the list?")
	w.write(catalog)
	w.press("enter")
	w.see("Catalog  "+catalog, "Type to filter", "Not in the list?")
	w.write(schema)
	w.press("enter")
	w.see("USE SCHEMA on " + catalog + "." + schema)
}

// reachAssets walks to the list of tables of inventory.assets, where its way is open.
func (w *walk) reachAssets() {
	w.t.Helper()
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.see("The way to the schema is open.")
	w.press("enter")
	w.see("Scope", "components")
	w.settle()
}

// review walks to Review with the table components read.
func (w *walk) review() {
	w.t.Helper()
	w.reachAssets()
	w.press("enter")
	w.see("✓ read, 5 rows shown")
	w.settle()
	w.press("enter")
	w.see("Review and save")
	w.settle()
}
