package steps

// signIn is step 1 with the values that are in the form.
func (w *walk) signIn() {
	w.T.Helper()
	w.Press("enter")
	w.See("Signed in as draftt-connector")
	w.Press("enter")
	w.See("Select your SQL warehouse")
}

// chooseWarehouse is step 2 with the warehouse under the cursor.
func (w *walk) chooseWarehouse() {
	w.T.Helper()
	w.See("› Starter Warehouse")
	w.Press("enter")
	w.See("Choose the catalog and schema")
}

// chooseSchema is the first part of step 3, up to what is held of its privileges.
func (w *walk) chooseSchema(catalog, schema string) {
	w.T.Helper()
	w.See("Not in the list?")
	w.enterName(catalog)
	w.See("Catalog  "+catalog, "Type to filter", "Not in the list?")
	w.enterName(schema)
	w.See("USE SCHEMA on " + catalog + "." + schema)
}

// enterName types a name and takes it, and says so once more where it is not listed.
func (w *walk) enterName(name string) {
	w.T.Helper()
	w.Write(name)
	w.Press("enter")
	if w.Shows("which is not among") || w.Shows("is not among the") {
		w.Press("enter")
	}
}

// reachAssets walks to the list of tables of inventory.assets, where its way is open.
func (w *walk) reachAssets() {
	w.T.Helper()
	w.signIn()
	w.reachTables()
}

// reachTables is reachAssets for who is signed in.
func (w *walk) reachTables() {
	w.T.Helper()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.See("The way to the schema is open.")
	w.Press("enter")
	w.See("Scope", "components")
	w.Settle()
}

// review walks to Review with the table components read.
func (w *walk) review() {
	w.T.Helper()
	w.reachAssets()
	w.readAndReview()
}

// readAndReview reads the table under the cursor, and goes on to Review.
func (w *walk) readAndReview() {
	w.T.Helper()
	w.Press("enter")
	w.See("✓ read, 5 rows shown")
	w.Settle()
	w.Press("enter")
	w.See("Review and save")
	w.Settle()
}
