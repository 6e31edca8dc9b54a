package partner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/partner/called"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// What a session is not shown, each a noun phrase.
const (
	unseenTokens     = "personal access tokens, which take a workspace admin"
	unseenSecretsOf  = "the OAuth secrets of "
	unseenWarehouses = "SQL warehouses"
	unseenClusters   = "clusters"
	unseenApps       = "OAuth apps of the account, which take an account admin: a partner that people sign in to has one, and leaves nothing else here"
)

// Look collects the traces of partners in a workspace. What a session is not shown is among the unseen; errors are those of the network, and a
// refusal to list service principals, without which nothing can be inferred.
func Look(ctx context.Context, s *admin.Session) (Traces, error) {
	t := Traces{Secrets: map[connector.SCIMID][]admin.SecretInfo{}, Unseen: []string{unseenApps}}
	for p, err := range s.ServicePrincipals(ctx) {
		if err != nil {
			return t, fmt.Errorf("look for partners: %w", err)
		}
		t.Principals = append(t.Principals, p)
	}
	var err error
	if t.Tokens, err = s.Tokens(ctx); t.missed(err, unseenTokens) != nil {
		return t, fmt.Errorf("look for partners: %w", err)
	}
	if t.Warehouses, err = s.WarehouseFacts(ctx); t.missed(err, unseenWarehouses) != nil {
		return t, fmt.Errorf("look for partners: %w", err)
	}
	if t.Clusters, err = s.ClusterFacts(ctx); t.missed(err, unseenClusters) != nil {
		return t, fmt.Errorf("look for partners: %w", err)
	}
	for _, p := range t.Principals {
		if !strings.HasSuffix(p.DisplayName.Raw(), called.UserEnd) {
			continue
		}
		secrets, err := s.Secrets(ctx, p.ID)
		if t.missed(err, unseenSecretsOf+p.DisplayName.String()) != nil {
			return t, fmt.Errorf("look for partners: %w", err)
		}
		t.Secrets[p.ID] = secrets
	}
	return t, nil
}

// missed notes a refusal as something that was not seen, and hands on every other error.
func (t *Traces) missed(err error, what string) error {
	if err == nil || !grants.Refused(err) {
		return err
	}
	t.Unseen = append(t.Unseen, what)
	return nil
}

// LookAtAccount adds the OAuth apps of the account. Who is no account admin is not shown them, and they stay among the unseen; errors are those of the
// network.
func (t *Traces) LookAtAccount(ctx context.Context, r *workspace.Reader, id account.ID) error {
	apps, err := account.Apps(ctx, r, id)
	switch {
	case account.Refused(err):
		return nil
	case err != nil:
		return fmt.Errorf("look for partners: %w", err)
	}
	for _, a := range apps {
		if _, isKnown := byName(a.Name.Raw()); !isKnown { // that of a partner is no name of the company's
			connector.Known().Note(connector.KindName, a.Name.Raw())
		}
	}
	t.Apps = apps
	t.Unseen = slices.DeleteFunc(t.Unseen, func(what string) bool { return what == unseenApps })
	return nil
}

// AppsUnseen reports that the OAuth apps of the account were not looked at, or not shown.
func (in Inference) AppsUnseen() bool { return slices.Contains(in.Unseen, unseenApps) }

// What faces say of those apps.
const (
	AppsNotLookedAt = "The account's OAuth apps were not seen"
	WhyTheAccount   = "A partner that people sign in to leaves an OAuth app in the account, and nothing in the workspace. Seeing it takes an account admin."
	AppsNotShown    = "The account did not show its OAuth apps, which takes an account admin."
)
