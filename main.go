// Command draftt-databricks connects Draftt, a read-only inventory connector, to Azure Databricks.
package main

import (
	"os"

	"github.com/draftt-io/draftt-databricks/cmd"
)

// version is set by the linker for releases.
var version = "dev"

func main() {
	os.Exit(cmd.Main(version, os.Args[1:]))
}
