package demo_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"net/http"
	osexec "os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/databricks/databricks-sdk-go/config"

	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// sdkCall is one request that the SDK for Go can send: the package, the receiver and the method in its source, and what these send, with a
// made-up value in the place of every ID.
type sdkCall struct{ service, api, name, method, path string }

// TestEveryCallOfTheSDKIsCoveredOrHonestlyNot asks the embedded workspace and its account, as an admin, whatever the SDK for Go could ask, and keeps
// what was covered as a page of the documentation. What is not covered is answered with the 404 of an unknown path and with nothing else.
func TestEveryCallOfTheSDKIsCoveredOrHonestlyNot(t *testing.T) {
	calls := sdkCalls(t)
	if len(calls) < 1000 {
		t.Fatalf("%d calls are in the source of the SDK: they are written in another way now", len(calls))
	}
	w, _ := start(t, "ready")
	workspace, account := configFor(t, w), accountConfig(t, w, w.AccountAdmin())
	workspace.AuthType, workspace.Token = "pat", string(w.Admin().Token.Reveal())
	covered, not := map[string][]string{}, map[string][]string{}
	for _, c := range calls {
		api := c.service + " | " + c.api
		asked := workspace
		if path, of := strings.CutPrefix(c.path, "/api/2.0/accounts/4711"); of {
			asked, c.path = account, "/api/2.0/accounts/"+w.AccountID()+path
		}
		if c.isCovered(t, asked) {
			covered[api] = append(covered[api], c.name)
		} else {
			not[api] = append(not[api], c.name)
		}
	}
	golden.Compare(t, filepath.Join("..", "..", "docs", "embedded-calls.md"), callsPage(covered, not))
}

// isCovered reports whether anything but "unknown path" is answered.
func (c sdkCall) isCovered(t *testing.T, asked *config.Config) bool {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), c.method, asked.Host+c.path, strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	if err := asked.Authenticate(r); err != nil {
		t.Fatal(err)
	}
	answer, err := (&http.Client{Transport: asked.HTTPTransport}).Do(r)
	if err != nil {
		t.Fatalf("%s %s: %v", c.method, c.path, err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		Code string `json:"error_code"`
	}
	if answer.StatusCode >= http.StatusInternalServerError || len(body) > 0 && !json.Valid(body) {
		t.Errorf("%s %s is answered with %d and %.200s", c.method, c.path, answer.StatusCode, body)
	}
	_ = json.Unmarshal(body, &told) // a list has no code
	return answer.StatusCode != http.StatusNotFound || c.method != http.MethodHead && told.Code != "ENDPOINT_NOT_FOUND"
}

// sdkCalls reads the source of the SDK that this module is built with.
func sdkCalls(t *testing.T) (calls []sdkCall) {
	t.Helper()
	folder, err := osexec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/databricks/databricks-sdk-go").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(folder)), "service", "*", "impl.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("the SDK has no services: %v", err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv != nil {
				if c := sentBy(f); c.path != "" && c.method != "" {
					c.service = filepath.Base(filepath.Dir(name))
					calls = append(calls, c)
				}
			}
		}
	}
	return calls
}

// sentBy is what a method of the SDK sends: it sets path, and hands it to client.Do after the method of HTTP.
func sentBy(f *ast.FuncDecl) sdkCall {
	c := sdkCall{name: strings.TrimPrefix(f.Name.Name, "internal")}
	if pointer, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok {
		c.api = strings.TrimSuffix(pointer.X.(*ast.Ident).Name, "Impl")
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if to, ok := n.Lhs[0].(*ast.Ident); ok && to.Name == "path" && c.path == "" {
				c.path = pathOf(n.Rhs[0])
			}
		case *ast.SelectorExpr:
			if from, ok := n.X.(*ast.Ident); ok && from.Name == "http" && strings.HasPrefix(n.Sel.Name, "Method") {
				c.method = strings.ToUpper(strings.TrimPrefix(n.Sel.Name, "Method"))
			}
		}
		return true
	})
	return c
}

// kinds stand where a path names the kind of an object before its ID, because one that is not known is an unknown path.
var kinds = strings.NewReplacer("/api/2.0/permissions/%v/", "/api/2.0/permissions/clusters/", "/sql/permissions/%v/", "/sql/permissions/queries/",
	"unity-catalog/permissions/%v/", "unity-catalog/permissions/catalog/",
	"unity-catalog/effective-permissions/%v/", "unity-catalog/effective-permissions/catalog/",
	"unity-catalog/bindings/%v/", "unity-catalog/bindings/catalog/")

// pathOf is a path that is written as it is, or made by Sprintf of what it holds; 4711 is no ID of anything.
func pathOf(expression ast.Expr) string {
	if made, ok := expression.(*ast.CallExpr); ok {
		expression = made.Args[0]
	}
	written, ok := expression.(*ast.BasicLit)
	if !ok {
		return ""
	}
	path, _ := strconv.Unquote(written.Value)
	return strings.ReplaceAll(kinds.Replace(path), "%v", "4711")
}

// callsPage is the page of the documentation.
func callsPage(covered, not map[string][]string) string {
	var b strings.Builder
	b.WriteString(callsHead)
	all, known := 0, 0
	apis := slices.Sorted(maps.Keys(covered))
	for _, api := range apis {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", api, orNone(covered[api]), orNone(not[api]))
	}
	whole := map[string]bool{}
	for api, names := range not {
		all += len(names)
		whole[api] = len(covered[api]) == 0
	}
	for _, names := range covered {
		known += len(names)
	}
	b.WriteString("\nAnswered with 404 `ENDPOINT_NOT_FOUND`, all of them:\n\n")
	last := ""
	for _, api := range slices.Sorted(maps.Keys(whole)) {
		if !whole[api] {
			continue
		}
		service, name, _ := strings.Cut(api, " | ")
		if service != last {
			fmt.Fprintf(&b, "%s- %s: %s", map[bool]string{true: "\n", false: ""}[last != ""], service, name)
			last = service
			continue
		}
		b.WriteString(", " + name)
	}
	fmt.Fprintf(&b, "\n\n%d of %d calls are covered.\n", known, all+known)
	return b.String()
}

func orNone(names []string) string { return strings.Join(slices.Sorted(slices.Values(names)), ", ") }

const callsHead = `# What the SDK for Go can ask, and what the embedded workspace answers

Made by a test that sends every request which databricks-sdk-go knows, as an admin of the workspace or of the account. What is not covered is answered
with the 404 of a path that does not exist, never with something made up. [The embedded workspace](embedded-workspace.md) says what the covered ones do.

| service | API | covered | not covered |
|---|---|---|---|
`
