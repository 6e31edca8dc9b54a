package estate

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// errand is an inventory that a process of its own takes.
type errand struct {
	Addr, AccountAddr, CA, Dir string
	Workspace, Account         string
	As, AtAccount              [2]string // application ID and secret
}

// errandIn holds the errand of a process that is one.
const errandIn = "DRAFTT_TEST_ERRAND"

func TestMain(m *testing.M) {
	if text := os.Getenv(errandIn); text != "" {
		debug.SetMemoryLimit(80 << 20) // as the program does
		if err := doErrand(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	flag.Parse()
	os.Exit(m.Run())
}

func doErrand(text string) error {
	var e errand
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(e.CA))
	at, _, err := connector.ParseHost(demo.HostName, nil)
	if err != nil {
		return err
	}
	line := workspace.Config{Host: at, Admin: true, Network: workspace.Network{
		Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
			var d net.Dialer
			if addr == demo.AccountHostName+":443" || strings.HasPrefix(addr, "20.42.4.211:") {
				return d.DialContext(ctx, network, e.AccountAddr)
			}
			return d.DialContext(ctx, network, e.Addr)
		},
		Lookup: func(_ context.Context, name string) ([]string, error) {
			return []string{map[string]string{demo.HostName: "20.42.4.209", demo.AccountHostName: "20.42.4.211"}[name]}, nil
		}, OnlyRoots: roots,
	}}
	signed := func(as [2]string) connector.Credentials {
		return connector.Credentials{Method: connector.OAuth, ClientID: connector.ClientID(as[0]), Secret: connector.NewSecret([]byte(as[1]))}
	}
	line.Credentials = signed(e.As)
	here, err := workspace.OpenReader(line, Reads(AtWorkspace))
	if err != nil {
		return err
	}
	defer here.Close()
	line.Host, line.Credentials = at.Account(), signed(e.AtAccount)
	above, err := account.Open(line, account.ID(e.Account), Reads(AtAccount))
	if err != nil {
		return err
	}
	defer above.Close()
	o := Options{Workspace: here, Account: above, Pace: unhurried, Place: Place{Host: demo.HostName, Workspace: e.Workspace, Account: e.Account, As: "the admins"}}
	_, _, err = Take(context.Background(), store.Folder{Dir: e.Dir}, o, Taking{Keep: 2})
	return err
}

// process is an inventory of the company into a folder, which is not begun yet.
func (c company) process(t testing.TB, dir string) *exec.Cmd {
	t.Helper()
	pair := func(as demo.Credentials) [2]string { return [2]string{string(as.ClientID), string(as.Secret.Reveal())} }
	text, err := json.Marshal(errand{
		Addr: c.Addr(), AccountAddr: c.AccountAddr(), CA: string(c.CAPEM()), Dir: dir, Workspace: c.world.WorkspaceID(), Account: c.AccountID(), As: pair(c.Admin()), AtAccount: pair(c.AccountAdmin()),
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), errandIn+"="+string(text))
	cmd.Stderr = os.Stderr
	return cmd
}

// times is how often a process is killed: what DRAFTT_ESTATE says, or a few times.
func times(usual int) int {
	if said, err := strconv.Atoi(os.Getenv("DRAFTT_ESTATE")); err == nil {
		return said
	}
	return usual
}

// askedFor is how often the company was asked something that is no sign-in.
func (c company) askedFor() (n int) {
	for _, e := range c.Requests() {
		if !strings.Contains(e.Path, "/oidc") {
			n++
		}
	}
	return n
}

// TestAKilledInventoryGoesOn kills one process after another, wherever they are. Each run that comes to its end has every row of the model once,
// and no kill cost more than what was on its way.
func TestAKilledInventoryGoesOn(t *testing.T) {
	c := found(t, small)
	folder := store.Folder{Dir: t.TempDir()}
	before, began := c.askedFor(), time.Now()
	if out, err := c.process(t, folder.Dir).Output(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	needed, longest := c.askedFor()-before, time.Since(began) // so that a kill comes anywhere on the way
	want := truth(t, c.world)
	before = c.askedFor()
	kills, whole, killed := 0, 0, 0
	for most := times(10); kills < most || whole == 0; {
		cmd := c.process(t, folder.Dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(rand.Int64N(int64(longest))), func() { _ = cmd.Process.Kill() })
		if kills >= most {
			timer.Stop()
		}
		err := cmd.Wait()
		timer.Stop()
		c.opens(t, folder, want)
		over, problem := folder.Runs()
		if problem != nil {
			t.Fatal(problem)
		}
		var ended *exec.ExitError
		isKilled := errors.As(err, &ended) && ended.ExitCode() < 0
		if isKilled {
			kills, killed = kills+1, killed+1
		}
		switch {
		case len(over) > whole+1: // it may have been killed when all was done
			whole++
			if asked := c.askedFor() - before; asked > needed+killed*2*InFlight {
				t.Errorf("after %d kills %d requests were made, and %d are needed", killed, asked, needed)
			}
			before, killed = c.askedFor(), 0
		case !isKilled:
			t.Fatal(err)
		}
	}
	t.Logf("%d kills, %d whole runs, %d requests each", kills, whole, needed)
}

// opens sees that the last whole run opens and has every row of the model, and that what is not over can be looked at.
func (c company) opens(t *testing.T, folder store.Folder, want map[string][]string) {
	t.Helper()
	run, _, broken, err := folder.Open("")
	if err != nil || len(broken) > 0 {
		t.Fatalf("%q are not whole: %v", broken, err)
	}
	defer func() { _ = run.Close() }()
	for kind, ids := range want {
		if got := idsIn(t, run, kind); !slices.Equal(got, ids) && !slices.Contains(unasked, kind) {
			t.Errorf("%s: %d rows, the model has %d", kind, len(got), len(ids))
		}
	}
	open, id, err := folder.Unfinished()
	if err != nil {
		t.Fatalf("the run %s that is not over: %v", id, err)
	}
	if open != nil {
		if _, err := CoverageOf(open); err != nil {
			t.Errorf("the run %s that is not over: %v", id, err)
		}
		_ = open.Close()
	}
}
