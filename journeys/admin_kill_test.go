package journeys

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// site is a machine with a vault, and an embedded workspace on loopback that the program is let in to by name.
type site struct {
	*machine
	*demo.Workspace
	caFile string
}

func newSite(t *testing.T, scenario string, change ...func(*demo.Options)) *site {
	t.Helper()
	found, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	var options demo.Options
	for _, do := range change {
		do(&options)
	}
	w, err := demo.Start(t.Context(), found, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	s := &site{machine: newMachine(t), Workspace: w}
	s.caFile = filepath.Join(s.home.Dir, "ca.pem")
	if err := os.WriteFile(s.caFile, w.CAPEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) at() connector.Host {
	s.t.Helper()
	allow, err := connector.AllowList(nil).Allow(s.Addr())
	if err != nil {
		s.t.Fatal(err)
	}
	host, _, err := connector.ParseHost(s.Addr(), allow)
	if err != nil {
		s.t.Fatal(err)
	}
	return host
}

// keep saves a connection with the connector's own credentials.
func (s *site) keep(name string) {
	s.t.Helper()
	v := vault.Open(s.folder)
	if err := v.Unlock(s.t.Context(), vault.Keys{KeyFile: s.keyFile}); err != nil {
		s.t.Fatal(err)
	}
	c := connection(s.t, name)
	c.Host, c.CACerts = s.at(), s.CAPEM()
	c.Credentials.Secret = s.Connector().Secret
	c.Principal = connector.Principal{Name: connector.FromRemote(demo.ConnectorID), DisplayName: connector.FromRemote(demo.ConnectorName), Active: true}
	if _, err := v.Save(s.t.Context(), c); err != nil {
		s.t.Fatal(err)
	}
}

// asAdmin runs the program with the admin's secret on standard input, and kills it as soon as dies says so. It reports whether it was
// killed, and else the exit code.
func (s *site) asAdmin(dies func() bool, args ...string) (bool, outcome) {
	s.t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(program, append(args, "--key-file", s.keyFile, "--admin-client-id", string(s.Admin().ClientID), "--admin-secret-stdin")...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = s.home.Environ(), bytes.NewReader(s.Admin().Secret.Reveal()), &stdout, &stderr
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait()
	}()
	killed := false
	for running := true; running; {
		select {
		case <-ended:
			running = false
		default:
			if !killed && dies() {
				killed = cmd.Process.Kill() == nil
			}
			time.Sleep(100 * time.Microsecond) // leaves the processor to the program
		}
	}
	return killed && cmd.ProcessState.ExitCode() != 0, outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

func never() bool { return false }

// written reports whether the journal has that many lines.
func (s *site) written(lines int) func() bool {
	return func() bool {
		text, _ := os.ReadFile(filepath.Join(s.folder, "journal", admin.JournalName))
		return bytes.Count(text, []byte("\n")) >= lines
	}
}

// sealedAnew reports whether the saved connections differ from what they are now.
func (s *site) sealedAnew() func() bool {
	state := func() string {
		found, _ := filepath.Glob(filepath.Join(s.folder, "connections", "*.age"))
		text := ""
		for _, path := range found {
			sealed, _ := os.ReadFile(path)
			text += path + string(sealed)
		}
		return text
	}
	before := state()
	return func() bool { return state() != before }
}

// session is the workspace as its admin sees it.
func (s *site) session() *admin.Session {
	s.t.Helper()
	session, err := admin.Open(s.t.Context(), admin.Config{
		Host: s.at(), Network: workspace.Network{ExtraCAs: s.CAPEM()}, Version: "1.2.3",
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: s.Admin().ClientID, Secret: s.Admin().Secret},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(session.Close)
	return session
}

// one fails unless exactly one principal has the name, with exactly one secret.
func (s *site) one(name string) {
	s.t.Helper()
	session := s.session()
	found, err := session.Named(s.t.Context(), name)
	if err != nil || len(found) != 1 {
		s.t.Fatalf("%d service principals are called %s, %v", len(found), name, err)
	}
	if secrets, err := session.Secrets(s.t.Context(), found[0].ID); err != nil || len(secrets) != 1 {
		s.t.Errorf("%d secrets, %v", len(secrets), err)
	}
}

// everyMoment tells a story for a death at each line of the journal, and at each time a connection is sealed.
func everyMoment(t *testing.T, lines int, story func(t *testing.T, dies func(*site) func() bool)) {
	everyMomentOf(t, "", lines, story)
	t.Run("the connection is sealed", func(t *testing.T) {
		t.Parallel()
		story(t, func(s *site) func() bool { return s.sealedAnew() })
	})
}

// everyMomentOf tells a story for a death at each line of the journal, where nothing is sealed.
func everyMomentOf(t *testing.T, what string, lines int, story func(t *testing.T, dies func(*site) func() bool)) {
	for n := 1; n <= lines; n++ {
		t.Run(strings.TrimSpace(fmt.Sprintf("%s line %d of the journal", what, n)), func(t *testing.T) {
			t.Parallel()
			story(t, func(s *site) func() bool { return s.written(n) })
		})
	}
}

func TestProvisioningThatIsKilledAnywhereIsFinishedByTheNextRun(t *testing.T) {
	everyMoment(t, 18, func(t *testing.T, dies func(*site) func() bool) {
		s := newSite(t, "first-time")
		command := []string{"provision", "--host", s.Addr(), "--allow-host", s.Addr(), "--ca-file", s.caFile, "--create", "draftt-new", "--warehouse", "Starter Warehouse",
			"--schema", "inventory.assets", "--table", "components", "--save-as", "prod", "--apply", "--yes", "draftt-new"}
		killed, _ := s.asAdmin(dies(s), command...)
		t.Log("killed:", killed)
		_, o := s.asAdmin(never, command...)
		o.expect(t, 0, "Read-only certificate: nothing beyond what was chosen was seen")
		s.one("draftt-new")
		s.run("test", "prod").expect(t, 0)
	})
}

func TestARotationThatIsKilledAnywhereLeavesAConnectionThatWorks(t *testing.T) {
	everyMoment(t, 6, func(t *testing.T, dies func(*site) func() bool) {
		s := newSite(t, "ready")
		s.keep("prod")
		command := []string{"rotate", "prod", "--yes", demo.ConnectorName, "--delete-old"}
		killed, _ := s.asAdmin(dies(s), command...)
		t.Log("killed:", killed)
		s.run("test", "prod").expect(t, 0)
		_, o := s.asAdmin(never, command...)
		o.expect(t, 0, "Deleted the old secret.")
		s.run("test", "prod").expect(t, 0)
		s.one(demo.ConnectorName)
	})
}

func TestADisconnectionThatIsKilledAnywhereIsFinishedByTheNextRun(t *testing.T) {
	everyMoment(t, 9, func(t *testing.T, dies func(*site) func() bool) {
		s := newSite(t, "ready")
		s.keep("prod")
		command := []string{"disconnect", "prod", "--level", "principal", "--yes", "prod"}
		killed, _ := s.asAdmin(dies(s), command...)
		t.Log("killed:", killed)
		if strings.Contains(s.run("list").stdout, "prod") { // it died before the very end
			_, o := s.asAdmin(never, command...)
			o.expect(t, 0, `Disconnected "prod".`)
		}
		s.run("list").expect(t, 0, "No saved connections")
		if left, err := s.session().Named(t.Context(), demo.ConnectorName); err != nil || len(left) > 0 {
			t.Errorf("%d service principals are left, %v", len(left), err)
		}
	})
}
