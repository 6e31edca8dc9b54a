package setup

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Check is nil when a step is complete. Review, the rail, the plain prompts and saving all ask it.
func (d *Draft) Check(step Index) error {
	switch step {
	case Connect:
		return d.checkConnect()
	case Warehouse:
		if d.warehouse.ID == "" {
			return incomplete("No SQL warehouse is chosen.", "Choose one in step 2.")
		}
	case Namespace:
		if d.schema.IsZero() {
			return incomplete("No schema is chosen.", "Choose catalog and schema in step 3.")
		}
		if !d.reach {
			return incomplete(fmt.Sprintf("USE CATALOG and USE SCHEMA on %s were not seen to hold.", d.schema), "Run the GRANT statements of step 3, then check again.")
		}
	case Access:
		return d.checkAccess()
	case Review:
		for earlier := Connect; earlier < Review; earlier++ {
			if err := d.Check(earlier); err != nil {
				return err
			}
		}
		if d.name == "" {
			return incomplete("The connection has no name.", "Give it one.")
		}
	}
	return nil
}

func (d *Draft) checkConnect() error {
	if d.hostErr != nil {
		return d.hostErr
	}
	if d.MustConfirm() {
		return typedOnce()
	}
	if d.method == connector.OAuth {
		if err := d.idErr; err != nil {
			return err
		}
	}
	if err := d.SecretProblem(); err != nil {
		return err
	}
	if d.connected == nil {
		return incomplete("The connection was not tested with these values.", "Test it in step 1.")
	}
	return nil
}

// typedOnce is said of a host that somebody allowed by name, and that is still to be confirmed.
func typedOnce() error {
	return incomplete("The workspace host was not typed a second time.", "Type it once more in step 1, to confirm that a secret may be sent there.")
}

func (d *Draft) checkAccess() error {
	if len(d.tables) == 0 {
		return incomplete("No table is chosen.", "Choose at least one in step 4.")
	}
	for _, name := range d.tables {
		if r, ok := d.reads[name]; !ok || r.Err != nil {
			return incomplete(fmt.Sprintf("%s was not read yet.", name), "Read it in step 4.")
		}
	}
	if d.seen() == nil {
		return incomplete("The tables were not read since the choice changed.", "Read them again in step 4.")
	}
	return nil
}

func incomplete(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}
