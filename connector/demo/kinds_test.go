package demo_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/iam"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// specimens are all of them.
func specimens() map[model.ControlledKind]specimen {
	all := maps.Clone(runningCode)
	maps.Copy(all, madeByAnalysts)
	maps.Copy(all, servingModels)
	return all
}

// objectTypes are those of the permissions API in the SDK's words: service/iam, GetPermissionRequest. Apps have their permissions there too.
var objectTypes = []string{
	"alerts", "alertsv2", "authorization", "clusters", "cluster-policies", "dashboards", "database-projects", "dbsql-dashboards", "directories",
	"experiments", "files", "genie", "instance-pools", "jobs", "knowledge-assistants", "notebooks", "pipelines", "queries", "registered-models",
	"repos", "serving-endpoints", "supervisor-agents", "vector-search-endpoints", "warehouses", "apps",
}

func TestPermissionsKnowEveryObjectTypeOfTheSDK(t *testing.T) {
	admin, _, _ := inhabited(t)
	all := specimens()
	for _, kind := range objectTypes {
		ids := []string{all[model.ControlledKind(kind)].id}
		if kind == "authorization" {
			ids = []string{"tokens", "passwords"}
		}
		for _, id := range ids {
			list, err := iam.NewPermissions(admin).Get(ctx, iam.GetPermissionRequest{RequestObjectType: kind, RequestObjectId: id})
			if err != nil || len(list.AccessControlList) == 0 || list.ObjectId == "" || list.ObjectType == "" {
				t.Errorf("%s %s: %+v, %v", kind, id, list, err)
			}
			levels, err := iam.NewPermissions(admin).GetPermissionLevels(ctx, iam.GetPermissionLevelsRequest{RequestObjectType: kind, RequestObjectId: id})
			if err != nil || len(levels.PermissionLevels) == 0 {
				t.Errorf("the levels of %s %s: %+v, %v", kind, id, levels, err)
			}
		}
	}
	for _, row := range registry.Controls() {
		if _, ok := all[row.Kind]; !ok && row.Kind != model.TokenAccess && row.Kind != model.PasswordAccess {
			t.Errorf("there is no specimen of %s", row.Kind)
		}
	}
}

// access asks for the permissions of one object, and changes them, by somebody.
type access struct {
	by       *client.DatabricksClient
	kind, id string
}

func (a access) get() (*iam.ObjectPermissions, error) {
	return iam.NewPermissions(a.by).Get(ctx, iam.GetPermissionRequest{RequestObjectType: a.kind, RequestObjectId: a.id})
}

func (a access) give(level iam.PermissionLevel) (*iam.ObjectPermissions, error) {
	return iam.NewPermissions(a.by).Update(ctx, iam.UpdateObjectPermissions{
		RequestObjectType: a.kind, RequestObjectId: a.id,
		AccessControlList: []iam.AccessControlRequest{{ServicePrincipalName: demo.ConnectorID, PermissionLevel: level}},
	})
}

func (a access) set(list ...iam.AccessControlRequest) (*iam.ObjectPermissions, error) {
	return iam.NewPermissions(a.by).Set(ctx, iam.SetObjectPermissions{RequestObjectType: a.kind, RequestObjectId: a.id, AccessControlList: list})
}

// hide takes the connector's permission away, in a workspace where it has one.
func hide(t *testing.T, a access) {
	t.Helper()
	list, err := a.get()
	if err != nil || len(held(list, demo.ConnectorID)) == 0 {
		return
	}
	if _, err := a.set(); err != nil {
		t.Fatal(err)
	}
}

func TestEveryKindOfObjectIsSeenAndGivenByThoseWhoMay(t *testing.T) {
	admin, nobody, people := inhabited(t)
	all := specimens()
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		s := all[kind]
		t.Run(string(kind), func(t *testing.T) {
			owner := people[s.owner]
			if owner == nil {
				owner = admin // nobody but admins manages one of these
			}
			hide(t, access{admin, string(kind), s.id})
			for who, c := range map[string]*client.DatabricksClient{"an admin": admin, "its owner": owner} {
				ids, err := s.list(c)
				if err != nil || !slices.Contains(ids, s.id) {
					t.Errorf("%s is shown %q, %v", who, ids, err)
				}
				if err := s.get(c); err != nil {
					t.Errorf("%s gets it: %v", who, err)
				}
			}
			if ids, err := s.list(nobody); err != nil || slices.Contains(ids, s.id) {
				t.Errorf("who has no permission is shown %q, %v", ids, err)
			}
			if err := s.get(nobody); !errors.Is(err, apierr.ErrPermissionDenied) && !errors.Is(err, apierr.ErrNotFound) {
				t.Errorf("who has no permission gets it: %v", err)
			}
			if _, err := (access{nobody, string(kind), s.id}).get(); !errors.Is(err, apierr.ErrPermissionDenied) {
				t.Errorf("who has no permission reads the list: %v", err)
			}
			ownersGive(t, access{owner, string(kind), s.id})
			if ids, err := s.list(nobody); err != nil || !slices.Contains(ids, s.id) && kind != "notebooks" && kind != "files" {
				t.Errorf("who was given a permission is shown %q, %v", ids, err)
			}
			if err := s.get(nobody); err != nil {
				t.Errorf("who was given a permission gets it: %v", err)
			}
		})
	}
}

// ownersGive has somebody who manages an object give each of its levels to the connector, and reads the list again each time.
func ownersGive(t *testing.T, a access) {
	t.Helper()
	levels, err := iam.NewPermissions(a.by).GetPermissionLevels(ctx, iam.GetPermissionLevelsRequest{RequestObjectType: a.kind, RequestObjectId: a.id})
	if err != nil {
		t.Fatal(err)
	}
	for _, level := range levels.PermissionLevels {
		if level.PermissionLevel == iam.PermissionLevelIsOwner {
			continue
		}
		if level.Description == "" {
			t.Errorf("%s is not described", level.PermissionLevel)
		}
		if _, err := a.give(level.PermissionLevel); err != nil {
			t.Errorf("%s was not given: %v", level.PermissionLevel, err)
			continue
		}
		list, err := a.get()
		if err != nil || !slices.Equal(held(list, demo.ConnectorID), []string{string(level.PermissionLevel)}) {
			t.Errorf("given %s the connector has %q, %v", level.PermissionLevel, held(list, demo.ConnectorID), err)
		}
	}
	if _, err := a.give("CAN_DO_ANYTHING"); !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a level that is none: %v", err)
	}
	_, err = a.set(iam.AccessControlRequest{GroupName: "analysts", PermissionLevel: iam.PermissionLevelIsOwner})
	if !errors.Is(err, apierr.ErrBadRequest) {
		t.Errorf("a group owns one: %v", err)
	}
	lowest := levels.PermissionLevels[0].PermissionLevel
	list, err := a.set(
		iam.AccessControlRequest{ServicePrincipalName: demo.ConnectorID, PermissionLevel: lowest}, iam.AccessControlRequest{UserName: ines, PermissionLevel: manages(levels)},
		iam.AccessControlRequest{UserName: samuel, PermissionLevel: manages(levels)},
	)
	if err != nil || !slices.Contains(held(list, demo.ConnectorID), string(lowest)) || slices.Contains(held(list, "analysts"), string(lowest)) {
		t.Errorf("a list of its own: %+v, %v", list, err)
	}
}

// manages is the level that manages an object of these levels, or the highest where none does.
func manages(levels *iam.GetPermissionLevelsResponse) iam.PermissionLevel {
	all := levels.PermissionLevels
	if slices.ContainsFunc(all, func(l iam.PermissionsDescription) bool { return l.PermissionLevel == iam.PermissionLevelCanManage }) {
		return iam.PermissionLevelCanManage
	}
	return all[len(all)-1].PermissionLevel
}
