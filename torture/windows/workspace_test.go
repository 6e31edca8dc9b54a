package windows

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// workspace is what the Windows build serves, and says of itself.
type workspace struct {
	Host              string `json:"host"`
	CAFile            string `json:"ca_file"`
	ClientID          string `json:"client_id"`
	ClientSecret      string `json:"client_secret"`
	AdminClientID     string `json:"admin_client_id"`
	AdminClientSecret string `json:"admin_client_secret"`
}

// served has the Windows build serve a workspace until the test ends.
func served(t *testing.T, scenario string) (w workspace) {
	t.Helper()
	cmd := somebody(t, "").call("demo", "--scenario", scenario, "--serve", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatalf("no workspace was served: %v", err)
	}
	if err := json.Unmarshal([]byte(line), &w); err != nil {
		t.Fatal(err)
	}
	return w
}

// answers writes an answers file as an editor of Windows does, with a mark in front and CRLF, and gives its path.
func (w workspace) answers(t *testing.T, p person, name, protection string) string {
	t.Helper()
	text := fmt.Sprintf(`version: 1
host: %s
client_id: %s
ca_file: %s
warehouse: Starter Warehouse
catalog: inventory
schema: assets
tables: [components, devices]
name: %s
%s
`, w.Host, w.ClientID, w.CAFile, name, protection)
	path := p.path("answers of " + name + " ü.yaml")
	if err := os.WriteFile(path, []byte("\ufeff"+strings.ReplaceAll(text, "\n", "\r\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return unixPath(path)
}

// setUp saves a connection to the workspace.
func (w workspace) setUp(t *testing.T, p person, name, protection string) string {
	t.Helper()
	return p.run(t, 0, w.ClientSecret+"\r\n", "setup", "--answers", w.answers(t, p, name, protection), "--secret-stdin", "--allow-host", w.Host)
}

// names are the saved connections, in order, all of which must be whole.
func names(t *testing.T, p person) (all []string) {
	t.Helper()
	var listed []struct {
		Name string `json:"name"`
	}
	text := p.run(t, 0, "", "list", "--json")
	if err := json.Unmarshal([]byte(text), &listed); err != nil { // what is said of a damaged one is no JSON
		t.Fatalf("%v:\n%s", err, text)
	}
	for _, one := range listed {
		all = append(all, one.Name)
	}
	return all
}
