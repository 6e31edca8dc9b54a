package bundle

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// told is a test that failed for want of a privilege.
func told() Contents {
	return Contents{
		Program:    Program{Version: "1.2.3", Go: "go1.26", System: "linux/amd64"},
		Connection: []Line{{"Workspace", "adb-7405605741000000.0.azuredatabricks.net"}, {"Schema", "warehouse_eu.billing_raw"}},
		Stages: StagesOf([]check.Result{
			{Stage: "S01", State: check.Passed, Evidence: "10.4.7.9, private"},
			{Stage: "S12", State: check.Failed, Evidence: "USE SCHEMA is missing on warehouse_eu.billing_raw", Finding: &check.Finding{
				Cause: check.MissingPermissions, Reason: "The service principal may not use billing_raw.", Pattern: "no-use-schema", Exit: 40,
				Remedy: check.Remedy{Text: "Ask maria.lindqvist@contoso.example.", Copy: "GRANT USE SCHEMA ON SCHEMA `warehouse_eu`.`billing_raw` TO `x`;\n"},
			}},
		}),
		Requests:    []workspace.Exchange{{Method: "GET", Path: "/api/2.1/unity-catalog/schemas/*", Status: 403, RequestID: "0b1c"}},
		Environment: []string{"HTTPS_PROXY"},
		Record:      "00:01  Chose warehouse_eu.billing_raw\n",
	}
}

func names() *connector.Registry {
	r := connector.NewRegistry()
	r.Note(connector.KindHost, "adb-7405605741000000.0.azuredatabricks.net")
	r.Note(connector.KindCatalog, "warehouse_eu")
	r.Note(connector.KindSchema, "billing_raw")
	return r
}

func packed(t *testing.T) []byte {
	t.Helper()
	b, err := Make(told(), names())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhatIsOpenedIsWhatWasFoundWithoutItsNames(t *testing.T) {
	c, err := Open(bytes.NewReader(packed(t)))
	if err != nil {
		t.Fatal(err)
	}
	failed := check.Failure(c.Results())
	if failed == nil || failed.Stage != "S12" || failed.Name == "" || failed.Finding.Cause != check.MissingPermissions || failed.Finding.Exit != 40 {
		t.Fatalf("the finding is %+v", failed)
	}
	if want := "USE SCHEMA is missing on catalog-1.schema-1"; failed.Evidence != want {
		t.Errorf("evidence %q, want %q", failed.Evidence, want)
	}
	if c.Record != "00:01  Chose catalog-1.schema-1\n" || c.Requests[0].Status != 403 {
		t.Errorf("record %q, requests %v", c.Record, c.Requests)
	}
	if text := failed.Finding.Remedy.Text + c.Results()[0].Evidence; strings.Contains(text, "contoso") || strings.Contains(text, "10.4.7.9") {
		t.Errorf("an e-mail or an address is left in %q", text)
	}
}

func TestTheSameInputMakesTheSameBytes(t *testing.T) {
	if !bytes.Equal(packed(t), packed(t)) {
		t.Error("two bundles of the same test differ")
	}
}

func TestABundleThatWouldHoldASecretIsNotMade(t *testing.T) {
	secret := []byte("secret-of-no-known-form-not~real/+")
	for how, text := range map[string]string{
		"plain": string(secret), "base64": base64.StdEncoding.EncodeToString(append([]byte("id:"), secret...)), "hex": hex.EncodeToString(secret),
		"URL": "secret-of-no-known-form-not~real%2F%2B",
	} {
		c := told()
		c.Environment = append(c.Environment, "x"+text) // a field that is not aliased
		_, err := Make(c, names(), connector.NewSecret(secret))
		var input *connector.Error
		if !errors.As(err, &input) {
			t.Errorf("%s: %v", how, err)
		}
	}
}

func TestABundleThatWouldHoldAValueIsNotMade(t *testing.T) {
	c := told()
	c.Environment = []string{"billing_raw"}
	if _, err := Make(c, names()); err == nil {
		t.Error("a value in a field that is not aliased went through")
	}
}

func archive(t *testing.T, headers ...tar.Header) *bytes.Buffer {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	files := tar.NewWriter(zipped)
	for _, h := range headers {
		if err := files.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if _, err := files.Write(make([]byte, h.Size)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(files.Close(), zipped.Close()); err != nil {
		t.Fatal(err)
	}
	return &out
}

func TestHostileArchivesAreRefused(t *testing.T) {
	file := func(name string, size int64) tar.Header {
		return tar.Header{Typeflag: tar.TypeReg, Name: name, Size: size, Mode: 0o600}
	}
	many := make([]tar.Header, 20)
	for i := range many {
		many[i] = file(recordName, 1)
	}
	for name, from := range map[string]*bytes.Buffer{
		"nothing":               {},
		"not an archive":        bytes.NewBufferString("PK\x03\x04"),
		"a path that leads out": archive(t, file("../../etc/passwd", 3)),
		"a link":                archive(t, tar.Header{Typeflag: tar.TypeSymlink, Name: reportName, Linkname: "/etc/passwd"}),
		"a bomb":                archive(t, file(reportName, 64<<20)),
		"too many files":        archive(t, many...),
		"no report":             archive(t, file(recordName, 3)),
		"no JSON":               archive(t, file(reportName, 3)),
		"cut off":               bytes.NewBuffer(packed(t)[:60]),
	} {
		var input *connector.Error
		if _, err := Open(from); !errors.As(err, &input) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestControlCharactersOfABundleNeverReachATerminal(t *testing.T) {
	c := told()
	c.Stages[1].Detail, c.Record, c.Stages[1].Copy = "\x1b]0;owned\x07", "a\x1b[2J\nb", "x\x1b[1m\ny"
	b, err := Make(c, connector.NewRegistry())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := b.Write(&out); err != nil {
		t.Fatal(err)
	}
	opened, err := Open(&out)
	if err != nil {
		t.Fatal(err)
	}
	if text := opened.Stages[1].Detail + opened.Record + opened.Stages[1].Copy; strings.ContainsAny(text, "\x1b\x07") {
		t.Errorf("%q", text)
	}
}
