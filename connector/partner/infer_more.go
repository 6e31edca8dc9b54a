package partner

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/partner/called"
)

// clustersOf takes the clusters that a principal made. Partner Connect gives them no name of its own, so that they say no more.
func (in *inferring) clustersOf(c *Connection) {
	for _, one := range in.traces.Clusters {
		if one.Creator.Raw() != "" && one.Creator.Raw() == c.Principal.ApplicationID.Name().Raw() {
			c.Clusters = append(c.Clusters, one)
			c.Evidence = append(c.Evidence, "cluster "+one.Name.String()+", made by it")
		}
	}
}

// apps takes the OAuth apps of the account by their names. One of a partner that left nothing else here is a connection: people sign in to it.
func (in *inferring) apps() {
	for _, a := range in.traces.Apps {
		p, isKnown := byName(a.Name.Raw())
		if !isKnown {
			if like, reminds := reminder(a.Name.Raw()); reminds {
				in.alike(appText(a), "It is not called "+like.Name+", and anybody can give an app a name.")
			}
			continue
		}
		there := false
		for i := range in.out.Connections {
			if c := &in.out.Connections[i]; c.Partner.Name == p.Name {
				there = true
				c.Apps, c.Evidence = append(c.Apps, a), append(c.Evidence, appText(a))
			}
		}
		if there {
			continue
		}
		c := Connection{Partner: p, Known: true, Sure: Likely, Evidence: []string{appText(a)}, Apps: []account.App{a}, Against: []string{"An app is of the whole account: from which workspace people use it is not said."}}
		if !a.Published {
			c.Sure = Possible
			c.Against = append(c.Against, "An admin made it, and anybody can give an app a name.")
		}
		in.out.Connections = append(in.out.Connections, c)
	}
}

// byName is the partner that has exactly this name.
func byName(name string) (Partner, bool) {
	found, known := called.By(name)
	if !known {
		return Partner{}, false
	}
	p, err := Find(found.Name)
	return p, err == nil
}

// appText is an app in a sentence.
func appText(a account.App) string {
	text := fmt.Sprintf("OAuth app “%s” of the account", a.Name)
	if a.Published {
		text = fmt.Sprintf("published OAuth app “%s” of the account", a.Name)
	}
	if a.By.Raw() != "" {
		text += ", made by " + a.By.String()
	}
	if !a.Created.IsZero() {
		text += ", since " + day(a.Created)
	}
	if len(a.Back) > 0 {
		text += ", which leads back to " + strings.Join(slices.Compact(slices.Clone(a.Back)), ", ")
	}
	return text
}
