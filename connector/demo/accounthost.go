package demo

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/account"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/pace"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/contain"
)

// AccountHostName is the account's name on the imaginary network, that of every account of Azure Databricks.
const AccountHostName = "accounts.azuredatabricks.net"

// accountAddress is what AccountHostName resolves to there, in the range of publicAddress.
const accountAddress = "20.42.4.211"

// accountHost is the account that the workspace belongs to, on a server of its own. No obstacle stands before it: scenarios are about the way
// to the workspace.
type accountHost struct {
	listener net.Listener
	server   *http.Server
	served   chan struct{}
}

// serveAccount runs the account's host on a free loopback port until it is closed.
func serveAccount(ctx context.Context, w *Workspace, opt Options) (*accountHost, error) {
	listener, err := listen(ctx, "")
	if err != nil {
		return nil, err
	}
	a := &accountHost{listener: listener, served: make(chan struct{})}
	options := rest.Options{Observe: w.requests.add, Sleep: opt.Sleep, Around: w.paced(pace.Options{Limits: pace.Account(), Place: "Account " + model.AccountID})}
	a.server = &http.Server{
		Handler:           dated(w.scenario.Skew, account.New(w.world, options)),
		ErrorLog:          log.New(io.Discard, "", 0),
		ReadHeaderTimeout: 10 * time.Second,
	}
	config := &tls.Config{Certificates: []tls.Certificate{w.certs.account}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}
	contain.Go("serving the embedded account", func() {
		defer close(a.served)
		_ = a.server.Serve(tls.NewListener(listener, config)) // ends with ErrServerClosed when the workspace is closed
	})
	return a, nil
}

// close ends the host and every connection to it.
func (a *accountHost) close() error {
	err := a.server.Close()
	<-a.served
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

func isAccountHost(name string) bool {
	return strings.EqualFold(strings.TrimSuffix(name, "."), AccountHostName)
}

// AccountAddr is where the account's host listens, a loopback address with its port.
func (w *Workspace) AccountAddr() string { return w.account.listener.Addr().String() }

// AccountID is the account that the workspace belongs to.
func (w *Workspace) AccountID() string { return model.AccountID }

// AccountAdmin is an account admin, who is in no workspace.
func (w *Workspace) AccountAdmin() Credentials { return w.accountAdmin }
