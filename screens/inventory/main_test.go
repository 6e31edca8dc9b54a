package inventory

import (
	"os"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestMain(m *testing.M) { os.Exit(screentest.Main(m)) }
