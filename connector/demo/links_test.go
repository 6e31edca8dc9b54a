package demo_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v12/arrow/ipc"
	dbsdk "github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// fetch gets a link as a client does that knows nothing but the link.
func fetch(t *testing.T, c *http.Client, url, authorization string) (status int, body []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	res, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if body, err = io.ReadAll(res.Body); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, body
}

// rowsIn counts the rows of a file.
var rowsIn = map[dbsdk.Format]func(*testing.T, []byte) int{
	dbsdk.FormatJsonArray: func(t *testing.T, body []byte) int {
		var rows [][]*string
		if err := json.Unmarshal(body, &rows); err != nil {
			t.Fatal(err)
		}
		return len(rows)
	},
	dbsdk.FormatCsv: func(t *testing.T, body []byte) int {
		rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
		if err != nil || rows[0][0] != "id" {
			t.Fatalf("%v, %v", rows[:1], err)
		}
		return len(rows) - 1
	},
	dbsdk.FormatArrowStream: func(t *testing.T, body []byte) (n int) {
		in, err := ipc.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer in.Release()
		for in.Next() {
			n += int(in.Record().NumRows())
		}
		return n
	},
}

// TestResultsAreFetchedByLinksThatEnd runs a statement in each format with the SDK, and fetches its parts from the storage.
func TestResultsAreFetchedByLinksThatEnd(t *testing.T) {
	w, clock := start(t, "sync")
	api := dbsdk.NewStatementExecution(signIn(t, w, w.Connector()))
	storage := &http.Client{Transport: transport(t, w)}
	var kept []string
	for format, count := range rowsIn {
		run, err := api.ExecuteStatement(ctx, dbsdk.ExecuteStatementRequest{
			WarehouseId: starter, Statement: "SELECT * FROM generated.sync.rows_100k WHERE id < 500000", WaitTimeout: "50s",
			Disposition: dbsdk.DispositionExternalLinks, Format: format,
		})
		if err != nil || run.Status.State != dbsdk.StatementStateSucceeded || run.Manifest.TotalRowCount != 50_000 || run.Manifest.TotalChunkCount != 3 ||
			run.Manifest.TotalByteCount == 0 || run.Manifest.Format != format {
			t.Fatalf("%s: %+v, %v", format, run, err)
		}
		rows, result := 0, run.Result
		for {
			link := result.ExternalLinks[0]
			if !strings.HasPrefix(link.ExternalLink, "https://"+demo.StorageHostName+"/") || int64(rows) != link.RowOffset {
				t.Errorf("%s: the link of row %d is %+v", format, rows, link)
			}
			status, body := fetch(t, storage, link.ExternalLink, "")
			if status != http.StatusOK {
				t.Fatalf("%s: %d %s", format, status, body)
			}
			rows += count(t, body)
			if link.NextChunkIndex == 0 {
				break
			}
			if result, err = api.GetStatementResultChunkNByStatementIdAndChunkIndex(ctx, run.StatementId, link.NextChunkIndex); err != nil {
				t.Fatal(err)
			}
		}
		if rows != 50_000 {
			t.Errorf("%s: %d rows", format, rows)
		}
		last := result.ExternalLinks[0].ExternalLink
		if status, _ := fetch(t, storage, last, "Bearer secret"); status != http.StatusBadRequest {
			t.Errorf("with a credential it answers %d", status)
		}
		if status, _ := fetch(t, storage, last+"x", ""); status != http.StatusForbidden {
			t.Errorf("with another signature it answers %d", status)
		}
		kept = append(kept, last)
	}
	clock.Advance(16 * time.Minute)
	for _, link := range kept {
		if status, body := fetch(t, storage, link, ""); status != http.StatusForbidden || !bytes.Contains(body, []byte("AuthenticationFailed")) {
			t.Errorf("after its end it answers %d %s", status, body)
		}
	}
}

// startNow runs the scenario sync on the clock of the machine, which the driver holds the end of links against.
func startNow(t *testing.T) *demo.Workspace {
	t.Helper()
	s, err := demo.Find("sync")
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Start(ctx, s, demo.Options{})
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

// TestTheDriverFetchesLongResultsByLinks reads with CloudFetch, which the driver offers by default.
func TestTheDriverFetchesLongResultsByLinks(t *testing.T) {
	w := startNow(t)
	db := open(t, w, w.Connector(), starter)
	if n := len(lines(t, db, "SELECT id, name, price, site FROM generated.sync.rows_100k")); n != 100_000 {
		t.Errorf("%d rows", n)
	}
	files := 0
	for _, e := range w.Requests() {
		if strings.HasPrefix(e.Path, "/results/") && e.Status == http.StatusOK {
			files++
		}
	}
	if files < 5 {
		t.Errorf("%d files were fetched", files)
	}
}

// TestALinkEndsWithItsResult asks for a statement again and again, and drops its result.
func TestALinkEndsWithItsResult(t *testing.T) {
	w, clock := start(t, "sync")
	caller := signIn(t, w, w.Connector())
	api := dbsdk.NewStatementExecution(caller)
	storage := &http.Client{Transport: transport(t, w)}
	run, err := api.ExecuteStatement(ctx, dbsdk.ExecuteStatementRequest{
		WarehouseId: starter, Statement: "SELECT * FROM generated.sync.rows_1k", WaitTimeout: "50s",
		Disposition: dbsdk.DispositionExternalLinks, Format: dbsdk.FormatCsv,
	})
	if err != nil || len(run.Result.ExternalLinks) != 1 {
		t.Fatalf("%+v, %v", run, err)
	}
	link := func() string {
		t.Helper()
		again, err := api.GetStatementByStatementId(ctx, run.StatementId)
		if err != nil {
			t.Fatal(err)
		}
		return again.Result.ExternalLinks[0].ExternalLink
	}
	first := run.Result.ExternalLinks[0].ExternalLink
	if again := link(); again != first {
		t.Errorf("the link is %s, and then %s", first, again)
	}
	clock.Advance(8 * time.Minute)
	if again := link(); again == first {
		t.Error("with less than half of its life left it is still the same link")
	}
	if status, _ := fetch(t, storage, first, ""); status != http.StatusOK {
		t.Errorf("the first link answers %d", status)
	}
	if err := caller.Do(ctx, http.MethodDelete, "/api/2.0/sql/statements/"+run.StatementId, nil, nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	if status, body := fetch(t, storage, first, ""); status != http.StatusNotFound || !bytes.Contains(body, []byte("BlobNotFound")) {
		t.Errorf("without its result it answers %d %s", status, body)
	}
}

// TestASmallResultComesWithItsAnswerAndALongOneByLinks leaves it to the workspace how results are handed out, as drivers do that speak the
// statement API in place of Thrift.
func TestASmallResultComesWithItsAnswerAndALongOneByLinks(t *testing.T) {
	w, _ := start(t, "sync")
	caller := signIn(t, w, w.Connector())
	for table, rows := range map[string]int{"rows_1k": 1_000, "rows_100k": 100_000, "rows_1k WHERE id < 0": 0} {
		var run struct {
			Manifest struct {
				Rows        int    `json:"total_row_count"`
				Compression string `json:"result_compression"`
			} `json:"manifest"`
			Result struct {
				Rows  int                  `json:"row_count"`
				File  []byte               `json:"attachment"`
				Links []dbsdk.ExternalLink `json:"external_links"`
			} `json:"result"`
		}
		request := map[string]string{
			"warehouse_id": starter, "statement": "SELECT id FROM generated.sync." + table, "wait_timeout": "50s",
			"disposition": "INLINE_OR_EXTERNAL_LINKS", "format": "ARROW_STREAM", "result_compression": "LZ4_FRAME",
		}
		if err := caller.Do(ctx, http.MethodPost, "/api/2.0/sql/statements/", nil, nil, request, &run); err != nil {
			t.Fatal(err)
		}
		if run.Manifest.Rows != rows || run.Manifest.Compression != "NONE" || (len(run.Result.Links) > 0) != (rows > 1_000) {
			t.Errorf("%s: %+v, %d links", table, run.Manifest, len(run.Result.Links))
		}
		if rows == 1_000 && (run.Result.Rows != rows || rowsIn[dbsdk.FormatArrowStream](t, run.Result.File) != rows) {
			t.Errorf("%s: %d rows with the answer", table, run.Result.Rows)
		}
	}
}
