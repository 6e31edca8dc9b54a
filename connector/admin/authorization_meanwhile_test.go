package admin

import (
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// meanwhile are changes of somebody else between a plan and its end.
var meanwhile = map[string]func(c *crowd){
	"somebody was given Can Use": func(c *crowd) {
		p, _ := c.world.Principal("person1@contoso.example")
		_, _ = c.world.GrantAccess(c.admin(), onTokens, []model.AccessRequest{{Kind: p.Kind, Principal: p.Name, Level: model.CanUse}})
	},
	"the list was replaced": func(c *crowd) { _, _ = c.world.ReplaceAccess(c.admin(), onTokens, nil) },
	"a token was made": func(c *crowd) {
		c.world.PresetToken(model.Token{Owner: "person0@contoso.example", CreatedBy: "person0@contoso.example"}, model.NewTokenValue())
	},
}

func TestAChangeBetweenThePlanAndItsEndIsNotOverwritten(t *testing.T) {
	for what, change := range meanwhile {
		t.Run(what, func(t *testing.T) {
			c := newCrowd(t, 7)
			first := []model.AccessRequest{{Kind: model.User, Principal: "person0@contoso.example", Level: model.CanUse}, {Kind: model.Group, Principal: c.groups[0], Level: model.CanUse}}
			if _, err := c.world.ReplaceAccess(c.admin(), onTokens, first); err != nil {
				t.Fatal(err)
			}
			c.world.PresetToken(model.Token{Owner: "person0@contoso.example", CreatedBy: "person0@contoso.example", Created: time.Now()}, model.NewTokenValue())
			plan := planned(t, c.session, authorization.Want{Remove: []string{"person0@contoso.example"}})
			change(c)
			list, tokens := c.list(), c.tokens()
			_, err := c.session.Apply(t.Context(), confirm(t, plan), c.journal)
			if !isChanged(err) {
				t.Fatalf("%v", err)
			}
			if !slices.Equal(c.list(), list) || len(c.tokens()) != len(tokens) {
				t.Error("the change was made all the same")
			}
		})
	}
}
