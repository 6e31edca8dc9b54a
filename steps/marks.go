package steps

import (
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/ui"
)

// holdsMarks are how far prerequisites hold as the card marks it.
var holdsMarks = map[Holds]ui.Mark{
	NotAskedYet: ui.MarkWaiting, ItHolds: ui.MarkPass, ItHoldsBut: ui.MarkWarn, CannotTell: ui.MarkUnknown, ItLacks: ui.MarkFail,
}

// changeWords say how far a change has come.
var changeWords = map[admin.Event]struct {
	mark ui.Mark
	word string
}{
	"":            {ui.MarkWaiting, "waiting"},
	admin.Started: {ui.MarkRunning, "doing"},
	admin.Done:    {ui.MarkPass, "done"},
	admin.Already: {ui.MarkPass, "already so"},
	admin.Failed:  {ui.MarkFail, "failed"},
}
