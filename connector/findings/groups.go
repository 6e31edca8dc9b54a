package findings

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// isOwner is the level of an owner in access control lists. In Unity Catalog, groups do own.
const isOwner = "IS_OWNER"

var groupOwners = rule{
	id: "group-owners", level: Medium, title: "Groups that are listed as the owner in access control lists",
	means:  "A group owns catalogs, schemas and tables, and nothing that has an access control list. What has one for its owner has nobody, and what runs as its owner does not run.",
	remedy: "Make a user or a service principal the owner, on the page Permissions of the object.",
	needs:  ownedLists,
	find:   findGroupOwners,
}

// ownedLists are the kinds of the access control lists in which there is an owner.
func ownedLists(rules *access.Rules) (out []string) {
	for _, k := range rules.Levels {
		for _, level := range k.Levels {
			if level.API == isOwner {
				out = append(out, estate.ListsOf(string(k.Kind)))
			}
		}
	}
	return out
}

func findGroupOwners(l *look) (out []Evidence, _ []string, err error) {
	for _, kind := range ownedLists(l.facts.Rules()) {
		err := each(l, kind, func(row store.Row, list estate.AccessList) {
			for _, e := range list.Entries {
				if e.Kind == "group" && e.Level == isOwner {
					of := strings.TrimPrefix(kind, estate.ListsOf(""))
					object := of + " " + shown(estate.AliasKind(of), cmp.Or(row.Name, row.ID))
					out = append(out, proof(row, fmt.Sprintf("The group %s is listed as the owner of %s.", shown(connector.KindGroup, e.Principal), object)))
				}
			}
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return out, nil, nil
}

var sharedPrincipals = rule{
	id: "shared-principals", level: High, title: "Principals that everybody in the account may use or manage",
	means:  "Whoever is in the account can act as such a service principal or group, with all that it may do.",
	remedy: "Take the role from the group of everybody, and give it to those who need it.",
	needs:  kinds("service-principal-rules", "group-rules"),
	find:   findShared,
}

func findShared(l *look) (out []Evidence, _ []string, err error) {
	known, err := l.people()
	if err != nil {
		return nil, nil, err
	}
	for _, kind := range []string{"service-principal-rules", "group-rules"} {
		err := each(l, kind, func(row store.Row, r struct{ Role, Principal string }) {
			name, group := strings.CutPrefix(r.Principal, "groups/")
			if who, err := l.facts.Find(access.Account, name); !group || err != nil || !l.facts.Principal(who).Everybody {
				return
			}
			object := known[row.Parent].label()
			says := fmt.Sprintf("Everybody, the group %s, has the role %s on %s.", shown(connector.KindGroup, name), strings.TrimPrefix(r.Role, "roles/"), cmp.Or(object, shown(connector.KindName, row.Parent)))
			out = append(out, proof(row, says))
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return out, nil, nil
}
