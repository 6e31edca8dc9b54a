package cmd

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"os/user"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// maxResults bounds a file of results or a record, in bytes.
const maxResults = 2 << 20

// told are the environment variables whose names a bundle may hold, when they are set. What they are set to never leaves.
var told = []string{
	"ACCESSIBLE", "ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_COLOR", "NO_PROXY", "REDUCED_MOTION", "SSH_TTY", "SSL_CERT_DIR", "SSL_CERT_FILE", "TERM", "TMUX",
	"XDG_CONFIG_HOME",
}

// gather collects what the bundle tells: of the connection, of the test, of this machine.
func (a *app) gather(ctx context.Context, f bundleFlags, saved connector.Connection) (bundle.Contents, error) {
	noteMachine()
	c := bundle.Contents{
		Program:    bundle.Program{Version: a.version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Terminal: os.Getenv("TERM")},
		Connection: bundle.LinesOf(saved),
	}
	for _, name := range told {
		if os.Getenv(name) != "" || os.Getenv(strings.ToLower(name)) != "" {
			c.Environment = append(c.Environment, name)
		}
	}
	if f.record != "" {
		text, err := readSome(f.record)
		if err != nil {
			return c, err
		}
		c.Record = string(text)
	}
	if f.results != "" {
		text, err := readSome(f.results)
		if err != nil {
			return c, err
		}
		c.Stages, c.Verdict, err = stagesIn(text)
		return c, err
	}
	results, verdict, requests, err := a.tested(ctx, saved)
	c.Stages, c.Verdict, c.Requests = bundle.StagesOf(results), verdict, requests
	return c, err
}

// noteMachine makes who and what runs this a sensitive value, since paths and errors name them.
func noteMachine() {
	if who, err := user.Current(); err == nil {
		connector.Known().Note(connector.KindUser, who.Username)
	}
	if name, err := os.Hostname(); err == nil {
		connector.Known().Note(connector.KindHost, name)
	}
}

// tested walks the ladder as test does, and keeps a list of the requests.
func (a *app) tested(ctx context.Context, saved connector.Connection) ([]check.Result, string, []workspace.Exchange, error) {
	var mu sync.Mutex
	var requests []workspace.Exchange
	env := a.environment(nil)
	env.Network = a.watched(workspace.Network{Seen: func(e workspace.Exchange) {
		mu.Lock()
		defer mu.Unlock()
		requests = append(requests, e)
	}})
	t, err := env.Test(saved, false)
	if err != nil {
		return nil, "", nil, err
	}
	defer t.Close()
	results, err := a.climb(ctx, t.Attempt, false)
	mu.Lock()
	defer mu.Unlock()
	return results, setup.VerdictLine(t.Proof()), slices.Clone(requests), err
}

// stagesIn reads what test --json printed.
func stagesIn(text []byte) ([]bundle.Stage, string, error) {
	var r report.Ladder
	if err := json.Unmarshal(text, &r); err != nil || len(r.Stages) == 0 {
		return nil, "", usage("The results do not read as those of a test.", "Make them with draftt-databricks test NAME --json.")
	}
	var stages []bundle.Stage
	for _, s := range r.Stages {
		stage := bundle.Stage{
			ID: s.ID, State: s.State, Evidence: s.Evidence, Detail: s.Detail, BlockedBy: s.BlockedBy,
			Cause: s.Cause, Reason: s.Reason, Remedy: s.Remedy, Copy: s.Copy, Pattern: s.Pattern,
		}
		if s.State == string(check.Failed) && s.Cause != "" {
			stage.Exit = r.Exit
		}
		stages = append(stages, stage)
	}
	return stages, r.Verdict, nil
}

func readSome(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, usage("The file could not be read: "+connector.Said(err, 200)+".", "Give a file that this program wrote.")
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, maxResults+1))
	if err != nil || len(text) > maxResults {
		return nil, usage(connector.CleanLine(path, 200)+" cannot be read, or is too large.", "Give a file that this program wrote.")
	}
	return text, nil
}
