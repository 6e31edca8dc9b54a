//go:build provoke

package contain

import "os"

// provoke panics in what the variable names. Only a build for tests has it, which sees so that a panic anywhere leaves a terminal in order.
func provoke(during string) {
	if named := os.Getenv("DRAFTT_DATABRICKS_PROVOKE"); named != "" && named == during {
		panic("provoked: dose-CANARY-of-a-panic")
	}
}
