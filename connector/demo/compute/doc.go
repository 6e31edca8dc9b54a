// Package compute has the SQL warehouses of a workspace: what one is set to, and how its state follows from what was asked of it and the time.
// Who may ask for what the model knows.
package compute
