package panels

import (
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/prerequisites"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/ui"
)

// HoldsMarks are how far prerequisites hold as the card marks it. What cannot be told has no question mark: on this page that is a key.
var HoldsMarks = map[prerequisites.Holds]ui.Mark{
	prerequisites.NotAskedYet: ui.MarkWaiting, prerequisites.ItHolds: ui.MarkPass, prerequisites.ItHoldsBut: ui.MarkWarn, prerequisites.CannotTell: ui.MarkWaiting, prerequisites.ItLacks: ui.MarkFail,
}

// OutcomeMarks are what tests of saved connections come to, as lists of them mark it.
var OutcomeMarks = map[saved.Outcome]ui.Mark{saved.Works: ui.MarkPass, saved.NeedsALook: ui.MarkWarn, saved.Fails: ui.MarkFail}

// ChangeWords say how far a change has come.
var ChangeWords = map[admin.Event]struct {
	Mark ui.Mark
	Word string
}{
	"":            {ui.MarkWaiting, "waiting"},
	admin.Started: {ui.MarkRunning, "doing"},
	admin.Done:    {ui.MarkPass, "done"},
	admin.Already: {ui.MarkPass, "already so"},
	admin.Failed:  {ui.MarkFail, "failed"},
}
