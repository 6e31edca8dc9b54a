package export

import (
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// node and edge are those of BloodHound's OpenGraph: bloodhound.specterops.io/opengraph/developer.
type node struct {
	ID         string         `json:"id"`
	Kinds      []string       `json:"kinds"`
	Properties map[string]any `json:"properties"`
}

type edge struct {
	Kind       string         `json:"kind"`
	Start      end            `json:"start"`
	End        end            `json:"end"`
	Properties map[string]any `json:"properties"` // asked for, if only as an empty object
}

type end struct {
	Value string `json:"value"`
	By    string `json:"match_by"`
}

// sourceKind is the kind that all nodes have, by which BloodHound tells them from those of others.
const sourceKind = "Databricks"

// charting is a graph while it is written. Principals go by their names, which is how access control lists and grants name them.
type charting struct {
	run    *store.Run
	out    io.Writer
	rows   int
	begun  bool
	wrong  error
	nodes  map[string]string // the node of a principal by its number
	kindOf map[string]string // the kind of a principal of the account by its name
	local  map[string]bool   // the names of groups that live in the workspace: there they come before those of the account
	known  map[string]bool   // the principals that are nodes
	only   map[string]bool   // the other nodes, where some are left out; nil where none is

	account, workspace string // their nodes; empty where there is none
}

// graph writes everybody and everything as one graph. Who is named without being known is a node as well.
func graph(run *store.Run, w io.Writer, kinds []string, filtered bool, keeps func(store.Row) bool) (int, error) {
	c := &charting{run: run, out: w, nodes: map[string]string{}, kindOf: map[string]string{}, local: map[string]bool{}, known: map[string]bool{}}
	if kinds != nil || filtered {
		c.only = map[string]bool{}
	}
	c.text(`{"metadata":{"source_kind":"` + sourceKind + `"},"graph":{"nodes":[`)
	for _, k := range nodeKinds {
		if kinds != nil && !slices.Contains(kinds, k.kind) {
			continue
		}
		c.each(k.kind, func(row store.Row) {
			if keeps(row) {
				c.node(k.kind, k.label, row)
			}
		})
	}
	c.entries(func(principal, kind, _, _ string, _ []string) { c.stranger(kind, principal) })
	c.places()
	c.text("\n],\"edges\":[")
	c.begun = false
	c.memberships()
	c.holdings()
	c.roles()
	c.entries(func(principal, kind, level, object string, from []string) {
		c.link("Databricks"+pascal(level), c.idOf(kind, principal), object, from)
	})
	c.text("\n]}}\n")
	return c.rows, c.wrong
}

func (c *charting) text(s string) {
	if c.wrong == nil {
		_, c.wrong = io.WriteString(c.out, s)
	}
}

// link writes an edge, unless an end of it was left out.
func (c *charting) link(kind, start, end string, from []string) {
	left := func(id string) bool {
		word, _, _ := strings.Cut(id, "/")
		return c.only != nil && !c.only[id] && (labels[word] == "" || !c.known[id])
	}
	if left(start) || left(end) {
		return
	}
	e := edge{Kind: kind, Start: at(start), End: at(end), Properties: map[string]any{}}
	if len(from) > 0 {
		shown := make([]string, len(from))
		for i := range from {
			shown[i] = aliasPath(from[i])
		}
		e.Properties = map[string]any{"inherited_from": shown}
	}
	c.put(e)
}

func (c *charting) put(value any) {
	if c.begun {
		c.text(",")
	}
	c.begun = true
	c.text("\n" + encode(value))
	c.rows++
}

func (c *charting) each(kind string, do func(store.Row)) {
	for row, err := range c.run.Rows(kind) {
		if err != nil || c.wrong != nil {
			if c.wrong == nil {
				c.wrong = err
			}
			return
		}
		do(row)
	}
}

// principalKinds are the words of access control lists for the kinds of principals.
var principalKinds = map[string]string{"DatabricksUser": "user", "DatabricksGroup": "group", "DatabricksServicePrincipal": "service_principal"}

func (c *charting) node(kind, label string, row store.Row) {
	var fields map[string]any
	_ = json.Unmarshal([]byte(row.Body), &fields)
	id := kind + "/" + row.ID
	if is := principalKinds[label]; is != "" {
		name := row.Name
		if app, _ := fields["applicationId"].(string); app != "" {
			name = app
		}
		id = c.principal(is, name, fields)
		if c.nodes[row.ID] = id; c.known[id] {
			return
		}
		c.known[id] = true
	}
	if c.only != nil {
		c.only[id] = true
	}
	shown := Shared(row)
	_ = json.Unmarshal([]byte(shown.Body), &fields)
	properties := map[string]any{"name": shown.Name, "databricks_id": shown.ID}
	for name, value := range fields {
		if plain(value) && name != "name" {
			properties[strings.ReplaceAll(name, ".", "_")] = value
		}
	}
	c.put(node{ID: aliasPath(id), Kinds: []string{label, sourceKind}, Properties: properties})
}

// principal is the node of a principal that was listed. What grants name is somebody of the account, and of a name that several kinds have there it is
// not told who.
func (c *charting) principal(is, name string, fields map[string]any) string {
	if meta, _ := fields["meta"].(map[string]any); is == "group" && meta["resourceType"] == "WorkspaceGroup" {
		c.local[name] = true
		return localGroup + "/" + name
	}
	if other := c.kindOf[name]; other != "" && other != is {
		c.kindOf[name] = "principal"
	} else {
		c.kindOf[name] = is
	}
	return is + "/" + name
}

// localGroup is the word for a group that lives in the workspace.
const localGroup = "workspace-group"

// plain reports a value that OpenGraph takes: a text, a number, a truth, or a list of texts.
func plain(value any) bool {
	list, is := value.([]any)
	if !is {
		_, inner := value.(map[string]any)
		return value != nil && !inner
	}
	return !slices.ContainsFunc(list, func(v any) bool { _, text := v.(string); return !text })
}

// labels are the labels of principals by the words of access control lists.
var labels = map[string]string{"user": "DatabricksUser", "group": "DatabricksGroup", "service_principal": "DatabricksServicePrincipal", "principal": "DatabricksPrincipal", localGroup: "DatabricksGroup"}

// stranger makes a node of who is named and was not listed.
func (c *charting) stranger(kind, name string) {
	raw := c.idOf(kind, name)
	if c.known[raw] {
		return
	}
	c.known[raw] = true
	word, _, _ := strings.Cut(raw, "/")
	c.put(node{ID: aliasPath(raw), Kinds: []string{labels[word], sourceKind}, Properties: map[string]any{"name": aliasPath(name), "listed": false}})
}

func (c *charting) idOf(kind, name string) string {
	if kind == "group" && c.local[name] {
		kind = localGroup
	}
	if kind == "" {
		if kind = c.kindOf[name]; kind == "" {
			kind = "principal"
		}
	}
	return kind + "/" + name
}

func at(id string) end { return end{aliasPath(id), "id"} }

// memberships are the edges from members to groups, of the account or else of the workspace.
func (c *charting) memberships() {
	seen := map[string]bool{}
	for _, kind := range []string{"memberships", "workspace-memberships"} {
		c.each(kind, func(row store.Row) {
			group, member, _ := strings.Cut(row.ID, "/")
			from, to := c.nodes[member], c.nodes[group]
			if from == "" || to == "" || seen[row.ID] {
				return
			}
			seen[row.ID] = true
			c.link("DatabricksMemberOf", from, to, nil)
		})
	}
}

// holders are the kinds of rows that lie in others of one kind.
var holders = map[string]string{"schemas": "catalogs", "tables": "schemas", "volumes": "schemas", "functions": "schemas", "models": "schemas"}

// holdings are the edges from what something lies in, and from whoever owns it.
func (c *charting) holdings() {
	for _, k := range nodeKinds {
		c.each(k.kind, func(row store.Row) {
			if in := holders[k.kind]; in != "" {
				c.link("DatabricksContains", in+"/"+row.Parent, k.kind+"/"+row.ID, nil)
			}
			var has struct{ Owner string }
			if json.Unmarshal([]byte(row.Body), &has) == nil && c.known[c.idOf("", has.Owner)] {
				c.link("DatabricksOwns", c.idOf("", has.Owner), k.kind+"/"+row.ID, nil)
			}
		})
	}
}

// entries goes through who may do what: access control lists, secret scopes and grants.
func (c *charting) entries(do func(principal, kind, level, object string, from []string)) {
	for _, k := range nodeKinds {
		c.each(estate.ListsOf(k.kind), func(row store.Row) {
			if k.kind == "secret-scopes" {
				var one struct {
					Principal, Permission string
				}
				if json.Unmarshal([]byte(row.Body), &one) == nil {
					do(one.Principal, "", one.Permission, k.kind+"/"+row.Parent, nil)
				}
				return
			}
			var list estate.AccessList
			_ = json.Unmarshal([]byte(row.Body), &list)
			for _, e := range list.Entries {
				do(e.Principal, e.Kind, e.Level, k.kind+"/"+row.ID, e.From)
			}
		})
		c.each(estate.GrantsOf(k.kind), func(row store.Row) {
			var held struct {
				Principal  string
				Privileges []string
			}
			_ = json.Unmarshal([]byte(row.Body), &held)
			for _, p := range held.Privileges {
				do(held.Principal, "", p, k.kind+"/"+row.Parent, nil)
			}
		})
	}
}

// pascal makes CanManageRun of CAN_MANAGE_RUN.
func pascal(words string) string {
	var out strings.Builder
	for word := range strings.SplitSeq(strings.ToLower(words), "_") {
		if word != "" {
			out.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return out.String()
}
