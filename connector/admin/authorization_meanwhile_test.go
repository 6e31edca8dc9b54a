package admin

import (
	"slices"
	"strings"
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

func TestWhatHappensAtTheLastMomentIsSaidAndWrittenDown(t *testing.T) {
	c := newCrowd(t, 7)
	for _, name := range []string{"person0@contoso.example", "person1@contoso.example"} {
		if _, err := c.world.GrantAccess(c.admin(), onTokens, []model.AccessRequest{{Kind: model.User, Principal: name, Level: model.CanUse}}); err != nil {
			t.Fatal(err)
		}
		c.world.PresetToken(model.Token{Owner: name, CreatedBy: name, Created: time.Now()}, model.NewTokenValue())
	}
	plan := planned(t, c.session, authorization.Want{Remove: []string{"person0@contoso.example", "users"}})
	late := ""
	c.session.fault = func(m moment) error {
		if m.at == "before the request" {
			for id, owner := range c.tokens() {
				if owner == "person1@contoso.example" {
					late = id
				}
			}
			return c.world.DeleteToken(c.admin(), late)
		}
		return nil
	}
	out := apply(t, c.session, plan, c.journal)
	if len(out.Differs) != 1 || !strings.Contains(out.Differs[0], late+" of person1@contoso.example") {
		t.Errorf("said %q of the token %s", out.Differs, late)
	}
	entries, err := c.journal.Entries()
	if err != nil || !slices.Equal(entries[len(entries)-1].Differs, out.Differs) {
		t.Errorf("%+v, %v", entries[len(entries)-1], err)
	}
	if again := planned(t, c.session, authorization.Want{Remove: []string{"person0@contoso.example", "users"}}); !again.Empty() {
		t.Errorf("still to do: %v", kinds(again))
	}
}
