package record

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// recording is a recorder with names of its own, whose clock goes on by a second with each look.
func recording(t *testing.T) (*Recorder, func() string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "session.txt")
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)
	looks := 0
	r := &Recorder{file: file, names: connector.NewRegistry(), began: began, now: func() time.Time {
		looks++
		return began.Add(time.Duration(looks) * time.Second)
	}}
	return r, func() string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
}

func TestARecordHasAliasesWithoutShareMode(t *testing.T) {
	r, text := recording(t)
	r.names.Note(connector.KindTable, "quarterly_payroll")
	r.Tell("Chose quarterly_payroll")
	if got, want := text(), "00:01  Chose table-1\n"; got != want {
		t.Errorf("the record is %q, want %q", got, want)
	}
}

func TestALineIsWrittenAnewWhenItsNameBecomesKnown(t *testing.T) {
	r, text := recording(t)
	r.Tell("Catalog: zebra_finance, and a long line that becomes shorter")
	r.Tell("Step Access")
	r.names.Note(connector.KindCatalog, "zebra_finance")
	r.Tell("The owner of zebra_finance was asked")
	r.Tell("Step Review")
	const want = "00:01  Catalog: catalog-1, and a long line that becomes shorter\n00:02  Step Access\n" +
		"00:03  The owner of catalog-1 was asked\n00:04  Step Review\n"
	if got := text(); got != want {
		t.Errorf("the record is\n%s\nwant\n%s", got, want)
	}
}

func TestWhatBecomesKnownLastIsTakenOutAtTheEnd(t *testing.T) {
	r, text := recording(t)
	_, _ = r.Write([]byte("reads zebra_finance\nhalf of a li"))
	_, _ = r.Write([]byte("ne"))
	r.names.Note(connector.KindCatalog, "zebra_finance")
	r.End(0)
	const want = "00:01  reads catalog-1\n00:02  half of a line\n00:03  Ended, exit code 0\n"
	if got := text(); got != want {
		t.Errorf("the record is\n%s\nwant\n%s", got, want)
	}
}

func TestARequestIsALineWithItsNumber(t *testing.T) {
	r, text := recording(t)
	const number = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	r.Request(workspace.Exchange{Method: "GET", Path: "/api/2.1/unity-catalog/schemas/*", Status: 429, Retries: 2, Took: 1500 * time.Millisecond, RequestID: number})
	r.Request(workspace.Exchange{Method: "POST", Path: "/oidc/v1/token"})
	r.names.Note(connector.KindHost, "gateway.contoso.example")
	r.Request(workspace.Exchange{Method: "GET", Path: "/x", Status: 200, RequestID: "gateway.contoso.example"})
	const want = "00:01  GET /api/2.1/unity-catalog/schemas/*: 429 after 1500 ms, 2 retries, request " + number + "\n" +
		"00:02  POST /oidc/v1/token: no answer after 0 ms\n00:03  GET /x: 200 after 0 ms, request host-A\n"
	if got := text(); got != want {
		t.Errorf("the record is\n%s\nwant\n%s", got, want)
	}
}
