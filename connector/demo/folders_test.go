//lint:file-ignore SA1019 what the SDK still offers is asked as well, since clients of others use it

package demo_test

import (
	"errors"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/workspace"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

const (
	ines   = "ines.moreau@contoso.example"
	samuel = "samuel.okafor@contoso.example"
	books  = "/Users/" + ines + "/Month end/Close the books"
)

// inhabited is a workspace with an admin, with the people who made what is in it, and with the connector, who has no part in it.
func inhabited(t *testing.T) (admin, nobody *client.DatabricksClient, people map[string]*client.DatabricksClient) {
	t.Helper()
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	tokens := map[string][]byte{}
	w, err := demo.Start(ctx, s, demo.Options{Furnish: func(w *model.World) error {
		for _, name := range []string{ines, samuel, "maria.lindqvist@contoso.example"} {
			tokens[name] = model.NewTokenValue()
			w.AddToken(name, tokens[name])
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	people = map[string]*client.DatabricksClient{}
	for name, token := range tokens {
		people[name] = signInWithToken(t, w, withToken(string(token)))
	}
	return signIn(t, w, w.Admin()), signIn(t, w, w.Connector()), people
}

// listed is what somebody is shown in a folder, by its name there.
func listed(t *testing.T, c *client.DatabricksClient, folder string) []string {
	t.Helper()
	all, err := workspace.NewWorkspace(c).ListAll(ctx, workspace.ListWorkspaceRequest{Path: folder})
	if err != nil {
		t.Fatalf("%s: %v", folder, err)
	}
	var names []string
	for _, o := range all {
		names = append(names, string(o.ObjectType)+" "+path.Base(o.Path))
	}
	return names
}

func TestAFolderShowsWhatOneMayRead(t *testing.T) {
	admin, nobody, people := inhabited(t)
	common := []string{"DIRECTORY Repos", "DIRECTORY Shared", "DIRECTORY Users"}
	for who, c := range map[string]*client.DatabricksClient{"an admin": admin, "the connector": nobody} {
		if got := listed(t, c, "/"); !slices.Equal(got, common) {
			t.Errorf("%s is shown %q", who, got)
		}
	}
	if got := listed(t, admin, "/Users"); len(got) != 3 {
		t.Errorf("an admin is shown the homes %q", got)
	}
	if got := listed(t, people[ines], "/Users"); !slices.Equal(got, []string{"DIRECTORY " + ines}) {
		t.Errorf("a user is shown the homes %q", got)
	}
	if got := listed(t, people[ines], "/Workspace/Users/"+ines+"/Month end"); !slices.Equal(got, []string{"NOTEBOOK Close the books", "FILE rates.csv"}) {
		t.Errorf("at home: %q", got)
	}
	for _, folder := range []string{"/Users", "/Shared", "/Repos"} {
		if got := listed(t, nobody, folder); len(got) != 0 {
			t.Errorf("in %s the connector is shown %q", folder, got)
		}
	}
	if got := listed(t, people[ines], "/Shared"); !slices.Equal(got, []string{"DIRECTORY Runbooks"}) {
		t.Errorf("everybody's folder: %q", got)
	}
	status, err := workspace.NewWorkspace(people[ines]).GetStatusByPath(ctx, books)
	if err != nil || status.ObjectType != workspace.ObjectTypeNotebook || status.Language != workspace.LanguageSql || status.ObjectId != 2871930465518211 {
		t.Errorf("a notebook: %+v, %v", status, err)
	}
	for _, at := range []string{books, "/Users/nobody"} {
		_, err := workspace.NewWorkspace(nobody).GetStatusByPath(ctx, at)
		if !errors.Is(err, apierr.ErrResourceDoesNotExist) || !strings.Contains(err.Error(), "Path ("+at+") doesn't exist.") {
			t.Errorf("what the connector may not see at %s: %v", at, err)
		}
	}
	if _, err := workspace.NewWorkspace(admin).GetStatusByPath(ctx, "Users"); !errors.Is(err, apierr.ErrInvalidParameterValue) {
		t.Errorf("a path that begins nowhere: %v", err)
	}
	late, err := workspace.NewWorkspace(admin).ListAll(ctx, workspace.ListWorkspaceRequest{
		Path: "/Users/" + ines + "/Month end", NotebooksModifiedAfter: 1762470000001,
	})
	if err != nil || len(late) != 1 || late[0].ObjectType != workspace.ObjectTypeFile {
		t.Errorf("notebooks changed later: %+v, %v", late, err)
	}
}

// held is what an access control list says of one principal: the levels, and from where.
func held(list *iam.ObjectPermissions, name string) []string {
	var out []string
	for _, e := range list.AccessControlList {
		if e.UserName != name && e.GroupName != name && e.ServicePrincipalName != name {
			continue
		}
		for _, p := range e.AllPermissions {
			out = append(out, strings.TrimSpace(string(p.PermissionLevel)+" "+strings.Join(p.InheritedFromObject, " ")))
		}
	}
	return out
}

func TestAFolderHandsItsPermissionsDown(t *testing.T) {
	admin, nobody, people := inhabited(t)
	notebook := iam.GetPermissionRequest{RequestObjectType: "notebooks", RequestObjectId: "2871930465518211"}
	home, err := workspace.NewWorkspace(admin).GetStatusByPath(ctx, "/Users/"+ines)
	if err != nil {
		t.Fatal(err)
	}
	homeID := "/directories/" + home.ResourceId
	list, err := iam.NewPermissions(people[ines]).Get(ctx, notebook)
	if err != nil || list.ObjectType != "notebook" || list.ObjectId != "/notebooks/2871930465518211" {
		t.Fatalf("the list of a notebook: %+v, %v", list, err)
	}
	for name, want := range map[string][]string{
		ines: {"CAN_MANAGE " + homeID}, "analysts": {"CAN_RUN /directories/2871930465518207"}, "admins": {"CAN_MANAGE /directories/0"},
	} {
		if got := held(list, name); !slices.Equal(got, want) {
			t.Errorf("%s has %q, not %q", name, got, want)
		}
	}
	give := func(by *client.DatabricksClient, folder string, level iam.PermissionLevel) error {
		_, err := iam.NewPermissions(by).Update(ctx, iam.UpdateObjectPermissions{
			RequestObjectType: "directories", RequestObjectId: folder,
			AccessControlList: []iam.AccessControlRequest{{ServicePrincipalName: demo.ConnectorID, PermissionLevel: level}},
		})
		return err
	}
	if err := give(people[ines], "2871930465518207", iam.PermissionLevelCanRead); err != nil {
		t.Fatal(err)
	}
	if _, err := workspace.NewWorkspace(nobody).GetStatusByPath(ctx, books); err != nil {
		t.Errorf("what lies in a folder that the connector may read: %v", err)
	}
	if list, err = iam.NewPermissions(admin).Get(ctx, notebook); err != nil || !slices.Equal(held(list, demo.ConnectorID), []string{"CAN_READ /directories/2871930465518207"}) {
		t.Errorf("the connector has %q, %v", held(list, demo.ConnectorID), err)
	}
	if err := give(people[ines], "0", iam.PermissionLevelCanRead); !errors.Is(err, apierr.ErrPermissionDenied) {
		t.Errorf("a user changed the root: %v", err)
	}
	if err := give(admin, "0", iam.PermissionLevelCanRun); err != nil {
		t.Fatal(err)
	}
	if list, err = iam.NewPermissions(admin).Get(ctx, notebook); err != nil ||
		!slices.Equal(held(list, demo.ConnectorID), []string{"CAN_RUN /directories/0", "CAN_READ /directories/2871930465518207"}) {
		t.Errorf("from two folders the connector has %q, %v", held(list, demo.ConnectorID), err)
	}
	root, err := iam.NewPermissions(admin).Get(ctx, iam.GetPermissionRequest{RequestObjectType: "directories", RequestObjectId: "0"})
	if err != nil || !slices.Equal(held(root, "admins"), []string{"CAN_MANAGE"}) {
		t.Errorf("the root has of the admins: %+v, %v", root, err)
	}
}

func TestAGitFolderIsListedAndIsAFolder(t *testing.T) {
	admin, nobody, people := inhabited(t)
	repos, err := workspace.NewRepos(people[samuel]).ListAll(ctx, workspace.ListReposRequest{PathPrefix: "/Repos/" + samuel})
	if err != nil || len(repos) != 1 || repos[0].Id != 2871930465518252 || repos[0].Branch != "main" {
		t.Fatalf("Git folders: %+v, %v", repos, err)
	}
	if repos, err = workspace.NewRepos(admin).ListAll(ctx, workspace.ListReposRequest{PathPrefix: "/Shared"}); err != nil || len(repos) != 0 {
		t.Errorf("Git folders elsewhere: %+v, %v", repos, err)
	}
	if repos, err = workspace.NewRepos(nobody).ListAll(ctx, workspace.ListReposRequest{}); err != nil || len(repos) != 0 {
		t.Errorf("the connector is shown %+v, %v", repos, err)
	}
	one, err := workspace.NewRepos(admin).GetByRepoId(ctx, 2871930465518252)
	if err != nil || one.Path != "/Repos/"+samuel+"/asset-pipelines" || one.Provider != "azureDevOpsServices" {
		t.Errorf("a Git folder: %+v, %v", one, err)
	}
	if got := listed(t, admin, one.Path); !slices.Equal(got, []string{"NOTEBOOK Refresh inventory"}) {
		t.Errorf("in it: %q", got)
	}
	list, err := iam.NewPermissions(admin).Get(ctx, iam.GetPermissionRequest{RequestObjectType: "notebooks", RequestObjectId: "2871930465518257"})
	if err != nil || !slices.Equal(held(list, "asset-owners"), []string{"CAN_EDIT /repos/2871930465518252"}) {
		t.Errorf("a notebook in it: %+v, %v", list, err)
	}
}

func TestANewUserHasAHome(t *testing.T) {
	admin, _, _ := inhabited(t)
	if _, err := iam.NewUsersV2(admin).Create(ctx, iam.CreateUserRequest{UserName: "new.colleague@contoso.example"}); err != nil {
		t.Fatal(err)
	}
	home, err := workspace.NewWorkspace(admin).GetStatusByPath(ctx, "/Users/new.colleague@contoso.example")
	if err != nil {
		t.Fatal(err)
	}
	list, err := iam.NewPermissions(admin).Get(ctx, iam.GetPermissionRequest{RequestObjectType: "directories", RequestObjectId: home.ResourceId})
	if err != nil || !slices.Equal(held(list, "new.colleague@contoso.example"), []string{"CAN_MANAGE"}) {
		t.Errorf("the home of a new user: %+v, %v", list, err)
	}
}

func TestAUserWhoComesBackFindsTheHomeFromBefore(t *testing.T) {
	admin, _, _ := inhabited(t)
	users := iam.NewUsersV2(admin)
	found, err := users.ListAll(ctx, iam.ListUsersRequest{Filter: `userName eq "` + ines + `"`})
	if err != nil || len(found) != 1 {
		t.Fatalf("the user: %+v, %v", found, err)
	}
	if err := users.Delete(ctx, iam.DeleteUserRequest{Id: found[0].Id}); err != nil {
		t.Fatal(err)
	}
	notebook := iam.GetPermissionRequest{RequestObjectType: "notebooks", RequestObjectId: "2871930465518211"}
	list, err := iam.NewPermissions(admin).Get(ctx, notebook)
	if err != nil || len(held(list, ines)) != 0 {
		t.Errorf("who is gone has %q, %v", held(list, ines), err)
	}
	if _, err := users.Create(ctx, iam.CreateUserRequest{UserName: ines}); err != nil {
		t.Fatal(err)
	}
	if list, err = iam.NewPermissions(admin).Get(ctx, notebook); err != nil || len(held(list, ines)) != 1 {
		t.Errorf("who came back has %q, %v", held(list, ines), err)
	}
}
