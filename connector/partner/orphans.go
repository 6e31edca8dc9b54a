package partner

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Orphan is something whose service principal is gone.
type Orphan struct {
	Kind    string // warehouse, cluster, personal access token, catalog, schema
	Name    connector.Remote
	Of      connector.Remote // the application ID of who is gone; empty where the workspace names none
	Partner string           // whose name it has, empty where it has none's
	Do      string           // what to do about it, a sentence
}

// Orphans are what deleted service principals left in a workspace, and what was not looked at, each a noun phrase. It lists and changes nothing. Whether
// a person is gone is not looked at.
func Orphans(ctx context.Context, s *admin.Session) (all []Orphan, unseen []string, err error) {
	o := orphans{session: s, there: map[string]bool{}}
	for p, err := range s.ServicePrincipals(ctx) {
		if err != nil {
			return nil, nil, fmt.Errorf("look for orphans: %w", err)
		}
		o.principals = append(o.principals, p)
		o.there[strings.ToLower(string(p.ApplicationID))] = true
	}
	for _, look := range []func(context.Context) error{o.computes, o.tokens, o.data} {
		if err := look(ctx); err != nil {
			return nil, nil, fmt.Errorf("look for orphans: %w", err)
		}
	}
	return o.all, append(o.unseen, "tables, and jobs, notebooks and other objects of the workspace"), nil
}

type orphans struct {
	session    *admin.Session
	principals []admin.ServicePrincipal
	there      map[string]bool // application IDs, in small letters
	all        []Orphan
	unseen     []string
}

// gone reports whether a name is the application ID of a service principal that is not in the workspace.
func (o *orphans) gone(name connector.Remote) bool {
	_, err := connector.ParseClientID(name.Raw())
	return err == nil && !o.there[strings.ToLower(name.Raw())]
}

func (o *orphans) add(kind string, name, of connector.Remote, do string) {
	one := Orphan{Kind: kind, Name: name, Of: of, Do: do}
	if p, reminds := reminder(name.Raw()); reminds {
		one.Partner = p.Name
	}
	o.all = append(o.all, one)
}

func (o *orphans) missed(err error, what string) error {
	if err == nil || !grants.Refused(err) {
		return err
	}
	o.unseen = append(o.unseen, what)
	return nil
}

func (o *orphans) computes(ctx context.Context) error {
	for _, kind := range []struct {
		name, do string
		list     func(context.Context) ([]admin.ComputeFact, error)
	}{
		{"warehouse", "Look who uses it under SQL Warehouses, then delete it.", o.session.WarehouseFacts},
		{"cluster", "Look who uses it under Compute, then delete it.", o.session.ClusterFacts},
	} {
		found, err := kind.list(ctx)
		if o.missed(err, kind.name+"s") != nil {
			return err
		}
		for _, c := range found {
			if o.gone(c.Creator) {
				o.add(kind.name, c.Name, c.Creator, kind.do)
			}
		}
	}
	return nil
}

func (o *orphans) tokens(ctx context.Context) error {
	found, err := o.session.Tokens(ctx)
	if o.missed(err, unseenTokens) != nil {
		return err
	}
	for _, t := range found {
		if t.Owner == "" && !slices.ContainsFunc(o.principals, func(p admin.ServicePrincipal) bool { return p.Owns(t) }) {
			name := t.Comment
			if name.Raw() == "" {
				name = connector.FromRemote(t.ID)
			}
			o.add("personal access token", name, t.CreatedBy, "Delete it: its owner is gone.")
		}
	}
	return nil
}

// data are the catalogs and schemas whose owner is gone. hive_metastore shows its owners in SQL only.
func (o *orphans) data(ctx context.Context) error {
	catalogs, err := workspace.Every(ctx, o.session.View().Catalogs)
	if o.missed(err, "catalogs") != nil {
		return err
	}
	const do = "Give it another owner: a metastore admin can."
	for _, c := range catalogs {
		if o.gone(c.Owner) {
			o.add("catalog", c.Name, c.Owner, do)
		}
		name, err := connector.RemoteIdent(c.Name)
		if err != nil || name.Raw() == connector.HiveMetastore {
			o.unseen = append(o.unseen, "the schemas of catalog "+c.Name.String())
			continue
		}
		schemas, err := workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[connector.Schema], error) {
			return o.session.View().Schemas(ctx, name, token)
		})
		if o.missed(err, "the schemas of catalog "+c.Name.String()) != nil {
			return err
		}
		for _, one := range schemas {
			if o.gone(one.Owner) {
				o.add("schema", connector.FromRemote(c.Name.Raw()+"."+one.Name.Raw()), one.Owner, do)
			}
		}
	}
	return nil
}
