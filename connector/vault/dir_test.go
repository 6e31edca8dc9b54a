package vault

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestTheFolderIsWhereEachSystemKeepsSuchThings(t *testing.T) {
	cases := []struct {
		name, goos string
		env        map[string]string
		want       string // empty for an error
	}{
		{"Linux", "linux", map[string]string{"HOME": "/home/a"}, "/home/a/.config/draftt-databricks"},
		{"Linux with XDG", "linux", map[string]string{"HOME": "/home/a", "XDG_CONFIG_HOME": "/conf"}, "/conf/draftt-databricks"},
		{"a relative XDG is ignored", "linux", map[string]string{"HOME": "/home/a", "XDG_CONFIG_HOME": "conf"}, "/home/a/.config/draftt-databricks"},
		{"macOS", "darwin", map[string]string{"HOME": "/Users/a", "XDG_CONFIG_HOME": "/conf"}, "/Users/a/Library/Application Support/draftt-databricks"},
		{"Windows", "windows", map[string]string{"LocalAppData": "/c/local", "AppData": "/c/roaming"}, "/c/local/draftt-databricks"},
		{"an override", "linux", map[string]string{"HOME": "/home/a", homeVariable: "/demo/vault"}, "/demo/vault"},
		{"no HOME on Linux", "linux", nil, ""},
		{"no HOME on macOS", "darwin", nil, ""},
		{"no LocalAppData on Windows", "windows", map[string]string{"AppData": "/c/roaming"}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := defaultDir(c.goos, func(key string) string { return c.env[key] })
			if c.want == "" {
				wantKind(t, err, ErrNoFolder)
			} else if err != nil || filepath.ToSlash(got) != c.want {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

// A folder that is relative to where one stands is lost with the next cd, and one named ~ is found by nobody.
func TestAFolderThatIsNotAbsoluteIsRefusedWithTheOneThatIsMeant(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		goos  string
		env   map[string]string
		names string
		meant string
	}{
		{"linux", map[string]string{"HOME": "/home/a", homeVariable: "~/x"}, homeVariable, "/home/a/x"},
		{"linux", map[string]string{"HOME": "/home/a", homeVariable: "~"}, homeVariable, "/home/a"},
		{"linux", map[string]string{"HOME": "home", homeVariable: "~/x"}, homeVariable, "an absolute path"},
		{"linux", map[string]string{"HOME": "/home/a", homeVariable: "vault"}, homeVariable, filepath.Join(here, "vault")},
		{"darwin", map[string]string{"HOME": "/Users/a", homeVariable: "./vault"}, homeVariable, filepath.Join(here, "vault")},
		{"linux", map[string]string{"HOME": "home/a"}, "HOME", filepath.Join(here, "home/a")},
		{"darwin", map[string]string{"HOME": "."}, "HOME", here},
		{"windows", map[string]string{"LocalAppData": "local"}, "LocalAppData", filepath.Join(here, "local")},
	} {
		got, err := defaultDir(c.goos, func(key string) string { return c.env[key] })
		wantKind(t, err, connector.ErrInput)
		if what, remedy := connector.Words(err); got != "" || !strings.HasPrefix(what, c.names) || !strings.Contains(remedy, c.meant) {
			t.Errorf("%v: %q, %q, %q", c.env, got, what, remedy)
		}
	}
}

func TestAFolderThatCannotBeMadeIsSaidToBeSo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "vault")} {
		v := reopen(dir, &fakeKeychain{})
		err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase)))
		if !errors.Is(err, ErrStorage) && !errors.Is(err, ErrUnsafe) {
			t.Errorf("a folder in the place of a file gave %v", err)
		}
		if !v.Locked() {
			t.Error("the vault is open without a folder")
		}
	}
}

func TestAProcessWithoutAHomeSaysWhatToSet(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows starts no process without its own variables")
	}
	cmd := process("home", t.TempDir(), "", "")
	cmd.Env = []string{roleVariable + "=home"}
	out, err := cmd.Output()
	if err != nil || string(out) != "HOME is not set, so there is no folder to keep connections in.\n" {
		t.Errorf("it said %q, %v", out, err)
	}
}

func TestAFolderThatTheEnvironmentNamesHasAnAlias(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "northwind-payroll")
	t.Setenv(homeVariable, dir)
	if _, err := DefaultDir(); err != nil {
		t.Fatal(err)
	}
	if got := connector.Known().Text("Kept in " + dir); strings.Contains(got, "payroll") {
		t.Errorf("shared, it is %q", got)
	}
}
