package demo_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/databricks/databricks-sdk-go/service/iam"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func prepared(t *testing.T, opt demo.Options) *demo.Workspace {
	t.Helper()
	scenario, err := demo.Find("ready")
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Prepare(t.Context(), scenario, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// TestTheFirstConnectionMakesAPreparedWorkspace with the credentials and the authority that were known before, for all who come at once.
func TestTheFirstConnectionMakesAPreparedWorkspace(t *testing.T) {
	t.Parallel()
	w := prepared(t, demo.Options{})
	network := w.Network()
	if w.Host() != demo.HostName || w.SignIn().ClientID != demo.ConnectorID || w.NetworkCAPEM() != nil || !network.OnlyRoots.Equal(w.RootCAs()) {
		t.Errorf("%s, %+v", w.Host(), w.SignIn())
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			conn, err := network.Dial(t.Context(), "tcp", demo.HostName+":443")
			if err != nil {
				t.Error(err)
				return
			}
			_ = conn.Close()
		})
	}
	all.Wait()
	if who, err := me(signIn(t, w, w.Connector())).Me(ctx, iam.MeRequest{}); err != nil || who.UserName != demo.ConnectorID {
		t.Errorf("signed in as %+v, %v", who, err)
	}
}

func TestWhatKeepsAWorkspaceFromBeingMadeIsToldToEverybody(t *testing.T) {
	t.Parallel()
	w := prepared(t, demo.Options{Addr: "192.0.2.1:0"})
	for range 2 {
		if err := w.Make(); err == nil || !strings.Contains(err.Error(), "loopback addresses only") {
			t.Errorf("it is made: %v", err)
		}
	}
	if _, err := w.Network().Dial(t.Context(), "tcp", demo.HostName+":443"); err == nil || !strings.Contains(err.Error(), "loopback addresses only") {
		t.Errorf("it is dialled: %v", err)
	}
}

// TestAWorkspaceThatNobodyNeededIsClosed without being made, and not made after that.
func TestAWorkspaceThatNobodyNeededIsClosed(t *testing.T) {
	t.Parallel()
	w := prepared(t, demo.Options{})
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	if err := w.Make(); err == nil {
		t.Error("it is made after its end")
	}
}
