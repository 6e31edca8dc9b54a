package findings

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/words"
)

// Limits of groups of the account, after the page that limits goes by: how many groups one may be in directly, and how many groups may be in each other,
// the outermost among them.
const (
	mostDirect = 1_500
	mostLayers = 10
)

// nesting is who is in which group of the account, by their ids.
type nesting struct {
	names  map[string]string   // of groups
	inside map[string][]string // the groups that are directly in one
	direct map[string]int      // of each member, how many groups it is in directly
	layers map[string]int      // of a group, how many groups are in each other there; 0 while they are counted
	next   map[string]string   // the one that is in it on the longest way
}

func findNesting(l *look) (out []Evidence, err error) {
	n := nesting{map[string]string{}, map[string][]string{}, map[string]int{}, map[string]int{}, map[string]string{}}
	if err := each(l, "groups", func(row store.Row, _ struct{}) { n.names[row.ID] = row.Name }); err != nil {
		return nil, err
	}
	called := map[string]string{}
	if err := each(l, "memberships", func(row store.Row, m struct {
		Display string `json:"display_name"`
	}) {
		group, member, _ := strings.Cut(row.ID, "/")
		if n.direct[member]++; n.names[member] != "" {
			n.inside[group] = append(n.inside[group], member)
		}
		called[member] = m.Display
	}); err != nil {
		return nil, err
	}
	for _, member := range slices.Sorted(maps.Keys(n.direct)) {
		if count := n.direct[member]; count*100 >= mostDirect*near {
			row := store.Row{Kind: "memberships", ID: member, Name: called[member]}
			out = append(out, proof(row, fmt.Sprintf("Groups that %s is in directly: %s of %s.", shown(connector.KindUser, called[member]), words.Thousands(count), words.Thousands(mostDirect))))
		}
	}
	for _, group := range slices.Sorted(maps.Keys(n.names)) {
		if layers := n.count(group); layers*100 >= mostLayers*near && n.direct[group] == 0 {
			says := fmt.Sprintf("Layers of groups in the group %s: %d of %d.", shown(connector.KindGroup, n.names[group]), layers, mostLayers)
			out = append(out, proof(store.Row{Kind: "groups", ID: group, Name: n.names[group]}, says, n.way(group)))
		}
	}
	return out, nil
}

// count is how many groups are in each other in one, which counts as well. Groups that are in each other in a circle are counted once.
func (n nesting) count(group string) int {
	if layers, met := n.layers[group]; met {
		return layers
	}
	n.layers[group] = 0
	most := 0
	for _, inner := range n.inside[group] {
		if layers := n.count(inner); layers > most {
			most, n.next[group] = layers, inner
		}
	}
	n.layers[group] = most + 1
	return most + 1
}

// way is the longest way from a group inward.
func (n nesting) way(group string) string {
	var names []string
	for at := group; at != "" && len(names) <= 2*mostLayers; at = n.next[at] {
		names = append(names, shown(connector.KindGroup, n.names[at]))
	}
	return strings.Join(names, " → ")
}
