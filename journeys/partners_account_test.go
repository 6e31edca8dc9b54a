package journeys

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/apps"
)

// TestAPartnerThatPeopleSignInToIsFoundInTheAccount gives the account admin's secret on a file descriptor of its own, beside the workspace admin's.
func TestAPartnerThatPeopleSignInToIsFoundInTheAccount(t *testing.T) {
	s := newSite(t, "ready", func(o *demo.Options) {
		o.Apps = []apps.App{
			{ID: "1", Name: "Tableau", AppID: "tableau-desktop"}, {ID: "2", Name: "Pages about Sigma"},
			{ID: "3", Name: "Looker", Redirects: []string{"https://contoso.cloud.looker.example/oauth/callback"}},
		}
	})
	path := filepath.Join(s.home.Dir, "account-secret")
	if err := os.WriteFile(path, s.AccountAdmin().Secret.Reveal(), 0o600); err != nil {
		t.Fatal(err)
	}
	secret, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = secret.Close() }()
	ask := func(more ...string) (string, string, error) {
		var stdout, stderr bytes.Buffer
		cmd := exec.Command(program, append([]string{
			"partners", "list", "--host", s.Addr(), "--allow-host", s.Addr(), "--ca-file", s.caFile, "--admin-client-id", string(s.Admin().ClientID), "--admin-secret-stdin",
		}, more...)...)
		cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = s.home.Environ(), bytes.NewReader(s.Admin().Secret.Reveal()), &stdout, &stderr
		cmd.ExtraFiles = []*os.File{secret}
		err := cmd.Run()
		return stdout.String(), stderr.String(), err
	}
	account := []string{"--account", s.AccountID(), "--account-host", s.AccountAddr()}
	out, said, err := ask(append(account, "--account-client-id", string(s.AccountAdmin().ClientID), "--account-secret-fd", "3")...)
	for _, text := range []string{"Tableau: likely", "✓ published OAuth app “Tableau” of the account", "Looker: possible", "which leads back to contoso.cloud.looker.example", "“Pages about Sigma”"} {
		if !strings.Contains(out, text) {
			t.Errorf("not said: %q\n%s%s%v", text, out, said, err)
		}
	}
	if strings.Contains(out, "Not looked at") {
		t.Errorf("%s", out)
	}
	if _, err := secret.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	shared, said, err := ask(append(account, "--account-client-id", string(s.AccountAdmin().ClientID), "--account-secret-fd", "3", "--share")...)
	if !strings.Contains(shared, "Tableau: likely") || strings.Contains(shared, "contoso") || strings.Contains(shared, "Pages about") {
		t.Errorf("%s%s%v", shared, said, err)
	}
	// The workspace's admin is none of the account's.
	if out, said, err = ask(account...); err != nil || strings.Contains(out, "Tableau: ") || !strings.Contains(out, "OAuth apps of the account") {
		t.Errorf("%s%s%v", out, said, err)
	}
	other := "3f0d6c1e-2b5a-4c6f-9d17-000000000000"
	if _, said, err = ask("--account", other, "--account-host", s.AccountAddr()); err == nil || !strings.HasPrefix(said, "The account: ") {
		t.Errorf("%s%v", said, err)
	}
	if _, said, err = ask("--account-host", s.AccountAddr()); err == nil || !strings.Contains(said, "No account is named.") {
		t.Errorf("%s%v", said, err)
	}
}
