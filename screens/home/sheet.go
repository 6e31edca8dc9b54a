package home

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

const sheetColumn = 13 // where what is known begins, as in the text that is taken along

// newSheetPanel shows all that is known about a saved connection but its secret.
func newSheetPanel(h *Screen, c connector.Connection) ui.Panel {
	known := saved.Sheet(c, h.env.Vault.Describe(), h.env.Now())
	return ui.NewPage(h.theme, ui.PageContent{
		Title: fmt.Sprintf("What is known about %q", c.Name), Text: saved.Text(known), Filename: "connection.txt",
		Body: func(width int) string {
			lines := make([]string, len(known))
			for i, f := range known {
				lines[i] = columnLine(h.theme, fact{label: f.Label, text: f.Text}, sheetColumn, width, ui.Wrap)
			}
			return strings.Join(lines, "\n")
		},
	})
}

// newDashboardPanel shows what to enter in Draftt for a saved connection.
func newDashboardPanel(h *Screen, c connector.Connection) ui.Panel {
	return panels.NewDashboard(h.theme, h.env, c)
}
