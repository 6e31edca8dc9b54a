package plain

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

type tableKinds = map[connector.TableName]connector.TableKind

// needThenRead reads the chosen tables once nothing stands in the way.
func (p conversation) needThenRead(ctx context.Context, kinds tableKinds) error {
	if err := p.lookAtNeeds(ctx, func() setup.Requirements { return p.ReadRequirements(kinds) }); err != nil {
		return toTables(err)
	}
	return p.readTables(ctx, kinds)
}

// grantsOfTables shows the grants of the chosen tables after a read, and reports whether there was anything to do about them. What only a read
// proves is among it.
func (p conversation) grantsOfTables(ctx context.Context, kinds tableKinds) (lacked bool, err error) {
	return p.lookUntilHeld(ctx, true, func() setup.Requirements { return p.ReadRequirements(kinds) })
}

// toTables has going back lead to the tables.
func toTables(err error) error {
	if errors.Is(err, prompt.ErrBack) {
		return errOtherTables
	}
	return err
}

// readTables reads the chosen tables until that works.
func (p conversation) readTables(ctx context.Context, kinds tableKinds) error {
	for {
		attempt, err := p.ReadTables()
		if err != nil {
			return err
		}
		p.Say("Reading through %s as the connector.", p.Draft().Warehouse().Name)
		failed, err := p.climb(ctx, attempt)
		if err != nil {
			return toTables(err)
		}
		if p.WasRead(failed) {
			p.samples()
			return nil
		}
		if err := p.notRead(ctx, failed, kinds); err != nil {
			return toTables(err)
		}
	}
}

// samples says what was read of each table.
func (p conversation) samples() {
	for _, name := range p.Draft().Tables() {
		if read, ok := p.Draft().Read(name); ok {
			p.sample(read)
		}
	}
}

// notRead says what can be done about a read that failed, and does it. What a GRANT mends leads to the grants by itself; where they hold, the
// person is asked.
func (p conversation) notRead(ctx context.Context, failed *check.Result, kinds tableKinds) error {
	if failed == nil || failed.Advisory {
		p.Say("%s", connector.Sentence(p.Draft().Check(setup.Access)))
		failed = nil
	} else if failed.Finding.Grantable() {
		lacked, err := p.grantsOfTables(ctx, kinds)
		if err != nil || lacked {
			return err
		}
		p.trouble = check.Text(*failed)
	}
	choice, err := p.decideOn(failed, prompt.Shortcut{Letter: "r", Does: "to read again"}, prompt.Shortcut{Letter: "g", Does: "for the grants"})
	if err == nil && choice == "g" {
		_, err = p.grantsOfTables(ctx, kinds)
	}
	return err
}
