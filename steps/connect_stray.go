package steps

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
)

// putRightKey puts a secret that stands in the wrong field into its own.
const putRightKey = "ctrl+x"

// putRight has the draft put what stands in a wrong field into its own, and shows that in the fields.
func (c *connect) putRight() {
	d := c.setup.Draft()
	if d.Misplaced() == "" {
		return
	}
	moved, cleared := d.PutRight()
	if len(moved) == 0 {
		return
	}
	c.host.SetValue(d.HostText())
	c.client.SetValue(d.ClientIDText())
	c.forgetSecret() // the draft has it, or had a client ID in its place
	c.changed = connector.Exposed
	if moved[0] == lint.ClientID && d.Secret().IsZero() {
		c.changed = ""
		c.gone(cleared)
	}
	c.goTo(c.firstMissing())
}
