package journeys

// The pages that most journeys turn: each function is one step of the wizard, from its first sight to the next step's.

// SignIn tests the connection that the demo has filled in.
func (term *Terminal) SignIn() {
	term.t.Helper()
	term.WaitFor("enter tests the connection")
	term.Press("Enter")
	term.WaitFor("Signed in as draftt-connector")
	term.Press("Enter")
	term.WaitFor("Select your SQL warehouse")
}

// TakeTheRunningWarehouse chooses what the cursor stands on: the first documented warehouse that runs.
func (term *Terminal) TakeTheRunningWarehouse() {
	term.t.Helper()
	term.WaitFor("› Starter Warehouse", "running")
	term.Press("Enter")
	term.WaitFor("Choose the catalog and schema")
}

// FindInventory filters the catalogs, and chooses inventory and its schema assets.
func (term *Terminal) FindInventory() {
	term.t.Helper()
	term.WaitFor("dev_inventory")
	term.Type("inventory")
	term.WaitFor("› inventory ")
	term.Press("Enter")
	term.WaitFor("Catalog inventory", "› assets")
	term.Press("Enter")
	term.WaitFor("USE SCHEMA on inventory.assets")
}

// GoOnToTheTables leaves step 3, where both privileges hold.
func (term *Terminal) GoOnToTheTables() {
	term.t.Helper()
	term.WaitFor("✓ USE CATALOG on inventory", "✓ USE SCHEMA on inventory.assets")
	term.Press("Enter")
	term.WaitFor("Choose what Draftt may read", "[ ] components")
}

// ReadComponents reads the table under the cursor, with all rights granted.
func (term *Terminal) ReadComponents() {
	term.t.Helper()
	term.Press("Enter")
	term.WaitFor("› [✓] components", "✓ read")
}

// LeaveWhatWasSaved sees what to enter in Draftt, and leaves.
func (term *Terminal) LeaveWhatWasSaved() {
	term.t.Helper()
	term.WaitFor("Azure Databricks › Connect", "esc leave")
	term.Press("Escape")
}

// Save goes to the review, saves, and gives what is left in the terminal.
func (term *Terminal) Save() string {
	term.t.Helper()
	term.Press("Enter")
	term.WaitFor("Review and save", "enter save", "Starter Warehouse", "inventory.assets", "components", "as the connector")
	term.Press("Enter")
	term.LeaveWhatWasSaved()
	return term.WaitForExit(0)
}

// ActAsAdmin has the demo's admin make the missing grants: the plan, the word that confirms it, done.
func (term *Terminal) ActAsAdmin() {
	term.t.Helper()
	term.Press("a")
	term.WaitFor("This makes", "To go on")
	term.Type("apply")
	term.Press("Enter")
}
