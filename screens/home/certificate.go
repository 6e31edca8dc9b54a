package home

import (
	"context"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// newCertificatePanel shows what a saved connection may do, as far as it sees that itself.
func newCertificatePanel(h *Screen, c connector.Connection) ui.Panel {
	env := h.env
	return ui.NewPage(h.theme, ui.PageContent{
		Title: fmt.Sprintf("What %q may do", c.Name), Filename: "certificate.txt",
		Doing: "Looking at everything it may do",
		Load: func(ctx context.Context) (string, error) {
			found, err := env.Certify(ctx, c, nil)
			if err != nil {
				return "", err
			}
			return found.Text(), nil
		},
		Failed: panels.Trouble,
	})
}
