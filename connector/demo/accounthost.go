package demo

import (
	"context"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/account"
	"github.com/draftt-io/draftt-databricks/connector/demo/apps"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/pace"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// AccountHostName is the account's name on the imaginary network, that of every account of Azure Databricks.
const AccountHostName = "accounts.azuredatabricks.net"

// accountAddress is what AccountHostName resolves to there, in the range of publicAddress.
const accountAddress = "20.42.4.211"

// serveAccount runs the account that the workspace belongs to until it is closed. An obstacle of the name, the connection or the proxy that is
// not about the one host stands before it as well; its certificate and its TLS are always sound.
func serveAccount(ctx context.Context, w *Workspace, opt Options) (*host, error) {
	h, err := listen(ctx, "")
	if err != nil {
		return nil, err
	}
	around := w.paced(pace.Options{Limits: pace.Account(), Place: "Account " + model.AccountID})
	answer := account.New(w.world, rest.Options{Routes: apps.Routes(w.world.InAccount(), w.apps()), Observe: w.requests.add, Sleep: opt.Sleep, Around: around})
	h.serve("serving the embedded account", "", w.certs.account, dated(w.scenario.Skew, answer))
	return h, nil
}

func isAccountHost(name string) bool {
	return strings.EqualFold(strings.TrimSuffix(name, "."), AccountHostName)
}

// AccountAddr is where the account's host listens, a loopback address with its port.
func (w *Workspace) AccountAddr() string { return w.account.addr() }

// AccountID is the account that the workspace belongs to.
func (w *Workspace) AccountID() string { return model.AccountID }

// AccountAdmin is an account admin, who is in no workspace.
func (w *Workspace) AccountAdmin() Credentials { return w.accountAdmin }
