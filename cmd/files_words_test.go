package cmd

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// libraryWords are how Go and its libraries begin what they say of files and texts.
var libraryWords = regexp.MustCompile(`\b(open|mkdir|stat|json|yaml|asn1|x509): |\b(open|mkdir|stat) [^ ]+: |invalid character|cannot unmarshal|unexpected (EOF|end)|exceeded max|no such file`)

// TestWhatIsWrongWithAFileIsSaidInOurWords goes through the commands that read or write a file that a person names.
func TestWhatIsWrongWithAFileIsSaidInOurWords(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"broken.json": `{"access_control_list": [}`, "typed.json": `{"access_control_list": 7}`, "broken.yaml": "a: [", "broken.tar.gz": "no archive"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir("folder", 0o700); err != nil {
		t.Fatal(err)
	}
	in := filepath.Join("nodir", "x")
	for _, c := range []struct {
		admin bool
		says  string
		args  []string
	}{
		{true, "There is no file nofile.", []string{"tokens", "plan", "--from", "nofile"}},
		{true, "folder is not a plain file.", []string{"tokens", "replace", "--from", "folder"}},
		{true, "Line 1 cannot be read: this is no JSON: } cannot stand there.", []string{"tokens", "plan", "--from", "broken.json"}},
		{true, "access_control_list is a number, which it cannot be.", []string{"passwords", "plan", "--from", "typed.json"}},
		{true, in + " could not be written: there is no such folder.", []string{"tokens", "list", "--csv", "--to", in}},
		{true, in + " could not be written: there is no such folder.", []string{"tokens", "export", "--to", in}},
		{true, "could not be written: there is no such folder.", []string{"tokens", "create", "--value-to", in, "--yes", "draftt-admin"}},
		{true, "The set could not be read: there is no file nofile.", []string{"partners", "check", "--set", "nofile"}},
		{true, "is not YAML. Line 1 cannot be read.", []string{"partners", "check", "--set", "broken.yaml"}},
		{true, "could not be written: there is no such folder.", []string{"partners", "disconnect", "fivetran", "--sheet", in}},
		{false, "could not be written: there is no such folder.", []string{"export", "prod", in}},
		{false, "The file of --debug could not be begun: there is no such folder.", []string{"list", "--debug", in}},
		{false, "The bundle could not be opened: there is no file nofile.", []string{"bundle", "open", "nofile"}},
		{false, "", []string{"bundle", "open", "broken.tar.gz"}},
		{false, "there is no file nofile.", []string{"import", "nofile"}},
		{false, "is not YAML.", []string{"import", "broken.yaml"}},
		{false, "there is no file nofile.", []string{"test", "prod", "--contract", "nofile"}},
		{false, "there is no file nofile.", []string{"doctor", "adb-7405605741000000.0.azuredatabricks.net", "--ca-file", "nofile"}},
		{false, "", []string{"doctor", "adb-7405605741000000.0.azuredatabricks.net", "--ca-file", "broken.json"}},
		{false, "there is no file nofile.", []string{"demo", "--test", "--fault", "nofile"}},
	} {
		o := outcome{}
		if c.admin {
			o = s.asAdmin(append(c.args, s.at()...)...)
		} else {
			o = s.run(c.args...)
		}
		if o.code != exitUsage {
			t.Errorf("%q: exit %d\n%s%s", c.args, o.code, o.out, o.err)
		}
		if found := libraryWords.FindString(o.err); found != "" {
			t.Errorf("%q says %q:\n%s", c.args, found, o.err)
		}
		if c.says != "" {
			o.wants(t, o.code, c.says)
		}
	}
}
