package account

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// ruleSet is who has which roles on a resource of the account.
type ruleSet struct {
	Name  string `json:"name"`
	ETag  string `json:"etag"`
	Rules []rule `json:"grant_rules,omitempty"`
}

type rule struct {
	Role       string   `json:"role"`
	Principals []string `json:"principals,omitempty"`
}

type ruleRequest struct {
	Name string  `json:"name"`
	Set  ruleSet `json:"rule_set"`
}

type roleList struct {
	Roles []role `json:"roles"`
}

type role struct {
	Name string `json:"name"`
}

func ruleRoutes(d model.Directory, path string) []rest.Route {
	path += "/access-control/"
	return []rest.Route{
		{Pattern: "GET " + path + "rule-sets", Answer: func(r *http.Request, who *model.Principal) (any, error) {
			set, err := d.RuleSet(who, r.URL.Query().Get("name"))
			return written(set), err
		}},
		{Pattern: "PUT " + path + "rule-sets", Answer: func(r *http.Request, who *model.Principal) (any, error) { return replaceRules(d, r, who) }},
		{Pattern: "GET " + path + "assignable-roles", Answer: func(r *http.Request, who *model.Principal) (any, error) {
			names, err := d.RoleNames(who, r.URL.Query().Get("resource"))
			var out roleList
			for _, name := range names {
				out.Roles = append(out.Roles, role{name})
			}
			return out, err
		}},
	}
}

func replaceRules(d model.Directory, r *http.Request, who *model.Principal) (any, error) {
	var body ruleRequest
	if err := rest.ReadKnown(r, &body); err != nil {
		return nil, err
	}
	if body.Name != body.Set.Name {
		return nil, rest.Refuse("The name of the request and that of its rule set differ.")
	}
	wanted := model.RuleSet{Name: body.Name, ETag: body.Set.ETag}
	for _, one := range body.Set.Rules {
		wanted.Rules = append(wanted.Rules, model.Rule(one))
	}
	set, err := d.ReplaceRules(who, wanted)
	return written(set), err
}

func written(set model.RuleSet) ruleSet {
	out := ruleSet{Name: set.Name, ETag: set.ETag}
	for _, one := range set.Rules {
		out.Rules = append(out.Rules, rule(one))
	}
	return out
}
