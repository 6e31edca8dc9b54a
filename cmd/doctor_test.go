package cmd

import (
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// embedded runs a workspace on this machine that doctor can reach under its address.
func embedded(t *testing.T) *demo.Workspace {
	t.Helper()
	s, err := demo.Find("ready")
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Start(t.Context(), s, demo.Options{})
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

func TestDoctorSaysHowFarOneComes(t *testing.T) {
	w := embedded(t)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, w.CAPEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	o := run(t, "doctor", w.Addr(), "--allow-host", w.Addr(), "--ca-file", ca)
	o.wants(t, 0)
	if !strings.Contains(o.out, "S05 Network rules: passed") || !strings.HasSuffix(o.out, "can be reached from here, and asks for credentials. No sign-in was tried.\n") {
		t.Errorf("it says\n%s", o.out)
	}
	for _, r := range w.Requests() {
		if r.Principal != "" || r.Path == "/oidc/v1/token" {
			t.Errorf("asked %s as %q", r.Path, r.Principal)
		}
	}
}

// What was pasted as ?o= is not repeated as if the workspace had said it: its own number stands in its answers.
func TestDoctorSaysWhichWorkspaceAnsweredAtAPastedAddress(t *testing.T) {
	w := embedded(t)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, w.CAPEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	for pasted, want := range map[string]struct {
		exit int
		said string
	}{
		"1":                {check.ExitNotWorkspace, "? S04 Workspace: unknown, workspace 7405605741000000 answers, and the address says 1:"},
		"7405605741000000": {0, "✓ S04 Workspace: passed, outside the Databricks domains, workspace 7405605741000000"},
	} {
		o := run(t, "doctor", "https://"+w.Addr()+"/?o="+pasted, "--allow-host", w.Addr(), "--ca-file", ca)
		o.wants(t, want.exit)
		if !strings.Contains(o.out, want.said) {
			t.Errorf("with ?o=%s it says\n%s", pasted, o.out)
		}
	}
}

func TestDoctorSavesTheCertificateThatWasShown(t *testing.T) {
	w := embedded(t)
	file := filepath.Join(t.TempDir(), "shown.pem")
	o := run(t, "doctor", w.Addr(), "--allow-host", w.Addr(), "--save-certificate", file)
	o.wants(t, check.ExitTLS, "Nothing vouches for it")
	if !strings.Contains(o.out, "Its owner may have an authority of its own") {
		t.Errorf("it says\n%s", o.out)
	}
	saved, err := os.ReadFile(file)
	if block, _ := pem.Decode(saved); err != nil || block == nil || block.Type != "CERTIFICATE" {
		t.Errorf("saved %q, %v", saved, err)
	}
	run(t, "doctor", w.Addr(), "--allow-host", w.Addr(), "--save-certificate", file).wants(t, exitUsage, "is there already")
	// What was shown is no authority's: nobody compared it with anything.
	for _, args := range [][]string{
		{"doctor", w.Addr(), "--allow-host", w.Addr(), "--ca-file", file}, {"setup", "--ca-file", file},
		{"setup", "--answers", answersWith(t, "secret_file: secret\nca_file: "+file)},
	} {
		run(t, args...).wants(t, exitUsage, "no authority's: that of ", "Ask whoever runs your network")
	}
}

func TestDoctorRefusesWhatIsNoWorkspace(t *testing.T) {
	o := run(t, "doctor", "accounts.azuredatabricks.net", "--json")
	o.wants(t, check.ExitNotWorkspace)
	var got report.Ladder
	if err := json.Unmarshal([]byte(o.out), &got); err != nil || got.Host != "accounts.azuredatabricks.net" || got.Exit != check.ExitNotWorkspace || got.Stages[0].Reason != "This is the account console, not a workspace." || got.Stages[1].BlockedBy != "S00" {
		t.Errorf("%+v, %v", got, err)
	}
	o = run(t, "doctor", "workspace.example.com")
	o.wants(t, check.ExitNotWorkspace)
	if !strings.Contains(o.out, "\nCould not reach the workspace: host not accepted\nworkspace.example.com is not a Databricks domain.\n") {
		t.Errorf("it says\n%s", o.out)
	}
	run(t, "doctor").wants(t, exitUsage, "takes one workspace host")
	run(t, "doctor", "adb-1.1.azuredatabricks.net", "--ca-file", filepath.Join(t.TempDir(), "none")).wants(t, exitUsage, "could not be read")
}
