package demo_test

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/service/catalog"
	"github.com/databricks/databricks-sdk-go/service/iam"
	"github.com/databricks/databricks-sdk-go/service/sql"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// readable lists the tables of inventory.assets that the connector sees in full.
func readable(c *client.DatabricksClient) ([]string, error) {
	list, err := tables(c).ListAll(ctx, catalog.ListTablesRequest{CatalogName: "inventory", SchemaName: "assets", OmitColumns: true})
	var names []string
	for _, info := range list {
		names = append(names, info.Name)
	}
	return names, err
}

// missing gives the privilege that a refusal names.
func missing(err error) string {
	var refused *apierr.APIError
	if errors.As(err, &refused) && refused.ErrorDetails().ErrorInfo != nil {
		return refused.ErrorDetails().ErrorInfo.Metadata["msg"]
	}
	return ""
}

// largeListing pages through the large catalog with the SDK's client and counts the empty pages. It decodes names only: the SDK's own
// TableInfo takes 0.2 ms a table to decode, which would be what is measured.
func largeListing(c *client.DatabricksClient) (names []string, empty int, err error) {
	query := map[string]any{"catalog_name": demo.LargeCatalog, "schema_name": demo.LargeSchema, "max_results": 0, "omit_columns": true}
	for {
		var page struct {
			Tables []struct {
				Name string `json:"name"`
			} `json:"tables"`
			Next string `json:"next_page_token"`
		}
		if err := c.Do(ctx, http.MethodGet, "/api/2.1/unity-catalog/tables", nil, query, nil, &page); err != nil {
			return nil, 0, err
		}
		if len(page.Tables) == 0 {
			empty++
		}
		for _, t := range page.Tables {
			names = append(names, t.Name)
		}
		if page.Next == "" {
			return names, empty, nil
		}
		query["page_token"] = page.Next
	}
}

func TestTheScenariosForWalkingHoldTheirStories(t *testing.T) {
	stories := map[string]func(t *testing.T, w *demo.Workspace){
		"first-time": func(t *testing.T, w *demo.Workspace) {
			if _, err := readable(signIn(t, w, w.Connector())); missing(err) != "USE CATALOG" {
				t.Errorf("listing tables: %v", err)
			}
		},
		"ready": func(t *testing.T, w *demo.Workspace) {
			names, err := readable(signIn(t, w, w.Connector()))
			if err != nil || len(names) != 12 || !slices.Contains(names, "components") {
				t.Errorf("tables: %q, %v", names, err)
			}
		},
		"wrong-secret": func(t *testing.T, w *demo.Workspace) {
			_, err := me(signIn(t, w, w.Connector())).Me(ctx, iam.MeRequest{})
			if !errors.Is(err, apierr.ErrUnauthenticated) || !strings.Contains(err.Error(), "invalid_client") {
				t.Errorf("sign-in: %v", err)
			}
			if _, err := me(signIn(t, w, w.Admin())).Me(ctx, iam.MeRequest{}); err != nil {
				t.Errorf("the admin's sign-in: %v", err)
			}
		},
		"no-warehouse": func(t *testing.T, w *demo.Workspace) {
			c := signIn(t, w, w.Connector())
			if list, err := warehouses(c).ListAll(ctx, sql.ListWarehousesRequest{}); err != nil || len(list) != 0 {
				t.Errorf("warehouses: %v, %v", list, err)
			}
			if _, err := warehouses(c).GetById(ctx, "a3f19c0d7be24418"); !errors.Is(err, apierr.ErrPermissionDenied) {
				t.Errorf("a warehouse by its id: %v", err)
			}
			if _, err := readable(c); err != nil {
				t.Errorf("tables: %v", err)
			}
		},
		"warehouse-stopped": func(t *testing.T, w *demo.Workspace) {
			list, err := warehouses(signIn(t, w, w.Connector())).ListAll(ctx, sql.ListWarehousesRequest{})
			if err != nil || len(list) != 5 {
				t.Fatalf("warehouses: %v, %v", list, err)
			}
			for _, info := range list {
				if info.State != sql.StateStopped {
					t.Errorf("%s is %s", info.Name, info.State)
				}
			}
		},
		"missing-grants": func(t *testing.T, w *demo.Workspace) {
			c := signIn(t, w, w.Connector())
			if info, err := catalogs(c).GetByName(ctx, "inventory"); err != nil || info.BrowseOnly {
				t.Errorf("inventory: %+v, %v", info, err)
			}
			if _, err := readable(c); missing(err) != "USE SCHEMA" {
				t.Errorf("listing tables: %v", err)
			}
		},
		"unreachable": func(t *testing.T, w *demo.Workspace) {
			var unknown *net.DNSError
			if _, err := w.LookupHost(ctx, w.Host()); !errors.As(err, &unknown) || !unknown.IsNotFound {
				t.Errorf("look-up: %v", err)
			}
			if _, err := w.DialContext(ctx, "tcp", w.Host()+":443"); !errors.As(err, &unknown) {
				t.Errorf("dial: %v", err)
			}
			if len(w.Requests()) != 0 {
				t.Error("a request arrived")
			}
		},
		"large": func(t *testing.T, w *demo.Workspace) {
			list, empty, err := largeListing(signIn(t, w, w.Connector()))
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(list)
			if len(slices.Compact(list)) != 100_000 || empty != 1 {
				t.Errorf("%d tables, %d empty pages", len(list), empty)
			}
		},
	}
	for id, tell := range stories {
		t.Run(id, func(t *testing.T) {
			w, _ := start(t, id)
			tell(t, w)
		})
	}
}

// TestEveryScenarioStartsAndExplainsItself leaves how the ladder ends on it to the tests of the ladder.
func TestEveryScenarioStartsAndExplainsItself(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range demo.Scenarios() {
		t.Run(s.ID, func(t *testing.T) {
			if seen[s.ID] || seen[s.Title] || seen[s.Story] {
				t.Error("another scenario says the same of itself")
			}
			seen[s.ID], seen[s.Title], seen[s.Story] = true, true, true
			if s.Title == "" || !strings.HasSuffix(s.Story, ".") || strings.Contains(s.Title+s.Story, "!") {
				t.Errorf("it explains itself as %q: %q", s.Title, s.Story)
			}
			if !s.Want.Passes() && (s.Want.Stage == "" || s.Want.Cause == "" || s.Want.Pattern == "" || s.Want.Exit == 0) {
				t.Errorf("it says only half of how it ends: %+v", s.Want)
			}
			w, _ := startScenario(t, s)
			target, err := w.Target()
			if err != nil || len(target.Tables) == 0 || target.Table != target.Tables[0] {
				t.Fatalf("its choices are %+v, %v", target, err)
			}
			for _, table := range target.Tables {
				if table.SchemaName != target.Table.SchemaName {
					t.Errorf("it chooses tables of two schemas: %s, %s", target.Table, table)
				}
			}
		})
	}
}

func TestAnUnknownScenarioIsAnsweredWithThoseLikeIt(t *testing.T) {
	all := fmt.Sprintf("there are %d", len(demo.Scenarios()))
	for text, near := range map[string]string{"perfect": all, "portal": "there is captive-portal, captive-portal-redirect"} {
		if _, err := demo.Find(text); err == nil || !strings.HasSuffix(err.Error(), "; "+near) {
			t.Errorf("%q is answered with %v", text, err)
		}
	}
}

func TestOneTableOfTheLargeCatalogIsFoundByName(t *testing.T) {
	w, _ := start(t, "large")
	c := signIn(t, w, w.Connector())
	first, err := tables(c).List(ctx, catalog.ListTablesRequest{CatalogName: demo.LargeCatalog, SchemaName: demo.LargeSchema, MaxResults: 3}).Next(ctx)
	if err != nil || len(first.Columns) == 0 {
		t.Fatalf("the first table: %+v, %v", first, err)
	}
	if info, err := tables(c).GetByFullName(ctx, first.FullName); err != nil || info.Name != first.Name {
		t.Errorf("by its name: %+v, %v", info, err)
	}
	if _, err := tables(c).GetByFullName(ctx, first.FullName+"9"); !errors.Is(err, apierr.ErrNotFound) {
		t.Errorf("a name that is not there: %v", err)
	}
}

func TestUnusualNamesSurviveThePath(t *testing.T) {
	w, _ := start(t, "first-time")
	admin := signIn(t, w, w.Admin())
	for _, name := range []string{"field-ops.work-orders.open-orders", "lagerbestände.hamburg.stellplätze", "odd`name.back`tick.t`1"} {
		if info, err := tables(admin).GetByFullName(ctx, name); err != nil || info.FullName != name {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
}

func TestOnlyItsOwnPoolTrustsTheWorkspace(t *testing.T) {
	w, _ := start(t, "ready")
	tr := transport(t, w)
	tr.TLSClientConfig.RootCAs = x509.NewCertPool()
	resp, err := (&http.Client{Transport: tr}).Get("https://" + w.Host() + "/.well-known/databricks-config")
	if err == nil {
		_ = resp.Body.Close()
	}
	var untrusted x509.UnknownAuthorityError
	if !errors.As(err, &untrusted) {
		t.Errorf("without its certificate authority: %v", err)
	}
}

func BenchmarkStart(b *testing.B) {
	s, err := demo.Find("large")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		w, err := demo.Start(ctx, s, demo.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkListing100000Tables(b *testing.B) {
	w, _ := start(b, "large")
	c := signIn(b, w, w.Connector())
	for b.Loop() {
		list, _, err := largeListing(c)
		if err != nil || len(list) != 100_000 {
			b.Fatal(len(list), err)
		}
	}
}
