package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestValuesAreCompletedWithoutAskingAnybody(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("Asset inventory – prod"))
	home := t.TempDir()
	t.Setenv("DATABRICKS_CONFIG_FILE", filepath.Join(home, ".databrickscfg"))
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	if err := os.WriteFile(filepath.Join(home, ".databrickscfg"), []byte("[lab-admin]\nhost = https://adb-1234567890123456.7.azuredatabricks.net\ntoken = x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"show", ""}, []string{"Asset inventory – prod"}},
		{[]string{"rename", ""}, []string{"Asset inventory – prod"}},
		{[]string{"audit", ""}, []string{"Asset inventory – prod"}},
		{[]string{"bundle", "create", ""}, []string{"Asset inventory – prod"}},
		{[]string{"list", "-o", ""}, []string{"text", "json", "yaml"}},
		{[]string{"grants", "--as", ""}, []string{"rest", "cli", "terraform"}},
		{[]string{"disconnect", "--level", ""}, []string{"local", "grants", "secret", "principal"}},
		{[]string{"test", "--stage", ""}, []string{"S00", "S18"}},
		{[]string{"demo", "--scenario", ""}, []string{"first-time", "missing-grants"}},
		{[]string{"grants", "--scope", ""}, []string{"schema", "tables"}},
		{[]string{"unlock", "--for", ""}, []string{"8h", "never"}},
		{[]string{"audit", "--admin-profile", ""}, []string{"lab-admin"}},
		{[]string{"help", ""}, []string{"bundle", "version"}},
		{[]string{"completion", ""}, []string{"bash", "powershell"}},
	} {
		o := run(t, append([]string{"__complete", "--key-file", s.keyFile}, c.args...)...)
		lines := strings.Split(o.out, "\n")
		for _, want := range c.want {
			found := false
			for _, line := range lines {
				value, _, _ := strings.Cut(line, "\t")
				found = found || value == want
			}
			if !found {
				t.Errorf("%q is not completed with %q:\n%s", c.args, want, o.out)
			}
		}
	}
}
