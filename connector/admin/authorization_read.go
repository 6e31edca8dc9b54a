package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

const usersPath = "/api/2.0/preview/scim/v2/Users"

// Authorization reads all about the permissions on tokens or passwords: the list, who is in the workspace and in which groups, the tokens and the
// settings. Who is no workspace admin is shown their own tokens and whom to ask. Errors are those of the network, and *connector.Error where this
// workspace has no such permissions.
func (s *Session) Authorization(ctx context.Context, o authorization.Object) (*authorization.Snapshot, error) {
	snapshot := &authorization.Snapshot{Object: o, Host: s.host.String(), Me: s.me, ByToken: s.byPAT, At: s.now()}
	list, strange, preview, err := s.permissions(ctx, o)
	snapshot.Preview = preview
	switch {
	case withheld(err):
		return snapshot, s.limited(ctx, snapshot)
	case errors.Is(err, apierr.ErrNotFound) && o == authorization.Tokens:
		snapshot.NoList = true
	case err != nil:
		return nil, notConfigurable(o, err)
	}
	snapshot.ACL, snapshot.Strange = list, strange
	if snapshot.Directory, err = s.directory(ctx, list); err != nil {
		return nil, err
	}
	if o == authorization.Passwords {
		return snapshot, nil
	}
	if snapshot.Tokens, err = s.Tokens(ctx); err != nil {
		return nil, err
	}
	snapshot.Settings, err = s.tokenSettings(ctx)
	return snapshot, err
}

// featureDisabled is the error code of what the plan of a workspace has not.
const featureDisabled = "FEATURE_DISABLED"

// withheld reports whether an answer is one to somebody who is no workspace admin.
func withheld(err error) bool {
	var refused *apierr.APIError
	return grants.Refused(err) && errors.As(err, &refused) && refused.StatusCode == http.StatusForbidden && refused.ErrorCode != featureDisabled
}

// now is the time that ages of tokens are counted to.
func (s *Session) now() time.Time {
	if s.clock != nil {
		return s.clock()
	}
	return time.Now()
}

// limited reads what somebody is shown who is no workspace admin.
func (s *Session) limited(ctx context.Context, to *authorization.Snapshot) error {
	to.Limited = true
	me := authorization.Principal{ID: s.me.ID, Name: s.me.Name, DisplayName: s.me.DisplayName, Active: true}
	if s.me.IsServicePrincipal() {
		me.Kind = authorization.ServicePrincipal
	}
	to.Directory = authorization.NewDirectory([]authorization.Principal{me}, nil)
	to.Admins = s.admins(ctx)
	if to.Object == authorization.Passwords {
		return nil
	}
	var answer struct {
		Tokens []managedToken `json:"token_infos"`
	}
	err := s.get(ctx, "/api/2.0/token/list", nil, &answer)
	if withheld(err) {
		return nil
	}
	for _, t := range answer.Tokens {
		own := t.token()
		own.Owner = s.me.ID
		to.Tokens = append(to.Tokens, own)
	}
	return err
}

// permissions reads a list, by the path of the preview where the workspace does not know the other, and what of it was not understood.
func (s *Session) permissions(ctx context.Context, o authorization.Object) (list authorization.ACL, strange []string, preview bool, err error) {
	if list, strange, err = s.permissionsAt(ctx, o.Path()); unknownPath(err) {
		preview = true
		list, strange, err = s.permissionsAt(ctx, o.PreviewPath())
	}
	return list, strange, preview, err
}

// unknownPath reports whether a workspace does not know a path at all, as an older one that has it at another.
func unknownPath(err error) bool {
	var refused *apierr.APIError
	return errors.As(err, &refused) && refused.ErrorCode == "ENDPOINT_NOT_FOUND"
}

func (s *Session) permissionsAt(ctx context.Context, path string) (out authorization.ACL, strange []string, err error) {
	var list accessList
	if err := s.get(ctx, path, nil, &list); err != nil {
		return nil, nil, fmt.Errorf("read a list of permissions: %w", err)
	}
	for _, e := range list.Entries {
		entry := authorization.Entry{Kind: authorization.ServicePrincipal, Name: connector.Known().Remote(connector.KindSP, e.ServicePrincipal)}
		switch {
		case e.Group != "":
			entry.Kind, entry.Name = authorization.Group, connector.Known().Remote(connector.KindGroup, e.Group)
		case e.User != "":
			entry.Kind, entry.Name = authorization.User, connector.Known().Remote(connector.KindUser, e.User)
		}
		for _, held := range e.All {
			level, known := authorization.ParseLevel(held.Level)
			switch {
			case entry.Name.Raw() == "":
				strange = append(strange, connector.CleanLine(held.Level, 40)+" of a line that names nobody")
			case !known:
				strange = append(strange, connector.CleanLine(held.Level, 40)+" of the "+entry.Kind.Noun()+" "+entry.Name.String())
			default:
				entry.Level, entry.Inherited = level, held.Inherited
				out = append(out, entry)
			}
		}
	}
	return out, strange, nil
}

// notConfigurable is what a workspace says that has no such permissions.
func notConfigurable(o authorization.Object, err error) error {
	var refused *apierr.APIError
	switch known := errors.As(err, &refused); {
	case known && o == authorization.Tokens && refused.ErrorCode == featureDisabled:
		return &connector.Error{Kind: ErrRefused, Cause: err, What: authorization.TokensNotHere, Remedy: authorization.TokensRemedy}
	case !known, o != authorization.Passwords, refused.StatusCode != http.StatusBadRequest && refused.StatusCode != http.StatusForbidden && refused.StatusCode != http.StatusNotFound:
		return err
	}
	return &connector.Error{
		Kind: ErrRefused, Cause: err, What: authorization.PasswordsNotHere + " The workspace says: " + connector.Said(err, 200) + ".",
		Remedy: authorization.PasswordsRemedy,
	}
}

// directory reads who is in the workspace.
func (s *Session) directory(ctx context.Context, list authorization.ACL) (*authorization.Directory, error) {
	var all []authorization.Principal
	members := map[connector.SCIMID][]connector.SCIMID{}
	names := connector.Known()
	for _, of := range []struct {
		path string
		kind authorization.Kind
	}{{usersPath, authorization.User}, {principalsPath, authorization.ServicePrincipal}, {groupsPath, authorization.Group}} {
		for r, err := range s.resources(ctx, of.path, "") {
			if err != nil {
				return nil, err
			}
			p := authorization.Principal{Kind: of.kind, ID: connector.SCIMID(connector.CleanLine(r.ID, 64)), Active: r.Active == nil || *r.Active}
			switch of.kind {
			case authorization.User:
				names.Note(connector.KindUser, r.UserName, r.DisplayName)
				p.Name, p.DisplayName = connector.FromRemote(r.UserName), connector.FromRemote(r.DisplayName)
			case authorization.ServicePrincipal:
				names.Note(connector.KindSP, r.ApplicationID, r.DisplayName)
				p.Name, p.DisplayName = connector.FromRemote(r.ApplicationID), connector.FromRemote(r.DisplayName)
			case authorization.Group:
				p.Name = names.Remote(connector.KindGroup, r.DisplayName)
				for _, m := range r.Members {
					members[p.ID] = append(members[p.ID], connector.SCIMID(connector.CleanLine(m.Value, 64)))
				}
			}
			all = append(all, p)
		}
	}
	return authorization.NewDirectory(withEverybody(all, list), members), nil
}

// withEverybody adds the group of all users of the account where a list names it, which no workspace lists.
func withEverybody(all []authorization.Principal, list authorization.ACL) []authorization.Principal {
	for _, e := range list {
		known := func(p authorization.Principal) bool {
			return p.Kind == authorization.Group && strings.EqualFold(p.Name.Raw(), e.Name.Raw())
		}
		if e.Kind == authorization.Group && strings.EqualFold(e.Name.Raw(), authorization.AccountUsers) && !slices.ContainsFunc(all, known) {
			all = append(all, authorization.Principal{Kind: authorization.Group, Name: e.Name, Active: true})
		}
	}
	return all
}

// managedToken is a token as the API of admins gives it, and its owners' with less.
type managedToken struct {
	ID          string   `json:"token_id"`
	Comment     string   `json:"comment"`
	Owner       int64    `json:"owner_id"`
	CreatedBy   string   `json:"created_by_username"`
	CreatedByID int64    `json:"created_by_id"`
	Created     int64    `json:"creation_time"` // milliseconds since 1970
	Expires     int64    `json:"expiry_time"`   // -1: never
	LastDay     int64    `json:"last_used_day"`
	Scopes      []string `json:"scopes"`
}

func (t managedToken) token() authorization.Token {
	id := func(n int64) connector.SCIMID {
		if n == 0 {
			return ""
		}
		return connector.SCIMID(strconv.FormatInt(n, 10))
	}
	connector.Known().Note(connector.KindID, t.ID)
	out := authorization.Token{
		ID: connector.CleanLine(t.ID, 64), Owner: id(t.Owner), CreatedByID: id(t.CreatedByID), CreatedBy: connector.Known().Remote(connector.KindUser, t.CreatedBy),
		Comment: connector.Known().Remote(connector.KindComment, t.Comment), Created: millis(t.Created), Expires: millis(t.Expires), LastUsed: millis(t.LastDay),
	}
	for _, scope := range t.Scopes {
		out.Scopes = append(out.Scopes, connector.CleanLine(scope, 60))
	}
	return out
}

// Tokens lists everybody's personal access tokens. There are no pages. It takes a workspace admin.
func (s *Session) Tokens(ctx context.Context) ([]authorization.Token, error) {
	var answer struct {
		Tokens []managedToken `json:"token_infos"`
	}
	if err := s.get(ctx, tokensPath, nil, &answer); err != nil {
		return nil, fmt.Errorf("list personal access tokens: %w", err)
	}
	out := make([]authorization.Token, len(answer.Tokens))
	for i, t := range answer.Tokens {
		out[i] = t.token()
	}
	return out, nil
}

// The settings of a workspace that concern tokens.
const (
	settingTokens = "enableTokensConfig"
	settingMax    = "maxTokenLifetimeDays"
)

func (s *Session) tokenSettings(ctx context.Context) (authorization.Settings, error) {
	var answer map[string]*string
	query := struct {
		Keys string `url:"keys"`
	}{settingTokens + "," + settingMax}
	err := s.get(ctx, settingsPath, query, &answer)
	if withheld(err) {
		return authorization.Settings{Enabled: true}, nil
	}
	if err != nil {
		return authorization.Settings{}, fmt.Errorf("read the settings of the workspace: %w", err)
	}
	text := func(key string) string {
		if answer[key] == nil {
			return ""
		}
		return *answer[key]
	}
	days, _ := strconv.Atoi(text(settingMax)) // empty is no limit
	return authorization.Settings{Known: true, Enabled: !strings.EqualFold(text(settingTokens), "false"), MaxDays: days}, nil
}
