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
		"{\"access_control_list\": [],\n\"access_control_list\": []}":                                                                  "Line 2 cannot be read: access_control_list is set twice",
		`{"access_control_list": [], "Access_Control_List": []}`:                                                                       "Access_Control_List is set twice",
		`{"access_control_list": [{"user_name": "a", "user_name": "b", "permission_level": "CAN_USE"}]}`:                               "user_name is set twice",
		`{"resource": {"databricks_permissions": {"t": {"authorization": "tokens"}, "t": {"authorization": "tokens"}}}}`:               "t is set twice",
		`{"access_control_list": [{"user_name": "a", "permission_level": ["CAN_USE", {"a": 1, "a": 2}]}]}`:                             "a is set twice",
		`{"resource": {}}`:                  "no resource databricks_permissions",
		`{}`:                                "neither",
		`{"access_control_list": [}`:        "no JSON",
		`[]`:                                "access_control_list",
		document + "\n" + inside(""):        "a second resource",
		`resource "databricks_group" "g" {`: "has no }",
		`resource "databricks_permissions" "t" = 7`:                          "has no {",
		inside(`  for_each = toset(["a"])`):                                  "Line 3 cannot be read: for_each makes",
		inside(`  count = 2`):                                                "Line 3 cannot be read: count makes",
		inside("  dynamic \"access_control\" {\n  }"):                        "written out",
		entry(`    group_name = "${var.team}"`):                              "a template is an expression",
		entry(`    group_name = var.team`):                                   "var.team is a variable",
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

// TestWhatTerraformHasBesidesTextsIsRefusedByItsName has each construct stand where it would change the list.
func TestWhatTerraformHasBesidesTextsIsRefusedByItsName(t *testing.T) {
	for lines, says := range map[string]string{
		"  lifecycle {\n    ignore_changes = [access_control]\n  }":                         "Line 3 cannot be read: lifecycle changes what applying",
		"  for_each = {\n    a = 1\n    b = 2\n  }":                                         "Line 3 cannot be read: for_each makes",
		"  count = var.on ? 1 : 0":                                                          "Line 3 cannot be read: count makes",
		"  depends_on = [databricks_group.a]":                                               "Line 3 cannot be read: depends_on",
		"  provider = databricks.workspace":                                                 "Line 3 cannot be read: provider names",
		"  cluster_id = 7":                                                                  "Line 3 cannot be read: cluster_id is not understood",
		"  dynamic \"access_control\" {\n    for_each = [1]\n    content {\n    }\n  }":     "Line 3 cannot be read: dynamic makes",
		"  access_control {\n    dynamic \"x\" {\n    }\n  }":                               "Line 4 cannot be read: dynamic makes",
		"  access_control {\n    group_name = <<-EOT\n      a\n      EOT\n  }":              "Line 4 cannot be read: a heredoc is",
		"  access_control {\n    group_name = <<EOT\n      a\n  }":                          "Line 4 cannot be read: a heredoc has no end",
		"  access_control {\n    group_name = lower(\"A\")\n  }":                            "Line 4 cannot be read: a call of lower is an expression",
		"  access_control {\n    group_name = databricks_group.a[0].display_name\n  }":      "Line 4 cannot be read: an element of databricks_group.a",
		"  access_control {\n    group_name = var.a ? \"b\" : \"c\"\n  }":                   "Line 4 cannot be read: a condition",
		"  access_control {\n    group_name = [\n      \"a\",\n    ]\n  }":                  "Line 4 cannot be read: a list",
		"  access_control {\n    group_name = [for g in var.all : g]\n  }":                  "Line 4 cannot be read: a for",
		"  access_control {\n    group_name = \"a-${lookup(var.m, \"}\", \"x\")}-b\"\n  }":  "Line 4 cannot be read: a template",
		"  access_control {\n    group_name = each.key\n  }":                                "Line 4 cannot be read: each.key is what for_each goes through",
		"  access_control {\n    group_name = local.group\n  }":                             "Line 4 cannot be read: local.group is a local value",
		"  access_control {\n    group_name = \"a\"\n    permission_level = 7\n  }":         "Line 5 cannot be read: a number",
		"  access_control {\n    group_name =\n  }":                                         "Line 4 cannot be read: group_name is set to nothing",
		"  access_control {\n    group_name = databricks_group.many.display_name\n  }":      "Line 8 cannot be read: for_each makes",
		"  access_control {\n    group_name = \"" + strings.Repeat("${\"", 20) + "\"\n  }":  "Line 4 cannot be read: too many templates",
		"  access_control {\n    group_name = \"a\"\n    permission_level = (\"CAN_USE\"\n": "has no }",
	} {
		text := "resource \"databricks_permissions\" \"t\" {\n  authorization = \"tokens\"\n" + lines + "\n}\nresource \"databricks_group\" \"many\" {\n  for_each = var.all\n}\n"
		list, err := authorization.Parse(authorization.Tokens, []byte(text))
		var refused *connector.Error
		if !errors.As(err, &refused) || !errors.Is(err, authorization.ErrNoText) || !strings.Contains(refused.What, says) {
			t.Errorf("%s\ngave %q, %v", text, list.Texts(), err)
		}
	}
	asJSON := `{"resource": {"databricks_permissions": {"t": {"authorization": "tokens", "lifecycle": {"ignore_changes": ["access_control"]}}}}}`
	if list, err := authorization.Parse(authorization.Tokens, []byte(asJSON)); err == nil || !strings.Contains(err.Error(), "lifecycle changes") {
		t.Errorf("gave %q, %v", list.Texts(), err)
	}
}

// TestExpressionsElsewhereInAFileDoNotMatter has a file in which others than the list are computed.
func TestExpressionsElsewhereInAFileDoNotMatter(t *testing.T) {
	text := `terraform {
  required_providers {
    databricks = { source = "databricks/databricks" }
  }
}
locals { all = [for g in ["a", "b"] : upper(g) if g != ""] }
resource "databricks_cluster" "c" {
  count         = var.on ? 1 : 0
  cluster_name  = "c-${lookup(var.names, "x", "}")}"
  spark_version = <<-EOT
    a { "
  EOT
  autoscale { min_workers = 1 + 2 }
}
` + document
	list, err := authorization.Parse(authorization.Tokens, []byte(text))
	if err != nil || !slices.Equal(list.Texts(), []string{"group Automation: Can Use", "group Engineering: Can Use"}) {
		t.Errorf("%q, %v", list.Texts(), err)
	}
}

// TestWhatIsNoJSONIsSaidInWords has no word of a library in what is refused.
func TestWhatIsNoJSONIsSaidInWords(t *testing.T) {
	for text, says := range map[string]string{
		"{\n  \"access_control_list\": [}": "Line 2 cannot be read: this is no JSON: } cannot stand there",
		"{\n  \"access_control_list\": [":  "Line 2 cannot be read: this is no JSON: it ends before it is whole",
		"{'a': 1}":                         "Line 1 cannot be read: this is no JSON: ' cannot stand there",
		`{"access_control_list": ` + strings.Repeat("[", 20_000): "too many brackets stand in each other",
		`{"access_control_list": "all"}`:                         "access_control_list is a text, which it cannot be",
		`{"access_control_list": [7]}`:                           "access_control_list is a number, which it cannot be",
		`{"object": 7}`:                                          "object is a number",
		`{"resource": []}`:                                       "resource is a list",
		`{"access_control_list": []} more`:                       "this is no JSON: m cannot stand there",
	} {
		_, err := authorization.Parse(authorization.Tokens, []byte(text))
		var refused *connector.Error
		if !errors.As(err, &refused) || !errors.Is(err, authorization.ErrNoText) || !strings.Contains(refused.What, says) || strings.Contains(refused.What, "invalid character") {
			t.Errorf("%.80s\ngave %v", text, err)
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
	for _, seed := range []string{document, `{"access_control_list": [{"user_name": "a", "permission_level": "CAN_USE"}]}`, `{"resource": {"databricks_permissions": {"a": {"authorization": "tokens"}}}}`, "a {", "\"", "{,}", "a { b = <<E\nE\n}", "a { b = \"${c(\"}\")}\" }"} {
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
