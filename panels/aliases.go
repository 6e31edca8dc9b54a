package panels

import (
	"sync"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Aliases let the terminal kit show those of the engine while the screen is shared.
func Aliases() *ui.Aliases {
	return &ui.Aliases{
		Sharing: connector.Sharing, Share: Share, Text: connector.ShownText,
		Name: connector.Known().Name,
		Value: func(text string) string {
			return connector.Shown(connector.KindValue, text)
		},
	}
}

// Share turns share mode on or off for the whole process.
func Share(on bool) {
	if on {
		ownSentences()
	}
	connector.Share(on)
}

// ownTitles and ownPhrases are words of this program that are likely names of a catalog as well.
var (
	ownTitles  = []string{"Inventory", "Resources", "Kinds", "Runs", "Asset inventory"}
	ownPhrases = []string{
		"Take an inventory", "an inventory", "An inventory", "the inventory", "The inventory", "this inventory", "last inventory", "next inventory", "no inventory", "No inventory",
		"draftt-databricks inventory",
	}
)

// ownSentences has no name that a workspace gives be seen in a sentence of ours. It is put off until a screen is shared, because the table of
// causes takes milliseconds to read.
var ownSentences = sync.OnceFunc(func() {
	connector.Known().Own(setup.OwnSentences()...)
	connector.Known().Own(ownPhrases...)
	connector.Known().Titles(ownTitles...)
	connector.Known().Shelf(store.Shelf)
	for _, p := range partner.All() { // which are no names of the company's
		connector.Known().Own(append([]string{p.Name}, p.Also...)...)
		connector.Known().Titles(p.Made()...)
	}
	for _, rule := range lint.Rules() {
		connector.Known().Own(rule.Text)
	}
	for _, cause := range check.Causes() {
		connector.Known().Own(cause.Reason, cause.Remedy, cause.Here)
	}
})
