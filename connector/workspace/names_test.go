package workspace_test

import (
	"net/http"
	"reflect"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// remotes are all texts of the workspace within a value.
func remotes(v reflect.Value) (found []connector.Remote) {
	if v.Type() == reflect.TypeFor[connector.Remote]() {
		return []connector.Remote{v.Interface().(connector.Remote)}
	}
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			found = append(found, remotes(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				found = append(found, remotes(v.Field(i))...)
			}
		}
	}
	return found
}

// unknown are those of the texts that a screen would show as they are, although they are not the same in every workspace.
func unknown(names *connector.Registry, answer any) (clear []string) {
	for _, text := range remotes(reflect.ValueOf(answer)) {
		raw := text.Raw()
		if public := connector.NewRegistry().Alias(connector.KindName, raw) == raw; !public && names.Name(raw) == raw {
			clear = append(clear, raw)
		}
	}
	return clear
}

func TestEveryNameOfAnAnswerIsKnownRightAfterTheCall(t *testing.T) {
	d := start(t, "ready")
	assets := schema(t, "inventory", "assets")
	calls := map[string]func(w *workspace.Workspace) (any, error){
		"warehouses":    func(w *workspace.Workspace) (any, error) { return w.Warehouses(t.Context(), "") },
		"one warehouse": func(w *workspace.Workspace) (any, error) { return w.Warehouse(t.Context(), starter) },
		"catalogs":      func(w *workspace.Workspace) (any, error) { return w.Catalogs(t.Context(), "") },
		"one catalog":   func(w *workspace.Workspace) (any, error) { return w.Catalog(t.Context(), assets.Catalog) },
		"schemas":       func(w *workspace.Workspace) (any, error) { return w.Schemas(t.Context(), assets.Catalog, "") },
		"one schema":    func(w *workspace.Workspace) (any, error) { return w.Schema(t.Context(), assets) },
		"tables":        func(w *workspace.Workspace) (any, error) { return w.Tables(t.Context(), assets, "") },
		"one table": func(w *workspace.Workspace) (any, error) {
			return w.Table(t.Context(), assets.Table(ident(t, "devices")))
		},
		"who I am":        func(w *workspace.Workspace) (any, error) { return w.Me(t.Context()) },
		"own tokens":      func(w *workspace.Workspace) (any, error) { return w.OwnTokens(t.Context()) },
		"metastore owner": func(w *workspace.Workspace) (any, error) { return w.MetastoreOwner(t.Context()) },
		"privileges": func(w *workspace.Workspace) (any, error) {
			return w.Effective(t.Context(), connector.TableType, assets.Full()+".devices", connector.FromRemote(demo.ConnectorID))
		},
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			names := connector.NewRegistry() // one that no other call has told anything
			w := open(t, workspace.Config{Host: parseHost(t, d.Host()), Network: d.Network(), Credentials: withToken(d.Connector()), Names: names})
			answer, err := call(w)
			if err != nil {
				t.Fatal(err)
			}
			if clear := unknown(names, answer); len(clear) > 0 {
				t.Errorf("not known: %q", clear)
			}
		})
	}
}

func TestWhatARefusalQuotesIsKnownRightAfterTheCall(t *testing.T) {
	const refusal = `{"error_code":"PERMISSION_DENIED","message":"User does not have USE SCHEMA on Schema 'zebra_finance.outcomes_west'."}`
	v := newTown(t, map[string]http.HandlerFunc{"/api/2.1/unity-catalog/catalogs": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte(refusal))
	}})
	names := connector.NewRegistry()
	token := connector.Credentials{Method: connector.PAT, Secret: connector.NewSecret([]byte(canary))}
	w := open(t, workspace.Config{Host: parseHost(t, hostName), Network: v.network(), Credentials: token, Names: names})
	_, err := w.Catalogs(t.Context(), "")
	if err == nil {
		t.Fatal("a refusal was taken for an answer")
	}
	for _, name := range []string{"zebra_finance", "outcomes_west"} {
		if names.Name(name) == name {
			t.Errorf("%s is not known after %v", name, err)
		}
	}
}
