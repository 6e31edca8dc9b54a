package steps

import "github.com/draftt-io/draftt-databricks/connector"

// putRightKey puts a secret that stands in the wrong field into its own.
const putRightKey = "ctrl+x"

// putRight has the draft put what stands in a wrong field into its own, and shows that in the fields.
func (c *connect) putRight() {
	d := c.setup.Draft()
	if d.Misplaced() == "" {
		return
	}
	exposed, cleared := d.PutRight()
	c.host.SetValue(d.HostText())
	c.client.SetValue(d.ClientIDText())
	c.forgetSecret() // the draft has it, or had another answer in its place
	c.changed = ""
	if c.gone(cleared); exposed {
		c.changed = connector.Exposed
	}
	c.goTo(c.firstMissing())
}
