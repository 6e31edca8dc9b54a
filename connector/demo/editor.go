package demo

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	dbsql "github.com/databricks/databricks-sql-go"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Network is the way into the embedded workspace, and to nowhere else.
func (w *Workspace) Network() workspace.Network {
	return workspace.Network{Dial: w.DialContext, Lookup: w.LookupHost, Proxy: w.scenario.Between.proxyFor(), OnlyRoots: w.RootCAs()}
}

// Inside is the way of those who have the imaginary network set up already: past its proxy, with its authority trusted.
func (w *Workspace) Inside() workspace.Network {
	network := w.Network()
	network.Proxy, network.ExtraCAs = nil, w.NetworkCAPEM()
	return network
}

// Grant runs a script of GRANT statements, one a line, in the embedded workspace's SQL editor: as its metastore admin, over the real SQL
// driver. This is the admin whom a presenter plays; the connector has no way to it. It returns the first refusal.
func (w *Workspace) Grant(ctx context.Context, script string) error {
	host, _, err := connector.ParseHost(HostName, nil)
	if err != nil {
		return fmt.Errorf("open the SQL editor: %w", err)
	}
	ws, err := workspace.Open(workspace.Config{
		Host: host, Network: w.Inside(),
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: w.admin.ClientID, Secret: w.admin.Secret},
	})
	if err != nil {
		return fmt.Errorf("open the SQL editor: %w", err)
	}
	defer ws.Close()
	page, err := ws.Warehouses(ctx, "")
	if err != nil {
		return fmt.Errorf("open the SQL editor: %w", err)
	}
	if len(page.Items) == 0 {
		return fmt.Errorf("open the SQL editor: the embedded workspace has no SQL warehouse")
	}
	driver, err := dbsql.NewConnector(
		dbsql.WithServerHostname(host.Name()), dbsql.WithPort(host.Port()), dbsql.WithHTTPPath(page.Items[0].HTTPPath),
		dbsql.WithTransport(ws.RoundTripper()), dbsql.WithAuthenticator(ws),
	)
	if err != nil {
		return fmt.Errorf("open the SQL editor: %w", err)
	}
	db := sql.OpenDB(driver)
	defer func() { _ = db.Close() }()
	for line := range strings.Lines(script) {
		statement := strings.TrimSuffix(strings.TrimSpace(line), ";")
		if statement == "" || strings.HasPrefix(statement, "--") {
			continue
		}
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("run as the admin: %w", err)
		}
	}
	return nil
}
