package partners

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/accounts"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

// accountFlags say whether the account is looked at besides, and as whom.
type accountFlags struct{ *accounts.Flags }

func accountOf(c *cobra.Command) accountFlags {
	return accountFlags{accounts.Register(c, "ID of the account, to look for OAuth apps of partners there as well")}
}

// look collects the traces of partners, in the account too where one is named.
func (d group) look(ctx context.Context, s *admin.Session, f accountFlags) (partner.Traces, error) {
	traces, err := partner.Look(ctx, s)
	if err != nil || !f.Given() {
		return traces, err //nolint:wrapcheck // the caller names its cause
	}
	reader, id, err := f.Open(s.Line(), account.AppReads())
	if err != nil {
		return traces, err //nolint:wrapcheck // it has words of its own
	}
	defer reader.Close()
	err = traces.LookAtAccount(ctx, reader, id)
	return traces, d.Fails(ctx, "The account: ", err)
}
