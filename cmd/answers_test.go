package cmd

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/cmd/report"
)

// answersFor writes an answers file for the shelf's workspace, and beside it the secret in a private file.
func (s *shelf) answersFor(name string, more string) string {
	s.t.Helper()
	dir := s.t.TempDir()
	signIn := s.workspace.Connector()
	for file, content := range map[string]string{
		"ca.pem": string(s.workspace.CAPEM()), "secret": string(signIn.Secret.Reveal()) + "\n",
		"answers.yaml": "host: " + s.workspace.Addr() + "\nclient_id: " + string(signIn.ClientID) + "\nca_file: ca.pem\nsecret_file: secret\n" +
			"warehouse: Starter Warehouse\ncatalog: inventory\nschema: assets\ntables: [components]\nname: " + name + "\n" + more,
	} {
		if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	return filepath.Join(dir, "answers.yaml")
}

func TestASetUpFromAFileSavesAndReports(t *testing.T) {
	s := newShelf(t, "ready")
	o := s.run("setup", "--answers", s.answersFor("prod", ""), "--allow-host", s.workspace.Addr(), "--json")
	o.wants(t, 0)
	var got struct {
		report.Ladder
		Saved *struct{ ID, Name string }
	}
	if err := json.Unmarshal([]byte(o.out), &got); err != nil || !got.Passed || got.Saved == nil || got.Saved.Name != "prod" || len(got.Stages) < 18 {
		t.Fatalf("%+v, %v", got, err)
	}
	saved, err := s.vault.Load(t.Context(), "prod")
	if err != nil || saved.ID != got.Saved.ID || !saved.Credentials.Secret.Equal(s.workspace.Connector().Secret) || !saved.Proof.Passed {
		t.Errorf("%+v, %v", saved.Proof, err)
	}
}

func TestABroaderPrincipalEndsWithItsCode(t *testing.T) {
	s := newShelf(t, "may-write")
	o := s.run("setup", "--answers", s.answersFor("prod", ""), "--allow-host", s.workspace.Addr())
	o.wants(t, 50)
	if !strings.Contains(o.out, "Nothing was saved.") {
		t.Errorf("%s", o.out)
	}
	s.run("setup", "--answers", s.answersFor("prod", "accept_broader: true\n"), "--allow-host", s.workspace.Addr()).wants(t, 0)
	s.run("show", "prod").wants(t, 0)
}

func TestASecretFileMustBePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no file modes")
	}
	s := newShelf(t, "ready")
	answers := s.answersFor("prod", "")
	secret := filepath.Join(filepath.Dir(answers), "secret")
	setup := func() outcome { return s.run("setup", "--answers", answers, "--allow-host", s.workspace.Addr()) }
	if err := os.Chmod(secret, 0o644); err != nil {
		t.Fatal(err)
	}
	setup().wants(t, 64, "is open to other users of this computer (mode 0644)", "chmod 600")
	for content, says := range map[string]string{"": "There is no secret in", "dose1\ndose2\n": "is not one secret", "dose\x001": "is not one secret"} {
		if err := os.Remove(secret); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(secret, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		setup().wants(t, 64, says)
	}
}

func TestAnExportedConnectionComesBackTheSame(t *testing.T) {
	s := newShelf(t, "ready")
	was := s.save(s.connection("prod"))
	for _, format := range []string{"out.yaml", "out.json"} {
		file := filepath.Join(t.TempDir(), format)
		s.run("export", "prod", file).wants(t, 0)
		content, err := os.ReadFile(file)
		if err != nil || strings.Contains(string(content), string(was.Credentials.Secret.Reveal())) {
			t.Fatalf("%s, %v", content, err)
		}
		secret := filepath.Join(filepath.Dir(s.answersFor("unused", "")), "secret")
		with := filepath.Join(t.TempDir(), format)
		line := "secret_file: " + secret + "\n"
		if format == "out.json" {
			line = "" // JSON takes no line behind it
			content = []byte(strings.Replace(string(content), "{", `{"secret_file": "`+filepath.ToSlash(secret)+`",`, 1))
		}
		if err := os.WriteFile(with, append(content, line...), 0o600); err != nil {
			t.Fatal(err)
		}
		s.run("import", with, "--name", format, "--allow-host", s.workspace.Addr()).wants(t, 0)
		is, err := s.vault.Load(t.Context(), format)
		if err != nil || is.Host != was.Host || string(is.CACerts) != string(was.CACerts) || is.Warehouse != was.Warehouse || is.Schema != was.Schema ||
			is.Scope != was.Scope || len(is.Tables) != 1 || is.Tables[0] != was.Tables[0] || is.Credentials.ClientID != was.Credentials.ClientID {
			t.Errorf("%s: %+v, %v", format, is.Name, err)
		}
	}
}

func TestAContractNamesItsConnection(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	contract := filepath.Join(t.TempDir(), "contract.yaml")
	s.run("test", "prod", "--write-contract", contract).wants(t, 0)
	s.run("test", "--contract", contract).wants(t, 0)
	content, err := os.ReadFile(contract)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(content), "  - SELECT\n", "", 1)
	if err := os.WriteFile(contract, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	o := s.run("test", "--contract", contract, "--json")
	o.wants(t, 50)
	var got report.Ladder
	if err := json.Unmarshal([]byte(o.out), &got); err != nil || got.Passed || got.Exit != 50 || len(got.Contract) < 4 {
		t.Errorf("%+v, %v", got, err)
	}
	s.run("test").wants(t, 64, "Give the name")
}

func TestEditingNeedsATerminal(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	s.run("edit", "prod").wants(t, exitNoTerminal, "this is not a terminal")
	s.run("edit", "nobody").wants(t, 64, "There is no saved connection")
}

// answersWith writes an answers file that nothing is missing in, for what comes beside it.
func answersWith(t *testing.T, more string) string {
	t.Helper()
	dir := t.TempDir()
	answers := "host: adb-1234567890123456.7.azuredatabricks.net\nclient_id: 11111111-2222-4333-8444-555555555555\nwarehouse: w\ncatalog: c\nschema: s\ntables: [t]\nname: n\n"
	err := errors.Join(
		os.WriteFile(filepath.Join(dir, "answers.yaml"), []byte(answers+more+"\n"), 0o600),
		os.WriteFile(filepath.Join(dir, "secret"), []byte("dose00112233445566778899aabbccddeeff\n"), 0o600),
	)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "answers.yaml")
}
