package cmd

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// packing is a machine whose connection "Zebra finance" fails for want of a privilege, and where its bundle goes.
func packing(t *testing.T) (s *shelf, file string) {
	t.Helper()
	connector.Known().Forget() // as a new process knows nothing
	s = newShelf(t, "missing-grants")
	s.save(s.connection("Zebra finance"))
	return s, filepath.Join(t.TempDir(), "bundle.tar.gz")
}

// private are the names that no bundle of that connection may hold.
func (s *shelf) private() []string {
	return []string{"127.0.0.1", "inventory", "components", "draftt-connector", "Starter", "Zebra", string(s.workspace.Connector().ClientID), "a3f19c0d7be24418"}
}

// unpacked are the files of an archive, one after the other.
func unpacked(t *testing.T, path string) string {
	t.Helper()
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := gzip.NewReader(bytes.NewReader(written))
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	entries := tar.NewReader(packed)
	for {
		header, err := entries.Next()
		if err != nil {
			return text.String()
		}
		text.WriteString(header.Name + "\n")
		if _, err := text.ReadFrom(entries); err != nil {
			t.Fatal(err)
		}
	}
}

func TestABundleIsShownWholeBeforeAnythingIsWritten(t *testing.T) {
	s, file := packing(t)
	o := s.run("bundle", "create", "Zebra finance", "--to", file)
	o.wants(t, exitUsage, "Nothing was written: nobody can be asked here.", "--yes")
	for _, text := range []string{"The bundle will hold:", "--- report.json", "--- requests.txt", `"cause": "Missing Unity Catalog permissions"`, "GET  /api/2.1/unity-catalog/"} {
		if !strings.Contains(o.out, text) {
			t.Errorf("the preview does not show %q:\n%s", text, o.out)
		}
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("it was written without a yes")
	}
}

func TestABundleNamesNothingAndOpensToTheSameVerdict(t *testing.T) {
	s, file := packing(t)
	o := s.run("bundle", "create", "Zebra finance", "--to", file, "--yes")
	o.wants(t, exitOK)
	if !strings.Contains(o.out, "Written to "+file) {
		t.Errorf("it does not say where it went:\n%s", o.out)
	}
	held := unpacked(t, file)
	for _, name := range s.private() {
		if strings.Contains(held, name) {
			t.Errorf("the bundle holds %q", name)
		}
	}
	opened := run(t, "bundle", "open", file)
	opened.wants(t, exitOK)
	for _, text := range []string{"✗ S14 Schema: failed", "Missing Unity Catalog permissions\n", "Next: ", "GRANT USE SCHEMA ON SCHEMA `catalog-1`.`schema-1` TO `sp-1`", "\nRequests\n", "Workspace    host-A"} {
		if !strings.Contains(opened.out, text) {
			t.Errorf("opened, it does not say %q:\n%s", text, opened.out)
		}
	}
}

func TestABundleNeverReplacesAFile(t *testing.T) {
	s, file := packing(t)
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	again := s.run("bundle", "create", "Zebra finance", "--to", file, "--yes")
	again.wants(t, exitUsage, "is there already", "Give another name.")
	if strings.Contains(again.out+again.err, "S00") {
		t.Errorf("it is tested first:\n%s%s", again.out, again.err)
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != "mine" {
		t.Errorf("the file is now %q, %v", kept, err)
	}
}

// TestTheSameResultsMakeTheSameBytes takes results from a file, since each test of a workspace has requests with numbers of their own.
func TestTheSameResultsMakeTheSameBytes(t *testing.T) {
	s, file := packing(t)
	results := filepath.Join(t.TempDir(), "results.json")
	tested := s.run("test", "Zebra finance", "--json")
	if err := os.WriteFile(results, []byte(tested.out), 0o600); err != nil {
		t.Fatal(err)
	}
	var made [][]byte
	for _, path := range []string{file, file + ".2"} {
		connector.Known().Forget()
		s.run("bundle", "create", "Zebra finance", "--results", results, "--to", path, "--yes").wants(t, exitOK)
		written, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, written)
	}
	if !bytes.Equal(made[0], made[1]) {
		t.Error("the two differ")
	}
	opened := run(t, "bundle", "open", file)
	if opened.wants(t, exitOK); !strings.Contains(opened.out, "Missing Unity Catalog permissions") {
		t.Errorf("opened, it says:\n%s", opened.out)
	}
}

func TestABundleThatWouldHoldTheSecretIsRefused(t *testing.T) {
	s, file := packing(t)
	record := filepath.Join(t.TempDir(), "session.txt")
	coded := base64.StdEncoding.EncodeToString(s.workspace.Connector().Secret.Reveal()) // as it is, it would have had an alias
	if err := os.WriteFile(record, []byte("00:01  Authorization: Basic "+coded+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := run(t, "bundle", "create", "Zebra finance", "--with-record", record, "--to", file, "--yes", "--key-file", s.keyFile)
	o.wants(t, exitUsage, "The bundle was not written: record.txt would have held a secret.", "Report this as a fault")
	if strings.Contains(o.out+o.err, coded) {
		t.Error("the refusal shows the secret")
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("it was written")
	}
}

func TestARecordIsInTheBundleWithAliases(t *testing.T) {
	s, file := packing(t)
	record := filepath.Join(t.TempDir(), "session.txt")
	if err := os.WriteFile(record, []byte("00:01  Chose inventory.assets of draftt-connector\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.run("bundle", "create", "Zebra finance", "--with-record", record, "--to", file, "--yes").wants(t, exitOK)
	var told struct {
		Format int
		Stages []struct{ ID, State string }
		Record string
	}
	opened := run(t, "bundle", "open", file, "--json")
	opened.wants(t, exitOK)
	if err := json.Unmarshal([]byte(opened.out), &told); err != nil {
		t.Fatal(err)
	}
	if told.Format != 1 || len(told.Stages) < 19 || told.Record == "" || strings.Contains(told.Record, "inventory") || !strings.Contains(told.Record, "00:01  Chose catalog-1.") {
		t.Errorf("as JSON it is %+v", told)
	}
}

func TestTheBundleOfTheLastTest(t *testing.T) {
	s, file := packing(t)
	s.run("test", "Zebra finance")
	s.run("bundle", "create", "--last", "--to", file, "--yes").wants(t, exitOK)
	s.run("bundle", "create", "--last", "Zebra finance", "--to", file+"2").wants(t, exitUsage, "Give the name of one saved connection, or --last")
	s.run("bundle", "create", "No such one", "--to", file+"2", "--yes").wants(t, exitUsage, "No such one")
}

// entry is a file of an archive.
type entry struct {
	name, text string
	kind       byte
}

func archiveOf(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	packed := gzip.NewWriter(&out)
	files := tar.NewWriter(packed)
	for _, e := range entries {
		header := tar.Header{Typeflag: tar.TypeReg, Name: e.name, Size: int64(len(e.text)), Mode: 0o600}
		if e.kind != 0 {
			header.Typeflag, header.Size, header.Linkname = e.kind, 0, "/etc/passwd"
		}
		if err := files.WriteHeader(&header); err != nil {
			t.Fatal(err)
		}
		if _, err := files.Write([]byte(e.text)[:header.Size]); err != nil {
			t.Fatal(err)
		}
	}
	if err := files.Close(); err != nil {
		t.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatIsNoBundleIsRefusedWithARemedy(t *testing.T) {
	s, good := packing(t)
	s.run("bundle", "create", "Zebra finance", "--to", good, "--yes").wants(t, exitOK)
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		archive []byte
		says    string
	}{
		"empty":             {nil, "not compressed as bundles are"},
		"a picture":         {[]byte("\x89PNG\r\n\x1a\n"), "not compressed as bundles are"},
		"cut off":           {whole[:len(whole)/2], "damaged"},
		"a foreign archive": {archiveOf(t, entry{name: "README.md", text: "hello"}), "a file that no bundle has"},
		"a way out":         {archiveOf(t, entry{name: "../../report.json", text: "{}"}), "a file that no bundle has"},
		"a link":            {archiveOf(t, entry{name: "report.json", kind: tar.TypeSymlink}), "a file that no bundle has"},
		"a huge file":       {archiveOf(t, entry{name: "report.json", text: strings.Repeat(" ", 9<<20)}), "damaged or too large"},
		"too large":         {bytes.Repeat([]byte("x"), 5<<20), "too large"},
		"no JSON":           {archiveOf(t, entry{name: "report.json", text: "hello"}), "does not read as JSON"},
		"a later format":    {archiveOf(t, entry{name: "report.json", text: `{"format": 7}`}), "format 7"},
		"no report":         {archiveOf(t, entry{name: "record.txt", text: "hello"}), "it has no report.json"},
	} {
		path := filepath.Join(t.TempDir(), "it.tar.gz")
		if err := os.WriteFile(path, c.archive, 0o600); err != nil {
			t.Fatal(err)
		}
		o := run(t, "bundle", "open", path)
		if o.code != exitUsage || !strings.Contains(o.err, c.says) || strings.Count(o.err, "\n") != 2 || o.out != "" {
			t.Errorf("%s: exit %d, %q", name, o.code, o.err)
		}
	}
	run(t, "bundle", "open", filepath.Join(t.TempDir(), "none")).wants(t, exitUsage, "could not be opened", "Give bundle open a file that bundle create wrote.")
	run(t, "bundle", "open").wants(t, exitUsage, "Give one support bundle.")
}

func TestAHostileBundlePaintsNothing(t *testing.T) {
	report := `{"format": 1, "program": {"version": "\u001b[2J", "go": "", "system": "\u202e"},
		"stages": [{"id": "S01\u001b]0;x\u0007", "state": "failed", "evidence": "\u009b31m", "cause": "x", "reason": "a\nb", "remedy": "\r", "copy": "\u001b[1m"}]}`
	path := filepath.Join(t.TempDir(), "it.tar.gz")
	if err := os.WriteFile(path, archiveOf(t, entry{name: "report.json", text: report}, entry{name: "record.txt", text: "\x1b[1mbold"}), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, flags := range [][]string{nil, {"--json"}} {
		o := run(t, append([]string{"bundle", "open", path}, flags...)...)
		if o.wants(t, exitOK); strings.ContainsAny(o.out, "\x1b\x07\u009b\u202e\r") {
			t.Errorf("%q", o.out)
		}
	}
}
