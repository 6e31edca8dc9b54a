package export

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow/go/v12/arrow/array"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	size "github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// canary is a token that somebody wrote where it does not belong.
const canary = "dapi0123456789abcdef0123456789abcdef"

// company is an embedded workspace of some dozens, with a secret in a comment and in the name of a job.
type company struct {
	*demo.Workspace
	world *model.World
}

func found(t *testing.T) company {
	t.Helper()
	s, err := demo.Find("estate")
	if err != nil {
		t.Fatal(err)
	}
	s.Paced = false
	s.Estate = size.Size{Seed: 13, Principals: 50, Groups: 16, Warehouses: 13, Jobs: 4, Objects: 60, Catalogs: 1, Schemas: 1, Tables: 2}
	var c company
	c.Workspace, err = demo.Start(context.Background(), s, demo.Options{Furnish: func(w *model.World) error {
		c.world = w
		w.PresetToken(model.Token{Owner: demo.AdminID, CreatedBy: demo.AdminID, Comment: "the old one was " + canary}, model.NewTokenValue())
		return w.AddThing(model.Thing{Kind: "jobs", ID: "77", Creator: demo.AdminID, Details: map[string]any{"settings": map[string]any{"name": "load with " + canary}}})
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// taken takes an inventory as the admin, whole as far as they see, and opens it.
func taken(t *testing.T, c company, f store.Folder) *store.Run {
	t.Helper()
	host, _, err := connector.ParseHost(c.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	as := connector.Credentials{Method: connector.OAuth, ClientID: c.Admin().ClientID, Secret: c.Admin().Secret}
	reader, err := workspace.OpenReader(workspace.Config{Host: host, Credentials: as, Network: c.Network()}, estate.Reads(estate.AtWorkspace))
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	m, _, err := estate.Take(t.Context(), f, estate.Options{Workspace: reader, Pace: 1e6, Place: estate.Place{Host: c.Host()}}, estate.Taking{})
	if err != nil {
		t.Fatal(err)
	}
	run, _, _, err := f.Open(m.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Close() })
	return run
}

func written(t *testing.T, run *store.Run, o Options) map[string][]byte {
	t.Helper()
	folder := t.TempDir()
	files, err := Write(run, folder, o)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		content, err := os.ReadFile(filepath.Join(folder, f.Name))
		if err != nil || int64(len(content)) != f.Bytes {
			t.Errorf("%s has %d bytes and says %d: %v", f.Name, len(content), f.Bytes, err)
		}
		out[f.Name] = content
	}
	return out
}

func TestAnInventoryIsReadByThoseWhoKnowNothingOfIt(t *testing.T) {
	c := found(t)
	f := store.Folder{Dir: t.TempDir()}
	run := taken(t, c, f)
	jobs, err := run.Count("jobs")
	if err != nil || jobs < 2 {
		t.Fatalf("%d jobs: %v", jobs, err)
	}
	t.Run("lines of JSON", func(t *testing.T) {
		decoder, n := json.NewDecoder(bytes.NewReader(written(t, run, Options{Form: NDJSON})["jobs.ndjson"])), 0
		for decoder.More() {
			var row struct {
				Kind, ID, Name string
				Properties     map[string]any
			}
			if err := decoder.Decode(&row); err != nil || row.Kind != "jobs" || row.ID == "" || row.Properties["settings.name"] != row.Name {
				t.Fatalf("%+v: %v", row, err)
			}
			n++
		}
		if n != jobs {
			t.Errorf("%d rows of %d", n, jobs)
		}
	})
	t.Run("CSV", func(t *testing.T) {
		rows, err := csv.NewReader(bytes.NewReader(written(t, run, Options{Form: CSV})["jobs.csv"])).ReadAll()
		if err != nil || len(rows) != jobs+1 || strings.Join(rows[0], ",") != "kind,id,parent,name,properties" || !json.Valid([]byte(rows[1][4])) {
			t.Errorf("%d rows, %v: %v", len(rows), rows[:2], err)
		}
	})
	t.Run("Parquet", func(t *testing.T) {
		content := written(t, run, Options{Form: Parquet})["permissions-notebooks.parquet"]
		var rows []row
		for batch, wrong := range format.Read(format.Parquet, bytes.NewReader(content), int64(len(content)), columns) {
			if wrong != nil {
				t.Fatal(wrong)
			}
			ids, properties := batch.Record.Column(1).(*array.String), batch.Record.Column(4).(*array.String)
			for i := range int(batch.Record.NumRows()) {
				rows = append(rows, row{ids.Value(i), properties.Value(i)})
			}
		}
		var list estate.AccessList
		if want, _ := run.Count("notebooks"); len(rows) != want || want == 0 {
			t.Fatalf("%d rows of %d", len(rows), want)
		}
		if err := json.Unmarshal([]byte(rows[0].Properties), &list); err != nil || len(list.Entries) == 0 || list.Entries[0].Level == "" {
			t.Errorf("%+v: %v", rows[0], err)
		}
	})
	t.Run("OpenGraph", func(t *testing.T) {
		wellFormed(t, written(t, run, Options{Form: OpenGraph})["databricks.opengraph.json"])
	})
	t.Run("OpenGraph of a part", func(t *testing.T) {
		wellFormed(t, written(t, run, Options{Form: OpenGraph, Filter: Filter{Where: []string{"owner=data-governance"}}})["databricks.opengraph.json"])
	})
	t.Run("twice", func(t *testing.T) {
		time.Sleep(time.Second) // a run has an id of its own second
		again := taken(t, c, f)
		for _, form := range Forms {
			one, two := written(t, run, Options{Form: form}), written(t, again, Options{Form: form})
			for name, content := range one {
				if !bytes.Equal(content, two[name]) {
					t.Errorf("%s is another file for the same world", name)
				}
			}
		}
	})
}

type row struct{ ID, Properties string }

var edgeKind = pattern.New(`^[A-Za-z0-9_]+$`)

// wellFormed holds a graph against the rules by which BloodHound takes one in: SpecterOps/BloodHound, cmd/api/src/services/upload/jsonschema.
func wellFormed(t *testing.T, content []byte) {
	t.Helper()
	var g struct {
		Metadata struct {
			SourceKind string `json:"source_kind"`
		}
		Graph struct {
			Nodes []node
			Edges []edge
		}
	}
	if err := json.Unmarshal(content, &g); err != nil || g.Metadata.SourceKind != "Databricks" || len(g.Graph.Nodes) == 0 || len(g.Graph.Edges) == 0 {
		t.Fatalf("%d nodes, %d edges: %v", len(g.Graph.Nodes), len(g.Graph.Edges), err)
	}
	known, loud := map[string]bool{}, map[string]bool{}
	for _, n := range g.Graph.Nodes {
		if known[n.ID] || loud[strings.ToUpper(n.ID)] || len(n.Kinds) == 0 || len(n.Kinds) > 3 {
			t.Errorf("node %s is there twice, where BloodHound writes IDs in capitals, or of kinds %v", n.ID, n.Kinds)
		}
		known[n.ID], loud[strings.ToUpper(n.ID)] = true, true
		for name, value := range n.Properties {
			if !plain(value) {
				t.Errorf("node %s: %s is %v", n.ID, name, value)
			}
		}
	}
	for _, e := range g.Graph.Edges {
		if !known[e.Start.Value] || !known[e.End.Value] || !edgeKind().MatchString(e.Kind) || e.Start.By != "id" || e.End.By != "id" || e.Properties == nil {
			t.Errorf("edge %+v", e)
		}
	}
}

func TestNoSecretIsKeptOrExported(t *testing.T) {
	c := found(t)
	f := store.Folder{Dir: t.TempDir()}
	run := taken(t, c, f)
	stored, err := os.ReadFile(run.Path())
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][]byte{"the store": stored}
	for _, form := range Forms {
		for name, content := range written(t, run, Options{Form: form}) {
			texts[name] = content
		}
	}
	admin, _ := c.world.Principal(demo.AdminID)
	secrets := []string{canary, string(c.Admin().Secret.Reveal()), string(c.Admin().Token.Reveal()), string(c.Connector().Secret.Reveal()), "secret_hash"}
	for _, p := range c.world.InWorkspace().List(model.ServicePrincipal) {
		of, _ := c.world.InWorkspace().Secrets(admin, p.ID)
		for _, s := range of {
			secrets = append(secrets, s.Hash)
		}
	}
	if len(secrets) < 6 {
		t.Fatal("there is no hash to look for")
	}
	for name, content := range texts {
		for i, secret := range secrets {
			if bytes.Contains(content, []byte(secret)) {
				t.Errorf("secret %d is in %s", i, name)
			}
		}
	}
	if !bytes.Contains(texts["tokens.ndjson"], []byte("the old one was")) || !bytes.Contains(texts["jobs.ndjson"], []byte("load with")) {
		t.Error("where the secrets stood is not in the export: nothing was looked at")
	}
}

func TestSharedFilesNameNobody(t *testing.T) {
	c := found(t)
	run := taken(t, c, store.Folder{Dir: t.TempDir()})
	connector.Share(true)
	defer connector.Share(false)
	names := []string{"maria.lindqvist", "Maria Lindqvist", "data-governance"}
	for _, form := range []Form{NDJSON, CSV, OpenGraph} {
		for file, content := range written(t, run, Options{Form: form}) {
			for _, name := range names {
				if bytes.Contains(content, []byte(name)) {
					t.Errorf("%s names %s", file, name)
				}
			}
		}
	}
}

func TestAFileThatIsThereIsNotReplaced(t *testing.T) {
	c := found(t)
	run, folder := taken(t, c, store.Folder{Dir: t.TempDir()}), t.TempDir()
	o := Options{Form: CSV, Kinds: []string{"jobs"}}
	if _, err := Write(run, folder, o); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(run, folder, o); !errors.Is(err, ErrFiles) {
		t.Errorf("it is written over: %v", err)
	}
	o.Overwrite = true
	if _, err := Write(run, folder, o); err != nil {
		t.Error(err)
	}
	for _, wrong := range []Options{{Form: "xls"}, {Form: CSV, Kinds: []string{"nothing"}}, {Form: CSV, Filter: Filter{Where: []string{"owner"}}}} {
		if _, err := Write(run, t.TempDir(), wrong); !errors.Is(err, connector.ErrInput) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}
