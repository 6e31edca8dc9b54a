package demo_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/settings"
	"github.com/databricks/databricks-sdk-go/service/workspace"
)

// scopesShown are the names of the secret scopes that somebody is shown.
func scopesShown(t *testing.T, c *client.DatabricksClient) string {
	t.Helper()
	all, err := workspace.NewSecrets(c).ListScopesAll(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range all {
		names = append(names, s.Name)
	}
	return strings.Join(names, " ")
}

func TestASecretScopeShowsNamesToThoseWhoMayReadItAndValuesToNobody(t *testing.T) {
	admin, nobody, people := inhabited(t)
	for want, c := range map[string]*client.DatabricksClient{
		"asset-pipelines finance-vault": admin, "asset-pipelines": people[samuel], "finance-vault": people[ines], "": nobody,
	} {
		if got := scopesShown(t, c); got != want {
			t.Errorf("instead of %q somebody is shown %q", want, got)
		}
	}
	keys, err := workspace.NewSecrets(people[samuel]).ListSecretsAll(ctx, workspace.ListSecretsRequest{Scope: "asset-pipelines"})
	if err != nil || len(keys) != 2 || keys[0].Key != "agent-api-key" || keys[0].LastUpdatedTimestamp == 0 {
		t.Errorf("the names of secrets: %+v, %v", keys, err)
	}
	if _, err := workspace.NewSecrets(nobody).ListSecretsAll(ctx, workspace.ListSecretsRequest{Scope: "asset-pipelines"}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("who may not read the scope: %v", err)
	}
	if _, err := workspace.NewSecrets(admin).ListSecretsAll(ctx, workspace.ListSecretsRequest{Scope: "nowhere"}); !errors.Is(err, apierr.ErrResourceDoesNotExist) {
		t.Errorf("a scope that is not there: %v", err)
	}
	value, err := workspace.NewSecrets(admin).GetSecret(ctx, workspace.GetSecretRequest{Scope: "asset-pipelines", Key: "agent-api-key"})
	var refused *apierr.APIError
	if !errors.As(err, &refused) || refused.StatusCode != http.StatusNotImplemented {
		t.Errorf("a value was read: %+v, %v", value, err)
	}
	if _, err := workspace.NewSecrets(people[ines]).ListAclsAll(ctx, workspace.ListAclsRequest{Scope: "finance-vault"}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("who may read alone reads the list: %v", err)
	}
	if err := workspace.NewSecrets(admin).PutSecret(ctx, workspace.PutSecret{Scope: "finance-vault", Key: "new", StringValue: "x"}); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a secret was written into Azure Key Vault: %v", err)
	}
}

func TestASecretScopeIsMadeSharedAndEnded(t *testing.T) {
	_, nobody, people := inhabited(t)
	mine, theirs := workspace.NewSecrets(people[samuel]), workspace.NewSecrets(people[ines])
	if err := mine.CreateScope(ctx, workspace.CreateScope{Scope: "made-here"}); err != nil {
		t.Fatal(err)
	}
	if err := mine.CreateScope(ctx, workspace.CreateScope{Scope: "made-here"}); !errors.Is(err, apierr.ErrResourceAlreadyExists) {
		t.Errorf("a scope of the same name: %v", err)
	}
	if err := mine.CreateScope(ctx, workspace.CreateScope{Scope: "not a name"}); !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("a name with spaces: %v", err)
	}
	if err := mine.PutAcl(ctx, workspace.PutAcl{Scope: "made-here", Principal: "analysts", Permission: workspace.AclPermissionWrite}); err != nil {
		t.Fatal(err)
	}
	if err := mine.PutAcl(ctx, workspace.PutAcl{Scope: "made-here", Principal: "strangers", Permission: workspace.AclPermissionRead}); !errors.Is(err, apierr.ErrResourceDoesNotExist) {
		t.Errorf("a principal that is none: %v", err)
	}
	acl, err := mine.GetAcl(ctx, workspace.GetAclRequest{Scope: "made-here", Principal: "analysts"})
	if err != nil || acl.Permission != workspace.AclPermissionWrite {
		t.Errorf("the permission of a group: %+v, %v", acl, err)
	}
	if list, err := mine.ListAclsAll(ctx, workspace.ListAclsRequest{Scope: "made-here"}); err != nil || len(list) != 2 {
		t.Errorf("the list: %+v, %v", list, err)
	}
	put := workspace.PutSecret{Scope: "made-here", Key: "k", BytesValue: base64.StdEncoding.EncodeToString([]byte("a value"))}
	if err := theirs.PutSecret(ctx, put); err != nil {
		t.Errorf("a member of the group writes: %v", err)
	}
	put = workspace.PutSecret{Scope: "made-here", Key: "large", StringValue: strings.Repeat("x", 129<<10)}
	var refused *apierr.APIError
	if err := theirs.PutSecret(ctx, put); !errors.As(err, &refused) || refused.ErrorCode != "MAX_SECRET_SIZE_EXCEEDED" {
		t.Errorf("a value of 129 KB: %v", err)
	}
	if err := theirs.DeleteScope(ctx, workspace.DeleteScope{Scope: "made-here"}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("a member of the group ends the scope: %v", err)
	}
	if err := workspace.NewSecrets(nobody).DeleteSecret(ctx, workspace.DeleteSecret{Scope: "made-here", Key: "k"}); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("a stranger takes a secret out: %v", err)
	}
	if err := theirs.DeleteSecret(ctx, workspace.DeleteSecret{Scope: "made-here", Key: "k"}); err != nil {
		t.Error(err)
	}
	if err := theirs.DeleteSecret(ctx, workspace.DeleteSecret{Scope: "made-here", Key: "k"}); !errors.Is(err, apierr.ErrResourceDoesNotExist) {
		t.Errorf("a second time: %v", err)
	}
	if err := mine.DeleteAcl(ctx, workspace.DeleteAcl{Scope: "made-here", Principal: "analysts"}); err != nil {
		t.Error(err)
	}
	if got := scopesShown(t, people[ines]); got != "finance-vault" {
		t.Errorf("who may not read it any more is shown %q", got)
	}
	if err := mine.DeleteScope(ctx, workspace.DeleteScope{Scope: "made-here"}); err != nil {
		t.Error(err)
	}
	if got := scopesShown(t, people[samuel]); got != "asset-pipelines" {
		t.Errorf("at the end there is %q", got)
	}
}

func TestIPAccessListsAreForAdmins(t *testing.T) {
	admin, nobody, people := inhabited(t)
	lists := settings.NewIpAccessLists(admin)
	for _, c := range []*client.DatabricksClient{nobody, people[ines]} {
		if _, err := settings.NewIpAccessLists(c).ListAll(ctx); !errors.Is(err, apierr.ErrPermissionDenied) {
			t.Errorf("who is no admin: %v", err)
		}
	}
	all, err := lists.ListAll(ctx)
	if err != nil || len(all) != 1 || all[0].Label != "Offices" || all[0].AddressCount != 2 || all[0].CreatedBy == 0 || !all[0].Enabled {
		t.Fatalf("the lists: %+v, %v", all, err)
	}
	made, err := lists.Create(ctx, settings.CreateIpAccessList{Label: "Gone", ListType: settings.ListTypeBlock, IpAddresses: []string{"192.0.2.7"}})
	if err != nil || !made.IpAccessList.Enabled || made.IpAccessList.ListType != settings.ListTypeBlock {
		t.Fatalf("made: %+v, %v", made, err)
	}
	id := made.IpAccessList.ListId
	if _, err := lists.Create(ctx, settings.CreateIpAccessList{Label: "v6", ListType: settings.ListTypeAllow, IpAddresses: []string{"2001:db8::1"}}); !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("an address that is not IPv4: %v", err)
	}
	if err := lists.Update(ctx, settings.UpdateIpAccessList{IpAccessListId: id, Label: "Still gone"}); err != nil {
		t.Error(err)
	}
	one, err := lists.GetByIpAccessListId(ctx, id)
	if err != nil || one.IpAccessList.Label != "Still gone" || one.IpAccessList.AddressCount != 1 {
		t.Errorf("changed: %+v, %v", one, err)
	}
	err = lists.Replace(ctx, settings.ReplaceIpAccessList{IpAccessListId: id, Label: "Off", ListType: settings.ListTypeAllow, Enabled: false})
	if err != nil {
		t.Error(err)
	}
	if one, err = lists.GetByIpAccessListId(ctx, id); err != nil || one.IpAccessList.Enabled || one.IpAccessList.AddressCount != 0 {
		t.Errorf("replaced: %+v, %v", one, err)
	}
	if err := lists.DeleteByIpAccessListId(ctx, id); err != nil {
		t.Error(err)
	}
	if _, err := lists.GetByIpAccessListId(ctx, id); !errors.Is(err, apierr.ErrResourceDoesNotExist) {
		t.Errorf("after its end: %v", err)
	}
}
