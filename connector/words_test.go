package connector_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestKindsOfRelationHaveAWordAndAKeyword(t *testing.T) {
	tests := []struct {
		kind      connector.TableKind
		word, sql string
	}{
		{"MANAGED", "table", "TABLE"}, {"EXTERNAL", "external table", "TABLE"}, {"VIEW", "view", "VIEW"},
		{"MATERIALIZED_VIEW", "materialized view", "MATERIALIZED VIEW"}, {"STREAMING_TABLE", "streaming table", "TABLE"},
		{"FOREIGN", "foreign table", "TABLE"}, {"METRIC_VIEW", "metric view", "VIEW"}, {"", "table", "TABLE"}, {"\x1b[2J; DROP", "table", "TABLE"},
	}
	for _, tt := range tests {
		if tt.kind.Word() != tt.word || tt.kind.SQL() != tt.sql {
			t.Errorf("%q is a %q, %q in SQL", tt.kind, tt.kind.Word(), tt.kind.SQL())
		}
	}
}

func TestWarehousesAreDescribedInPlainWords(t *testing.T) {
	words := map[connector.WarehouseState]string{
		connector.Running: "running", connector.Starting: "starting", connector.Stopping: "stopping", connector.Stopped: "stopped",
		connector.Deleting: "being deleted", connector.Deleted: "deleted", "": "in no state that shows", "\x1b[2J": "in state ␛[2J", "RESIZING": "in state RESIZING",
	}
	for state, want := range words {
		if got := state.Word(); got != want {
			t.Errorf("%q is %q", state, got)
		}
	}
	if !connector.Serverless.Documented() || !connector.Pro.Documented() || connector.Classic.Documented() || connector.UnknownType.Documented() {
		t.Error("the documented types are serverless and pro")
	}
	if connector.Serverless.TypicalStart() == connector.Pro.TypicalStart() {
		t.Error("a serverless warehouse takes as long to start as a pro one")
	}
}

func TestOnlyReadingPrivilegesAreReadOnly(t *testing.T) {
	for _, p := range []connector.Privilege{connector.UseCatalog, connector.UseSchema, connector.Select, connector.Browse, connector.Usage, "READ_METADATA"} {
		if !p.ReadOnly() {
			t.Errorf("%s counts as writing", p)
		}
	}
	for _, p := range []connector.Privilege{
		connector.Modify, connector.AllPrivileges, connector.Manage, "CREATE_TABLE", "CREATE_SCHEMA", "EXECUTE", "WRITE_VOLUME", "APPLY_TAG", "OWN", "", "select", "SELECT ",
	} {
		if p.ReadOnly() {
			t.Errorf("%q counts as reading", p)
		}
	}
	if connector.UseCatalog.SQL() != "USE CATALOG" || connector.AllPrivileges.SQL() != "ALL PRIVILEGES" {
		t.Error("SQL writes privileges with spaces")
	}
}

func TestAConnectionNameIsASentenceLikeLine(t *testing.T) {
	for typed, want := range map[string]string{
		"Asset inventory – prod": "Asset inventory – prod", "  padded  inside  ": "padded inside", "two\nlines": "two lines", "資産": "資産",
		strings.Repeat("ä", 80): strings.Repeat("ä", 80), "../../etc/passwd": "../../etc/passwd",
	} {
		if got, err := connector.ParseConnectionName(typed); err != nil || got != want {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", " \t\n", strings.Repeat("a", 81), "a\x1b[2Jb", "a\u202eb", "a\u200bb", "a\x00b", "a\xffb", "z" + strings.Repeat("\u0301", 9)} {
		got, err := connector.ParseConnectionName(typed)
		var input *connector.Error
		if !errors.As(err, &input) || got != "" || input.Remedy == "" || !safe(input.What) {
			t.Errorf("%q was taken as %q, %v", typed, got, err)
		}
	}
}

func TestANearNameIsOffered(t *testing.T) {
	names := []string{"inventory", "inventory_archive", "dev_inventory", "sales", "Marketing", "hr"}
	tests := []struct {
		asked string
		limit int
		want  string
	}{
		{"inventroy", 3, "inventory"}, {"INVENTORY", 2, "inventory dev_inventory"}, {" marketng ", 3, "Marketing"}, {"inventory", 1, "inventory"},
		{"slaes", 1, "sales"}, {"warehouse", 3, ""}, {"x", 3, ""}, {"sales", 0, ""},
	}
	for _, tt := range tests {
		if got := strings.Join(connector.Nearest(tt.asked, names, tt.limit), " "); got != tt.want {
			t.Errorf("%q: %q, not %q", tt.asked, got, tt.want)
		}
	}
}
