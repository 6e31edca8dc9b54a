// Package called knows by which names partners of Databricks go, and what Partner Connect calls the objects that it makes for them. It is the one rule for
// whoever tells a partner's principal, token or warehouse from others'.
package called

import (
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector"
)

// The ends of the names that Partner Connect gives: <PARTNER>_USER for the service principal, as documented, and <PARTNER>_ENDPOINT for a warehouse, which
// is seen and not documented.
const (
	UserEnd     = "_USER"
	EndpointEnd = "_ENDPOINT"
)

// Partner is a partner by its names.
type Partner struct {
	Name string
	Also []string // other names that people know it by
}

// document is the file of sets, as far as it has names.
type document struct {
	Dated, Source string
	Groups        []struct {
		Name             string
		Owns, Many, Ours bool
		Needs            []map[string]string
		Asks             []string
		Partners         []Partner
	}
	Others []Partner
}

// byName has each partner under the keys of all its names. Draftt itself came by no tile of Partner Connect.
var byName = sync.OnceValue(func() map[string]Partner {
	read, found := assets.Must[document]("partners.yaml"), map[string]Partner{}
	all := read.Others
	for _, g := range read.Groups {
		if !g.Ours {
			all = append(all, g.Partners...)
		}
	}
	for _, p := range all {
		for _, name := range append([]string{p.Name}, p.Also...) {
			found[Key(name)] = p
		}
	}
	return found
})

// Of is the partner for whom an object of this name was made, in the manner of Partner Connect: Fivetran of FIVETRAN_USER, where end is UserEnd. form tells
// that the name has that form, whoever stands before the end; a partner that is not known has that for its name.
func Of(name, end string) (p Partner, known, form bool) {
	upper, form := strings.CutSuffix(name, end)
	if !form || upper == "" || upper != strings.ToUpper(upper) || strings.ContainsAny(upper, " -.") {
		return p, false, false
	}
	if p, known = byName()[Key(upper)]; known {
		return p, true, true
	}
	return Partner{Name: connector.CleanLine(upper, 60)}, false, true
}

// By is the partner that has exactly this name.
func By(name string) (p Partner, known bool) {
	p, known = byName()[Key(name)]
	return p, known
}

// Key is a name without what people write differently.
func Key(name string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '_' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(name)))
}
