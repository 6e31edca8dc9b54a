package authorization_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// office is a workspace with names that have to be quoted in every language.
func office() *authorization.Snapshot {
	all := []authorization.Principal{
		person("ada@contoso.example"), machine("0a000000-0000-4000-8000-000000000001", "nightly"), group("users"), group("admins"), group(`R&D "east" ${x} %{y}`),
		group(`back\slash`), group("zero\u200bwidth \U000e0041 \U0001f600"), group(`literal \u003c and <b> \b`), group("field-support-engineers"), group("the night's watch"),
	}
	return world(authorization.Tokens, all, map[string][]string{"users": {"ada@contoso.example"}}, map[string]authorization.Level{
		"ada@contoso.example": authorization.CanUse, "0a000000-0000-4000-8000-000000000001": authorization.CanUse, `R&D "east" ${x} %{y}`: authorization.CanUse,
		`back\slash`: authorization.CanUse, "the night's watch": authorization.CanUse, "zero\u200bwidth \U000e0041 \U0001f600": authorization.CanUse, `literal \u003c and <b> \b`: authorization.CanUse, "users": authorization.CanUse, "admins": authorization.CanManage,
	})
}

func TestWhatIsExportedIsReadAgainAndPlansNoDeletion(t *testing.T) {
	s := office()
	s.Tokens = []authorization.Token{{ID: "1", Owner: "id of ada@contoso.example"}}
	for _, name := range authorization.Forms {
		form := authorization.Form(name)
		text, err := s.Write(form)
		if err != nil {
			t.Fatal(err)
		}
		list, err := authorization.Parse(s.Object, []byte(text))
		if err != nil {
			t.Fatalf("%s: %v\n%s", form, err, text)
		}
		p, err := s.Plan(authorization.Want{Whole: &list})
		if err != nil || !p.Empty() {
			t.Errorf("%s: %v, given %q, taken %q", form, err, p.Given.Texts(), p.Taken.Texts())
		}
	}
}

// document is the text of Terraform that the page has.
const document = `resource "databricks_group" "auto" {
  display_name = "Automation"
}

resource "databricks_group" "eng" {
  display_name = "Engineering"
}

resource "databricks_permissions" "token_usage" {
  authorization = "tokens"

  access_control {
    group_name       = databricks_group.auto.display_name
    permission_level = "CAN_USE"
  }

  access_control {
    group_name       = databricks_group.eng.display_name
    permission_level = "CAN_USE"
  }
}`

func TestTheDocumentedTerraformIsReadInBothLanguages(t *testing.T) {
	asJSON := `{"resource": {"databricks_group": {"auto": {"display_name": "Automation"}, "eng": [{"display_name": "Engineering"}]},
		"databricks_permissions": {"token_usage": {"authorization": "tokens", "access_control": [
			{"group_name": "${databricks_group.auto.display_name}", "permission_level": "CAN_USE"},
			{"group_name": "Engineering", "permission_level": "CAN_USE"}]}}}}`
	for _, text := range []string{document, asJSON, "\ufeff" + document + "\n# the end", "/* a\n comment */" + document} {
		list, err := authorization.Parse(authorization.Tokens, []byte(text))
		if err != nil || !slices.Equal(list.Texts(), []string{"group Automation: Can Use", "group Engineering: Can Use"}) {
			t.Errorf("%q, %v", list.Texts(), err)
		}
	}
}

func TestATextThatIsNotUnderstoodIsRefusedWithTheReason(t *testing.T) {
	inside := func(lines string) string {
		return "resource \"databricks_permissions\" \"t\" {\n  authorization = \"tokens\"\n" + lines + "\n}"
	}
	entry := func(lines string) string { return inside("  access_control {\n" + lines + "\n  }") }
	for text, says := range map[string]string{
		"": "empty",
		"{\n  \"access_control_list\": [\n    {\n      \"user_name\": \"a\",\n      \"permission_level\": \"CAN_USE\",\n    }\n  ]\n}": "Line 5 cannot be read: a comma",
		`{"access_control_list": [{"user_name": "a", "permission_level": "CAN_USE"},]}`:                                                "Line 1 cannot be read: a comma",
		`{"access_control_list": [{"user_name": "a", "group_name": "b", "permission_level": "CAN_USE"}]}`:                              "must name one",
		`{"access_control_list": [{"user_name": "a", "permission_level": "IS_OWNER"}]}`:                                                "IS_OWNER",
		`{"access_control_list": [{"user_name": "a", "all_permissions": []}]}`:                                                         "an answer",
		`{"access_control_list": [{"user_name": 7, "permission_level": "CAN_USE"}]}`:                                                   "no text",
		`{"object": "passwords", "access_control_list": []}`:                                                                           "list of passwords",
		`{"resource": {}}`:                  "no resource databricks_permissions",
		`{}`:                                "neither",
		`{"access_control_list": [}`:        "no JSON",
		`[]`:                                "access_control_list",
		document + "\n" + inside(""):        "a second resource",
		`resource "databricks_group" "g" {`: "has no }",
		`resource "databricks_permissions" "t" = 7`:                          "has no {",
		inside(`  for_each = toset(["a"])`):                                  "expression",
		inside(`  count = 2`):                                                "count is not understood",
		inside("  dynamic \"access_control\" {\n  }"):                        "written out",
		entry(`    group_name = "${var.team}"`):                              "expression",
		entry(`    group_name = var.team`):                                   "var.team is no reference",
		entry(`    group_name = databricks_group.x.display_name`):            "not in this file",
		entry("    group_name = \"a\"\n    group_name = \"b\""):              "set twice",
		entry("    permission_level = \"CAN_USE\""):                          "must name one",
		entry("    group_name = \"a\"\n    permission_level = \"CAN_VIEW\""): "CAN_VIEW",
		entry("    group_name = \"a"):                                        "no end",
		"/* never":                                                           "no end",
	} {
		list, err := authorization.Parse(authorization.Tokens, []byte(text))
		var refused *connector.Error
		if !errors.As(err, &refused) || !errors.Is(err, authorization.ErrNoText) || !strings.Contains(refused.What, says) || refused.Remedy == "" {
			t.Errorf("%s\ngave %q, %v", text, list.Texts(), err)
		}
	}
}

func TestAGroupThatIsNotThereIsRefusedWithTheOneThatIs(t *testing.T) {
	s := office()
	list, err := authorization.Parse(s.Object, []byte(`{"access_control_list": [{"group_name": "field-support-engineer", "permission_level": "CAN_USE"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Plan(authorization.Want{Whole: &list})
	var refused *connector.Error
	if !errors.As(err, &refused) || !errors.Is(err, authorization.ErrNobody) || !strings.Contains(refused.Remedy, "field-support-engineers") {
		t.Errorf("%v", err)
	}
}

func FuzzAListIsReadOrRefused(f *testing.F) {
	for _, seed := range []string{document, `{"access_control_list": [{"user_name": "a", "permission_level": "CAN_USE"}]}`, `{"resource": {"databricks_permissions": {"a": {"authorization": "tokens"}}}}`, "a {", "\"", "{,}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, err := authorization.Parse(authorization.Tokens, []byte(text))
		var refused *connector.Error
		if err != nil && (!errors.As(err, &refused) || !errors.Is(err, authorization.ErrRefused)) {
			t.Fatalf("%v", err)
		}
		for _, e := range list {
			if e.Level < authorization.CanUse || e.Name.Raw() == "" {
				t.Fatalf("%+v", e)
			}
		}
	})
}

func TestARequestThatReplacesAnotherListIsNotRead(t *testing.T) {
	for _, text := range []string{
		"PUT https://adb-1.1.azuredatabricks.net/api/2.0/permissions/authorization/passwords\n\n{\"access_control_list\":[]}",
		"PUT https://adb-1.1.azuredatabricks.net/api/2.0/permissions/authorization/tokens",
		"databricks api put /api/2.0/permissions/clusters/x --json '{\"access_control_list\":[]}'",
		"databricks api put /api/2.0/permissions/authorization/tokens --json @file",
	} {
		if list, err := authorization.Parse(authorization.Tokens, []byte(text)); !errors.Is(err, authorization.ErrNoText) {
			t.Errorf("%s is read as %v, %v", text, list, err)
		}
	}
}
