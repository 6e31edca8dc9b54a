package cmd

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/outlet"
	"github.com/draftt-io/draftt-databricks/cmd/record"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/outfile"
)

// beginLogs opens the files that --record and --debug name, which must be new.
func (a *app) beginLogs(c *cobra.Command) (err error) {
	if a.flags.record != "" {
		if a.record, err = a.beginLog("--record", a.flags.record); err != nil {
			return err
		}
		a.out = outlet.Taped{Outlet: a.out, Record: a.record}
	}
	if a.flags.debug == "" {
		return nil
	}
	if a.debug, err = a.beginLog("--debug", a.flags.debug); err != nil {
		return err
	}
	a.debug.Tell(fmt.Sprintf("Command %s, %s, %s/%s", c.CommandPath(), runtime.Version(), runtime.GOOS, runtime.GOARCH))
	a.note("Requests are written to %s; names are aliases in it, and it holds no secret.", connector.CleanLine(a.flags.debug, 300))
	return nil
}

// endLogs closes what was begun.
func (a *app) endLogs(code int) {
	a.record.End(code)
	a.debug.End(code)
}

// network is that of this machine. A debug log is told of each request on it.
func (a *app) network() workspace.Network { return a.watched(workspace.Network{}) }

// watched is a network of whose requests a debug log is told, besides whoever is told of them anyway.
func (a *app) watched(network workspace.Network) workspace.Network {
	if a.debug == nil {
		return network
	}
	seen := network.Seen
	network.Seen = func(e workspace.Exchange) {
		if seen != nil {
			seen(e)
		}
		a.debug.Request(e)
	}
	return network
}

// beginLog opens a new file for a timeline, which a flag names.
func (a *app) beginLog(flag, path string) (*record.Recorder, error) {
	if path == standardOutput {
		return nil, usage(flag+" takes a file: its lines are written anew when a name in them becomes known.", "Give it a new one.")
	}
	saved.NoteMachine()
	r, err := record.Begin(path, connector.Known())
	if err != nil {
		return nil, usage("The file of "+flag+" could not be begun: "+connector.CleanLine(outfile.Reason(err), 200)+".", "Give "+flag+" a new file.")
	}
	r.Tell("Began, version " + a.version)
	return r, nil
}

// teller is what tells the record of events, nil where none is kept.
func (a *app) teller() func(string) {
	if a.record == nil && a.debug == nil {
		return nil
	}
	return func(event string) {
		a.record.Tell(event)
		a.debug.Tell(event)
	}
}
