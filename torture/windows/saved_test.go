package windows

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// blanks is a name with what a command line, a console and a file system may stumble over.
const blanks = "Größe der Übersicht — 表 prod"

func TestAConnectionLivesInTheDefaultFolderWithItsKeyInTheCredentialManager(t *testing.T) {
	p, w := somebody(t, ""), served(t, "ready")
	wants(t, p.run(t, 0, "", "list"), "No saved connections")
	wants(t, w.setUp(t, p, "prod", "protection: keychain"), `Saved "prod"`, "Windows Credential Manager", `AppData\Local\draftt-databricks`, "test prod")
	if found, _ := filepath.Glob(p.path("prefix", "drive_c", "users", "*", "AppData", "Local", "draftt-databricks", "connections", "*.age")); len(found) != 1 {
		t.Errorf("saved are %v, want one file", found)
	}
	wants(t, p.run(t, 0, "", "test", "prod"), "Connected")
	wants(t, p.run(t, 0, "", "show", "prod"), "127.0.0.1", "it cannot be shown")

	wants(t, p.run(t, 0, "", "rename", "prod", blanks), blanks)
	wants(t, p.run(t, 0, "", "test", strings.ToUpper(blanks)), "Connected")
	wants(t, p.run(t, 64, "", "test", "prod"), "There is no saved connection")

	rotated := p.run(t, 0, w.AdminClientSecret+"\r\n", "rotate", blanks, "--admin-client-id", w.AdminClientID, "--admin-secret-stdin", "--yes", "draftt-connector")
	wants(t, rotated, `rotate "`+blanks+`" --delete-old`)
	wants(t, p.run(t, 0, "", "test", blanks), "Connected")

	file := p.path("a folder of Ümläute", "ex port — 表.yaml")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	wants(t, p.run(t, 0, "", "export", blanks, unixPath(file)), `import "ex port — 表.yaml"`)
	wants(t, p.run(t, 64, "", "export", blanks, unixPath(file)), "there already")
	wants(t, p.run(t, 0, "", "delete", blanks, "--yes"), "Deleted")
	if left := names(t, p); len(left) != 0 {
		t.Errorf("still saved: %q", left)
	}
	wants(t, p.run(t, 0, w.ClientSecret+"\r\n", "import", unixPath(file), "--secret-stdin", "--allow-host", w.Host), "Saved")
	if all := names(t, p); !slices.Equal(all, []string{blanks}) {
		t.Errorf("saved are %q", all)
	}
	p.run(t, 0, "", "delete", blanks, "--yes")
}

func TestEveryProtectionWorksInAFolderWithBlanksAndLetters(t *testing.T) {
	w := served(t, "ready")
	phrase := shared.path("pass phrase ü.txt")
	if err := os.WriteFile(phrase, []byte("ein langer Satz über alles\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key := unixPath(shared.path("key file ü.txt"))
	for name, protection := range map[string]string{
		"keychain":   "protection: keychain",
		"key file":   "protection: key-file\nkey_file: '" + key + "'",
		"passphrase": "protection: passphrase\npassphrase_file: '" + unixPath(phrase) + "'",
	} {
		p := somebody(t, "a home of "+name+" ü 表")
		wants(t, w.setUp(t, p, blanks, protection), `Saved "`+blanks+`"`)
		switch name {
		case "keychain":
			wants(t, p.run(t, 0, "", "test", blanks), "Connected")
		case "key file":
			wants(t, p.run(t, 0, "", "test", blanks, "--key-file", key), "Connected")
			wants(t, p.run(t, 70, "", "test", blanks), "key")
		case "passphrase":
			wants(t, p.run(t, 0, "", "test", blanks), "Connected") // typed a moment ago
			p.run(t, 0, "", "lock")
			p.run(t, 64, "", "test", blanks) // nobody can be asked
		}
	}
}

func TestWhatWindowsSaysEndsInOneFullStop(t *testing.T) {
	p := somebody(t, "a home that says why")
	for _, args := range [][]string{
		{"setup", "--answers", `Z:\no such folder\answers.yaml`, "--secret-stdin"},
		{"import", `Z:\no such file.yaml`},
		{"bundle", "open", `Z:\no such folder\bundle.tar.gz`},
		{"doctor", "adb-7405605741000000.0.azuredatabricks.net", "--ca-file", `Z:\no such file.pem`},
	} {
		if said := p.run(t, 64, "", args...); strings.Contains(said, "..") || !strings.Contains(said, ".") {
			t.Errorf("%q says:\n%s", args, said)
		}
	}
}

func TestAPortThatNobodyListensOnIsRefusedAndNothingElse(t *testing.T) {
	p := somebody(t, "a home without a workspace")
	said := p.run(t, 10, "", "doctor", "127.0.0.1:1", "--allow-host", "127.0.0.1:1")
	wants(t, said, "Could not reach the workspace", "refused")
}
