package home

import (
	"strings"

	"charm.land/bubbles/v2/key"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// offer is what home does with the saved connection under the cursor.
type offer struct {
	key  key.Binding // and what it does, in a word
	open func(*Screen, connector.Connection) ui.Panel
}

// test is what enter does.
var test = offer{ui.Bind("test", "enter", "t"), newTestPanel}

// offers are the others, what is done most first.
var offers = []offer{
	{ui.Bind("rotate", "r"), newRotatePanel},
	{ui.Bind("audit", "u"), newCertificatePanel},
	{ui.Bind("disconnect", "d"), newDisconnectPanel},
	{ui.Bind("rename", "m"), newRenamePanel},
	{ui.Bind("delete", "x"), newDeletePanel},
}

// alsoWithin are the keys of the offers, for which the footer may have no room: all of them, or in narrower windows as many as fit.
func alsoWithin(width int) string {
	keys := make([]string, len(offers))
	for i, o := range offers {
		keys[i] = o.key.Help().Key + " " + o.key.Help().Desc
	}
	for _, rest := range []string{"/ filter", "? all"} {
		if line := strings.Join(append(keys[:len(keys):len(keys)], rest), " · "); len([]rune(line)) <= width {
			return line
		}
	}
	for len(keys) > 1 && len([]rune(strings.Join(keys, " · ")+" · ? more")) > width {
		keys = keys[:len(keys)-1]
	}
	return strings.Join(keys, " · ") + " · ? more"
}
