package syncing

import (
	"bytes"
	"encoding/json"
	"io"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/sync"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// line is a line of JSON. Names of fields and values of event are stable.
type line struct {
	Event      string         `json:"event"` // plan, table, progress, shard, run, error
	Dir        string         `json:"folder,omitempty"`
	Format     string         `json:"format,omitempty"`
	Resumed    bool           `json:"resumed,omitempty"`
	Drops      []string       `json:"drops,omitempty"` // the runs that were stopped and go when this one is read
	Damaged    string         `json:"damaged,omitempty"`
	Shard      *int           `json:"shard,omitempty"` // from 1; 0 made the plan alone
	Shards     int            `json:"shards,omitempty"`
	Left       []lacking      `json:"shards_left,omitempty"`
	Table      string         `json:"table,omitempty"`
	State      string         `json:"state,omitempty"`
	Mode       string         `json:"mode,omitempty"`
	Reason     string         `json:"reason,omitempty"`
	Version    *int64         `json:"version,omitempty"`
	Expected   *int64         `json:"expected_rows,omitempty"`
	Rows       *int64         `json:"rows,omitempty"`
	Bytes      *int64         `json:"bytes,omitempty"`
	Rate       float64        `json:"rows_per_second,omitempty"`
	Seconds    float64        `json:"seconds_left,omitempty"`
	Statements []string       `json:"statements,omitempty"`
	Notes      []string       `json:"notes,omitempty"`
	Changes    *runs.Changes  `json:"changes,omitempty"`
	Run        string         `json:"run,omitempty"`
	Manifest   string         `json:"manifest,omitempty"`
	Removed    []string       `json:"removed_runs,omitempty"`
	Error      map[string]any `json:"error,omitempty"`
}

// lacking is a shard that is not read whole, with the tables of which it has something left.
type lacking struct {
	Shard  int      `json:"shard"`
	Tables []string `json:"tables"`
}

// Lines tells a run as lines of JSON.
type Lines struct{ Out io.Writer }

func (l Lines) say(one line) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(one)                                // it has nothing that JSON does not hold
	_, _ = l.Out.Write(connector.EscapeJSON(text.Bytes())) // a pipe that is closed is noticed where the run ends
}

// Plan tells what is to be read.
func (l Lines) Plan(p sync.Plan, s *sync.Sync) {
	head := line{Event: "plan", Dir: s.Dir(), Format: p.Request.Format, Resumed: s.Resumed, Drops: s.Drops, Damaged: s.Damaged()}
	head.about(s.Shard())
	l.say(head)
	for i := range p.Tables {
		t := &p.Tables[i]
		l.say(line{
			Event: "table", Table: shown(t.Name), State: "planned", Mode: t.Mode, Reason: t.Reason, Version: t.Version, Expected: t.Total, Statements: t.Sends(), Notes: t.Notes(),
		})
	}
}

// Tell tells how far a table is.
func (l Lines) Tell(e sync.Event) {
	one := line{Event: "progress", Table: shown(e.Table.Name), State: string(e.State), Rows: &e.Rows, Bytes: &e.Bytes, Rate: e.Rate, Seconds: e.Left.Seconds(), Expected: e.Table.Total}
	if e.State == sync.Done {
		one.Event, one.Mode, one.Reason, one.Version, one.Changes = "table", e.Table.Mode, e.Table.Reason, e.Table.Version, e.Table.Changes
	}
	if e.Fault != nil {
		what, remedy := connector.Words(e.Fault)
		one.Error = map[string]any{"message": what, "remedy": remedy}
	}
	l.say(one)
}

// Failed tells what ended the sync, where it is not whole.
func (l Lines) Failed(message, remedy string, exit int) {
	l.say(line{Event: "error", Error: map[string]any{"message": message, "remedy": remedy, "exit": exit}})
}

// about has a line tell which shard it is about, where it is about one.
func (l *line) about(shard sync.Shard) {
	if l.Shards = shard.Of; shard.Of > 0 {
		l.Shard = &shard.Part
	}
}

// shard tells that a shard was read, and what is left to read.
func (l Lines) shard(one sync.Shard, left []sync.Left) {
	end := line{Event: "shard", State: string(sync.Done)}
	end.about(one)
	for _, of := range left {
		lacks := lacking{Shard: of.Shard, Tables: []string{}}
		for _, t := range of.Tables {
			lacks.Tables = append(lacks.Tables, connector.ShownText(t))
		}
		end.Left = append(end.Left, lacks)
	}
	l.say(end)
}

// Ended tells the run, and which runs had to go for it.
func (l Lines) Ended(run *runs.Run, removed []string) {
	rows, bytes := run.Manifest.Totals()
	l.say(line{Event: "run", Run: run.ID, Dir: run.Folder, Rows: &rows, Bytes: &bytes, Manifest: run.Path("_manifest.json"), Removed: removed})
}

func shown(table string) string { return connector.Shown(connector.KindTable, table) }
