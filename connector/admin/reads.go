package admin

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// MaxSecrets is how many OAuth secrets a service principal can have, and maxSecretLife how long one lasts at most, as documented.
const (
	MaxSecrets    = 5
	maxSecretLife = 730 * 24 * time.Hour
)

// SecretInfo is what a workspace tells about an OAuth secret. The value is not among it: it is given once, when the secret is made.
type SecretInfo struct {
	ID               string
	Active           bool
	Created, Expires time.Time // zero when the workspace does not say
}

func secretsPath(scimID connector.SCIMID) string {
	return "/api/2.0/accounts/servicePrincipals/" + connector.PathSegment(string(scimID)) + "/credentials/secrets"
}

type secretAnswer struct {
	ID         string `json:"id"`
	Secret     string `json:"secret"`
	Status     string `json:"status"`
	CreateTime string `json:"create_time"`
	ExpireTime string `json:"expire_time"`
}

func (a secretAnswer) info() SecretInfo {
	info := SecretInfo{ID: connector.CleanLine(a.ID, 64), Active: a.Status == "" || strings.EqualFold(a.Status, "ACTIVE")}
	info.Created, _ = time.Parse(time.RFC3339, a.CreateTime) // zero when it is not given
	info.Expires, _ = time.Parse(time.RFC3339, a.ExpireTime)
	return info
}

type pageQuery struct {
	Token string `url:"page_token,omitempty"`
}

// Secrets lists the OAuth secrets of the service principal with this SCIM id, the oldest first. It takes a workspace admin.
func (s *Session) Secrets(ctx context.Context, scimID connector.SCIMID) ([]SecretInfo, error) {
	all, err := workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[SecretInfo], error) {
		var answer struct {
			Secrets []secretAnswer `json:"secrets"`
			Next    string         `json:"next_page_token"`
		}
		if err := s.get(ctx, secretsPath(scimID), pageQuery{token}, &answer); err != nil {
			return workspace.Page[SecretInfo]{}, fmt.Errorf("list OAuth secrets: %w", err)
		}
		page := workspace.Page[SecretInfo]{Next: answer.Next}
		for _, a := range answer.Secrets {
			page.Items = append(page.Items, a.info())
		}
		return page, nil
	})
	slices.SortStableFunc(all, func(a, b SecretInfo) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) })
	return all, err
}

// accessEntry is one line of an access list.
type accessEntry struct {
	Name  connector.Remote // user name, application ID or group name
	Group bool
	Level string // CAN_USE and so on, as the workspace writes it
}

type accessList struct {
	Entries []struct {
		User             string `json:"user_name"`
		Group            string `json:"group_name"`
		ServicePrincipal string `json:"service_principal_name"`
		All              []struct {
			Level     string `json:"permission_level"`
			Inherited bool   `json:"inherited"`
		} `json:"all_permissions"`
	} `json:"access_control_list"`
}

// warehouseAccess is the access list of a warehouse. It takes CAN_MANAGE on it.
func (s *Session) warehouseAccess(ctx context.Context, id connector.WarehouseID) ([]accessEntry, error) {
	return s.access(ctx, "/api/2.0/permissions/warehouses/"+connector.PathSegment(string(id)))
}

const tokensPath = "/api/2.0/token-management/tokens"

// tokenAccess says who may use personal access tokens. The list does not exist until the first token was made; the error is then one of
// apierr.ErrNotFound, and who may is not known. It takes a workspace admin.
func (s *Session) tokenAccess(ctx context.Context) ([]accessEntry, error) {
	list, err := s.access(ctx, authorization.Tokens.Path())
	if unknownPath(err) {
		s.preview.Store(true)
		list, err = s.access(ctx, authorization.Tokens.PreviewPath())
	}
	return list, err
}

func (s *Session) access(ctx context.Context, path string) ([]accessEntry, error) {
	var list accessList
	if err := s.get(ctx, path, nil, &list); err != nil {
		return nil, fmt.Errorf("read an access list: %w", err)
	}
	var out []accessEntry
	for _, e := range list.Entries {
		kind := connector.KindSP
		switch {
		case e.Group != "":
			kind = connector.KindGroup
		case e.User != "":
			kind = connector.KindUser
		}
		for _, p := range e.All {
			out = append(out, accessEntry{
				Name:  connector.Known().Remote(kind, cmp.Or(e.ServicePrincipal, e.User, e.Group)),
				Group: e.Group != "", Level: connector.CleanLine(p.Level, 40),
			})
		}
	}
	return out, nil
}

// metastoreFacts is the metastore that the workspace is assigned to. Its owner is the metastore admin.
type metastoreFacts struct {
	ID    connector.MetastoreID
	Name  connector.Remote
	Owner connector.Remote
}

// metastore asks for the metastore of the workspace.
func (s *Session) metastore(ctx context.Context) (metastoreFacts, error) {
	var answer struct {
		ID    string `json:"metastore_id"`
		Name  string `json:"name"`
		Owner string `json:"owner"`
	}
	if err := s.get(ctx, "/api/2.1/unity-catalog/metastore_summary", nil, &answer); err != nil {
		return metastoreFacts{}, fmt.Errorf("read the metastore: %w", err)
	}
	names := connector.Known()
	return metastoreFacts{
		ID: connector.MetastoreID(connector.CleanLine(answer.ID, 64)), Name: names.Remote(connector.KindName, answer.Name),
		Owner: names.Remote(connector.KindUser, answer.Owner),
	}, nil
}
