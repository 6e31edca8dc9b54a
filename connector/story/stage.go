package story

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Stage is what a story is played on. Nothing of it leaves the machine, and nothing stays when it is struck.
type Stage struct {
	Workspace *demo.Workspace
	// Env is for set-ups and for the home screen: the workspace's network, and a vault that is thrown away.
	Env setup.Environment

	dir   string
	ready func() error
}

// Raise prepares the workspace of a scenario, in a story or by itself, with a vault in a folder that goes with it. Strike ends both. What a
// form shows is there at once; the rest is made by Ready, for which the first connection waits.
func Raise(ctx context.Context, scenario demo.Scenario, s Story, version string) (*Stage, error) {
	dir, err := os.MkdirTemp("", "draftt-databricks-demo-")
	if err != nil {
		return nil, fmt.Errorf("make a throw-away folder: %w", err)
	}
	w, err := demo.Prepare(ctx, scenario, demo.Options{})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	st := &Stage{Workspace: w, dir: dir}
	st.Env = setup.Environment{Network: w.Network(), Version: version, Vault: vault.Open(filepath.Join(dir, "vault")), KeyFile: filepath.Join(dir, "key.txt")}
	st.ready = sync.OnceValue(func() error { return st.make(ctx) })
	dial := st.Env.Network.Dial
	st.Env.Network.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) { // nothing can be saved before it was connected
		if err := st.Ready(); err != nil {
			return nil, err
		}
		return dial(ctx, network, addr)
	}
	st.Env.Demo = &setup.Demo{
		Scenario: scenario.ID, Story: s.ID, Admin: st.admin(), Owner: w.Grant, Fill: st.Draft, Coach: NewCoach(s),
		NetworkCA: w.NetworkCAPEM(),
	}
	return st, nil
}

// Ready makes the stage, unless it is made. Whoever comes meanwhile waits, and whoever comes later is told the same.
func (st *Stage) Ready() error { return st.ready() }

// make has the workspace run while the vault waits for the disk. A panic is an error to everybody who waits.
func (st *Stage) make(ctx context.Context) error {
	protected := contain.Ask("protecting the demo's connections", func() (struct{}, error) {
		return struct{}{}, st.Env.Vault.InitKeyFile(ctx, st.Env.KeyFile)
	})
	made := contain.Ask("making the demo's workspace", func() (struct{}, error) { return struct{}{}, st.Workspace.Make() })
	return errors.Join((<-made).Err, (<-protected).Err)
}

// Strike ends the workspace, and deletes what was saved.
func (st *Stage) Strike() error {
	_ = st.Ready() // nothing is made in the folder once it is deleted
	return errors.Join(st.Workspace.Close(), os.RemoveAll(st.dir))
}

// admin signs in as the admin of the embedded workspace, whom a presenter plays.
func (st *Stage) admin() setup.SignsIn {
	who := st.Workspace.Admin()
	outside := setup.Environment{Network: st.Workspace.Inside(), Version: st.Env.Version} // where an admin signs in with credentials
	host, _, err := connector.ParseHost(demo.HostName, nil)
	if err != nil {
		return nil // the name is this program's own
	}
	return outside.OpenAdmin(setup.WorkspaceTarget{Host: host, CACerts: st.Workspace.NetworkCAPEM()}, setup.SignInWay{Creds: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret}})
}

// Draft is the form, filled in. What a scenario has in the client ID field need not be a client ID; the form says so then.
func (st *Stage) Draft() (*setup.Draft, error) {
	draft := setup.NewDraft(nil)
	if err := draft.Prefill(setup.Answers{Host: st.Workspace.Host()}, setup.FromDemo); err != nil {
		return nil, err
	}
	creds := st.Workspace.SignIn()
	draft.SetMethod(creds.Method)
	if creds.ClientID != "" {
		_, _ = draft.SetClientID(string(creds.ClientID), setup.FromDemo)
	}
	draft.SetSecret(creds.Secret)
	return draft, nil
}

// Save proves the scenario's own choices and saves them as a connection, as a set-up that nobody watches does, for a story that begins with one.
func (st *Stage) Save(ctx context.Context) error {
	if err := st.Ready(); err != nil {
		return err
	}
	target, err := st.Workspace.Target()
	if err != nil {
		return err
	}
	signIn := st.Workspace.SignIn()
	answers := setup.AnswersFile{
		Host: st.Workspace.Host(), Method: signIn.Method, ClientID: string(signIn.ClientID), Warehouse: string(target.WarehouseID), StartWarehouse: target.Start,
		SecretExpires: target.Expires, Catalog: setup.Written(target.Table.Catalog), Schema: setup.Written(target.Table.Schema), Name: "inventory-assets",
	}
	for _, table := range target.Tables {
		answers.Tables = append(answers.Tables, setup.Written(table.Table))
	}
	draft, err := setup.FileDraft(answers, signIn.Secret, nil, nil)
	if err != nil {
		return err
	}
	s := setup.New(st.Env, draft)
	defer s.Close()
	results, err := setup.NewHeadless(s, answers, func(check.Result) {}).Run(ctx, setup.Protector{Vault: st.Env.Vault, KeyFile: st.Env.KeyFile})
	if err == nil && s.Saved().ID == "" && ctx.Err() == nil {
		return fmt.Errorf("the scenario %s cannot begin with a saved connection: %s", st.Workspace.Scenario().ID, check.Text(*check.Failure(results)))
	}
	return err
}
