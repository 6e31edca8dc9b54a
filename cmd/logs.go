package cmd

import (
	"github.com/draftt-io/draftt-databricks/cmd/record"
	"github.com/draftt-io/draftt-databricks/connector"
)

// beginRecord opens the file that --record names, which must be new.
func (a *app) beginRecord() (err error) {
	if a.flags.record == "" {
		return nil
	}
	if a.record, err = a.beginLog("--record", a.flags.record); err != nil {
		return err
	}
	a.out = taped{a.out, a.record}
	return nil
}

// beginLog opens a new file for a timeline, which a flag names.
func (a *app) beginLog(flag, path string) (*record.Recorder, error) {
	if path == standardOutput {
		return nil, usage(flag+" takes a file: its lines are written anew when a name in them becomes known.", "Give it a new one.")
	}
	noteMachine()
	r, err := record.Begin(path, connector.Known())
	if err != nil {
		return nil, usage("The file of "+flag+" could not be begun: "+connector.Said(err, 200)+".", "Give "+flag+" a new file.")
	}
	r.Tell("Began, version " + a.version)
	return r, nil
}

// teller is what tells the record of events, nil where none is kept.
func (a *app) teller() func(string) {
	if a.record == nil {
		return nil
	}
	return a.record.Tell
}

// taped is an output whose text is recorded as well.
type taped struct {
	output
	record *record.Recorder
}

// Write writes to both.
func (t taped) Write(p []byte) (int, error) {
	_, _ = t.record.Write(p)
	return t.output.Write(p) //nolint:wrapcheck // a writer hands on its writer's error
}

func (t taped) below() output { return t.output }
