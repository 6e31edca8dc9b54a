package grants_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

func remote(text string) connector.Remote { return connector.FromRemote(text) }

// nothingHeld compares needs with views in which nobody holds anything.
func nothingHeld(needs []grants.Need, owners map[string]string) ([]grants.View, grants.Comparison) {
	var views []grants.View
	for _, o := range grants.Objects(needs) {
		views = append(views, grants.View{Object: o, Owner: remote(owners[o.Full()]), Everybody: true})
	}
	return views, grants.Diff(needs, views, grants.Known(draftt, nil), false)
}

func TestWhoCanGrantComesFromOwnersNeverFromAdmins(t *testing.T) {
	list := needs(schema(t, "inventory", "assets"), connector.ScopeSchema)
	views, _ := nothingHeld(list, map[string]string{"inventory": "governance", "inventory.assets": "asset-owners"})
	views[1].Grants = []connector.Grant{{Principal: remote("stewards"), Privilege: connector.Manage}, {Principal: remote("analysts"), Privilege: connector.AllPrivileges}}
	can := grants.WhoCan(list, views, remote("metastore-admins"))
	var got []string
	for _, a := range can {
		for _, g := range a.Granters {
			got = append(got, a.Object.String()+": "+g.Name.String()+" "+string(g.Standing))
		}
	}
	want := []string{
		"inventory: governance owns it", "inventory: metastore-admins owns the metastore",
		"inventory.assets: asset-owners owns it", "inventory.assets: stewards has MANAGE on it", "inventory.assets: governance owns what it is in", "inventory.assets: metastore-admins owns the metastore",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestEveryOwnerGetsOnePage(t *testing.T) {
	host, _, err := connector.ParseHost(demo.HostName, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := schema(t, "inventory", "assets")
	handoff := grants.Handoff{Connection: "Asset inventory – prod", Host: host, To: draftt, Resume: "draftt-databricks setup --resume"}
	list := needs(s, connector.ScopeSchema)
	views, c := nothingHeld(list, map[string]string{"inventory": "governance", "inventory.assets": "../../etc/Ownér\n\x1b[2J"})
	packets, err := grants.Packets(handoff, c.Needs(), grants.WhoCan(list, views, connector.Remote{}))
	if err != nil || len(packets) != 2 {
		t.Fatalf("%d packets, %v", len(packets), err)
	}
	if strings.Count(packets[0].SQL, "GRANT ") != 1 || strings.Count(packets[1].SQL, "GRANT ") != 2 || packets[0].Name == packets[1].Name {
		t.Errorf("%+v", packets)
	}
	many := grants.Read(s, connector.ScopeTables, func() (out []grants.Target) {
		for i := range 80 {
			out = append(out, grants.Target{Name: s.Table(ident(t, fmt.Sprintf("t%d", i)))})
		}
		return out
	}())
	long, err := grants.Packets(handoff, many, nil)
	if err != nil || len(long) != 1 || long[0].SQLName == "" || !strings.Contains(long[0].Text, long[0].SQLName) || strings.Count(long[0].SQL, "GRANT ") != 80 {
		t.Fatalf("%+v, %v", long, err)
	}
	handoff.Demo = true
	staged, err := grants.Packets(handoff, c.Needs(), nil)
	if err != nil || len(staged) != 1 || !strings.Contains(staged[0].Text, "DEMO: ") || strings.Contains(packets[0].Text, "DEMO") {
		t.Errorf("a page of the demo is %+v, %v", staged, err)
	}
	packets = append(packets, staged...)
	safe := regexp.MustCompile(`^handoff-[a-z0-9-]+\.txt$`)
	for _, p := range append(packets, long...) {
		if !safe.MatchString(p.Name) || len(p.Name) > 120 {
			t.Errorf("the file %q", p.Name)
		}
		if n := strings.Count(p.Text, "\n"); n > 60 || strings.ContainsAny(p.Text, "\x1b\r") {
			t.Errorf("%d lines:\n%q", n, p.Text)
		}
		for _, part := range []string{"Why", "What to run", "How to verify", "How to take it back", host.Name(), applicationID, "setup --resume"} {
			if !strings.Contains(p.Text, part) {
				t.Errorf("lacks %q:\n%s", part, p.Text)
			}
		}
		if p.SQLName == "" && !strings.Contains(p.Text, strings.TrimSpace(p.SQL)) {
			t.Errorf("the page does not have the exact SQL:\n%s", p.Text)
		}
	}
	for a, b := range map[string]string{"Bob": "bob", "a/b": "a-b", "ü": "ö", "x y": "x  y", strings.Repeat("a", 50): strings.Repeat("a", 51)} {
		if grants.FileWord(a) == grants.FileWord(b) {
			t.Errorf("%q and %q share the file word %q", a, b, grants.FileWord(a))
		}
	}
}

var hostileNames = []string{"inventory", "odd`name", `a"b`, `a\b`, "a${b}", "a%{b}", "a$${b}", "a'b", "$(rm)", "-rf", "--", "stellplätze", "#x", "{}", "<<EOT", "資産"}

func TestTheOtherFormsOfAGrantAreValidWhateverTheName(t *testing.T) {
	for _, name := range hostileNames {
		list := needs(schema(t, name, name), connector.ScopeTables, grants.Target{Name: schema(t, name, name).Table(ident(t, name)), Kind: "VIEW"})
		_, c := nothingHeld(list, nil)
		e, err := c.Equivalents()
		if err != nil || len(e.REST) != 3 {
			t.Fatalf("%s: %+v, %v", name, e, err)
		}
		full := []string{name, name + "." + name, name + "." + name + "." + name}
		resources := parseHCL(t, e.Terraform)
		commands := shellWords(t, e.CLI)
		for i, p := range e.REST {
			var body struct {
				Changes []struct {
					Principal string
					Add       []string
					Remove    []string
				}
			}
			if err := json.Unmarshal(p.Body, &body); err != nil || len(body.Changes) != 1 || body.Changes[0].Principal != applicationID || len(body.Changes[0].Add) != 1 || body.Changes[0].Remove != nil {
				t.Errorf("%s: %s, %v", name, p.Body, err)
			}
			kind := string(p.On.Type)
			if r := resources[i]; r[kind] != full[i] || r["principal"] != applicationID || r["privileges"] != body.Changes[0].Add[0] {
				t.Errorf("%s: terraform %q", name, r)
			}
			want := []string{"databricks", "grants", "update", "--json", string(p.Body), "--", kind, full[i]}
			if !slices.Equal(commands[i], want) {
				t.Errorf("%s: command %q", name, commands[i])
			}
		}
	}
}

func TestTerraformKeepsWhatTheObjectHasAlready(t *testing.T) {
	list := needs(schema(t, "c", "s"), connector.ScopeSchema)
	views, _ := nothingHeld(list, nil)
	views[1].Grants = []connector.Grant{{Principal: draftt.Name, Privilege: connector.UseSchema}}
	e, err := grants.Diff(list, views, grants.Known(draftt, nil), false).Equivalents()
	if err != nil || len(e.REST) != 2 {
		t.Fatalf("%+v, %v", e, err)
	}
	if r := parseHCL(t, e.Terraform); r[1]["privileges"] != "SELECT USE_SCHEMA" {
		t.Errorf("%q", r)
	}
}

// parseHCL reads resources as the grammar of HCL has them, a template sequence in a string counting as an error, and gives the attributes
// of each. It knows nothing of how they were written.
func parseHCL(t *testing.T, text string) (out []map[string]string) {
	t.Helper()
	header := regexp.MustCompile(`^resource "databricks_grant" "[a-z_][a-z0-9_]*" \{$`)
	attribute := regexp.MustCompile(`^  ([a-z]+) += (.+)$`)
	item := regexp.MustCompile(`^"((?:[^"\\]|\\.)*)"(?:, )?`)
	names := map[string]bool{}
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		switch m := attribute.FindStringSubmatch(line); {
		case line == "" || strings.HasPrefix(line, "#") || line == "}":
		case header.MatchString(line):
			if names[line] {
				t.Errorf("twice: %s", line)
			}
			names[line] = true
			out = append(out, map[string]string{})
		case m == nil || len(out) == 0:
			t.Fatalf("not HCL: %q", line)
		default:
			rest, isList := strings.CutPrefix(m[2], "[")
			if isList {
				rest = strings.TrimSuffix(rest, "]")
			}
			var values []string
			for rest != "" {
				v := item.FindStringSubmatch(rest)
				if v == nil || strings.Contains(v[1], "${") || strings.Contains(v[1], "%{") {
					t.Fatalf("not a plain string of HCL: %q", rest)
				}
				plain, err := strconv.Unquote(`"` + v[1] + `"`) // HCL has the same escapes
				if err != nil {
					t.Fatalf("%q: %v", v[1], err)
				}
				values, rest = append(values, plain), rest[len(v[0]):]
			}
			out[len(out)-1][m[1]] = strings.Join(values, " ")
		}
	}
	return out
}

// shellWords lets a real shell split the commands into words.
func shellWords(t *testing.T, script string) (out [][]string) {
	t.Helper()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no POSIX shell")
	}
	for line := range strings.SplitSeq(strings.TrimSpace(script), "\n") {
		said, err := exec.Command(shell, "-c", "for word in "+line+"; do printf '%s\\n' \"$word\"; done").Output()
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, strings.Split(strings.TrimSuffix(string(said), "\n"), "\n"))
	}
	return out
}

func TestAnOriginIsSaidInAFewWords(t *testing.T) {
	from, err := grants.ObjectNamed("CATALOG", remote("inventory"))
	if err != nil {
		t.Fatal(err)
	}
	group := grants.Identity{Name: remote("governance"), Group: true, Via: []connector.Remote{remote("asset-owners")}}
	for want, origin := range map[string]grants.Origin{
		"direct":                           {},
		"owner":                            {Owner: true},
		"inherited from catalog inventory": {From: from, Above: true},
		"group governance through asset-owners, owner":                                            {Holder: group, Owner: true},
		"direct, ALL PRIVILEGES":                                                                  {All: true},
		"in effect; inherited-by-group detail not visible":                                        {Unseen: true},
		"group governance through asset-owners, inherited from catalog inventory, ALL PRIVILEGES": {Holder: group, From: from, Above: true, All: true},
	} {
		if got := origin.String(); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestUnusualCatalogsBehaveAsDocumented(t *testing.T) {
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(t.Context(), s, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	host, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ws, err := workspace.Open(workspace.Config{Host: host, Network: d.Network(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: d.Connector().ClientID, Secret: d.Connector().Secret}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(ws.Close)
	compare := func(list []grants.Need, chosen ...grants.Object) grants.Comparison {
		t.Helper()
		me, err := ws.Me(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		views, err := grants.Look(t.Context(), ws, me.Name, append(grants.Objects(list), chosen...))
		if err != nil {
			t.Fatal(err)
		}
		return grants.Diff(list, views, grants.Self(me), true)
	}
	for _, tt := range []struct {
		catalog, schema, table string
		missing                int
		note                   string
	}{
		{"samples", "nyctaxi", "trips", 0, "SELECT on the schema covers"}, {"system", "billing", "usage", 2, "each schema is granted by itself"},
		{"hive_metastore", "default", "old_assets", 3, "table access control of its own"}, {"inventory", "assets", "devices", 3, ""}, {"odd`name", "back`tick", "t`1", 3, ""},
	} {
		list := needs(schema(t, tt.catalog, tt.schema), connector.ScopeSchema)
		table := grants.Table(schema(t, tt.catalog, tt.schema).Table(ident(t, tt.table)), "")
		c := compare(list, table)
		if len(c.Missing) != tt.missing || c.Obstacle != "" || tt.note != "" && !strings.Contains(strings.Join(c.Notes, " "), tt.note) {
			t.Errorf("%s: missing %+v, %q, notes %q", tt.catalog, c.Missing, c.Obstacle, c.Notes)
		}
		script, err := c.SQL()
		if err != nil || strings.Count(script, "GRANT ") != tt.missing {
			t.Errorf("%s: %s, %v", tt.catalog, script, err)
		}
		if err := d.Grant(t.Context(), script); err != nil {
			t.Errorf("%s: %v", tt.catalog, err)
		}
		if after := compare(list, table); tt.catalog != connector.HiveMetastore && !after.Done() {
			t.Errorf("%s: still missing %+v", tt.catalog, after.Missing)
		}
	}
	if c := compare(needs(schema(t, "finance_eu", "ledger"), connector.ScopeSchema)); !strings.Contains(c.Obstacle, "bound to other workspaces") || c.Needs() != nil || c.Done() {
		t.Errorf("a catalog that is bound elsewhere: %+v", c)
	}
	contracts := grants.Target{Name: schema(t, "inventory", "assets").Table(ident(t, "contracts"))}
	if c := compare(needs(contracts.Name.SchemaName, connector.ScopeTables, contracts)); len(c.Notes) != 3 || len(c.Extra) != 1 || c.Extra[0].Writes {
		t.Errorf("filters and masks: notes %q, extra %+v", c.Notes, c.Extra)
	}
}

// A workspace's own catalog belongs to a group that nobody can write to; the page is for people.
func TestWhatTheAdminsOfTheWorkspaceOwnIsAskedOfThemInWords(t *testing.T) {
	t.Parallel()
	list := needs(schema(t, "inventory", "assets"), connector.ScopeSchema)
	const group = "_workspace_admins_contoso_7405605741000000"
	views, _ := nothingHeld(list, map[string]string{"inventory": group, "inventory.assets": group})
	packets, err := grants.Packets(grants.Handoff{Connection: "prod", To: draftt}, list, grants.WhoCan(list, views, connector.Remote{}))
	if err != nil || len(packets) != 1 {
		t.Fatalf("%d packets, %v", len(packets), err)
	}
	page := packets[0].Text
	if strings.Contains(page, group) || !strings.Contains(page, "To:         the admins of the workspace (owns catalog inventory)\n") || !strings.Contains(page, "Identity and access › Groups › admins") {
		t.Errorf("the page says\n%s", page)
	}
}

// generous answers the question for everybody's grants to anybody, as some workspaces do, and leaves out what the reader may not see.
type generous struct{ *workspace.Workspace }

func (g generous) Effective(ctx context.Context, kind connector.SecurableType, full string, who connector.Remote) ([]connector.Grant, error) {
	if who.Raw() != "" {
		return g.Workspace.Effective(ctx, kind, full, who)
	}
	return nil, nil
}

// A list of grants may be partial without saying so. Only whoever has the right to see it whole can tell that something is missing.
func TestWhatAReaderMayNotSeeWholeIsNotMissing(t *testing.T) {
	t.Parallel()
	d, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Start(t.Context(), d, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	list := needs(schema(t, "inventory", "assets"), connector.ScopeSchema)
	for _, reader := range []struct {
		name  string
		as    connector.Credentials
		whole bool
	}{
		{"the connector", connector.Credentials{Method: connector.OAuth, ClientID: w.Connector().ClientID, Secret: w.Connector().Secret}, false},
		{"an admin", connector.Credentials{Method: connector.OAuth, ClientID: w.Admin().ClientID, Secret: w.Admin().Secret}, true},
	} {
		host, _, err := connector.ParseHost(w.Host(), nil)
		if err != nil {
			t.Fatal(err)
		}
		ws, err := workspace.Open(workspace.Config{Host: host, Credentials: reader.as, Network: w.Network()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(ws.Close)
		views, err := grants.Look(t.Context(), generous{ws}, remote(string(w.Connector().ClientID)), grants.Objects(list))
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range views {
			if v.Everybody != reader.whole {
				t.Errorf("%s sees %s whole: %t", reader.name, v.Object, v.Everybody)
			}
		}
		for _, line := range grants.Diff(list, views, grants.Known(draftt, nil), false).Missing {
			if (line.Unknown == "") != reader.whole {
				t.Errorf("%s: %s is unknown for %q", reader.name, line.Need.Title(), line.Unknown)
			}
		}
	}
}

// In hive_metastore the owner and the admins of the workspace may grant, and the owner of the metastore has no say.
func TestWhoCanGrantInHiveMetastore(t *testing.T) {
	list := needs(schema(t, "hive_metastore", "default"), connector.ScopeSchema)
	views := []grants.View{{Object: list[0].On}, {Object: list[1].On, Owner: remote("maria")}}
	var got []string
	for _, a := range grants.WhoCan(list, views, remote("metastore-admins")) {
		if a.Partly || a.Administered() != (a.Object.Type == connector.CatalogType) {
			t.Errorf("%+v", a)
		}
		for _, g := range a.Granters {
			got = append(got, a.Object.String()+": "+g.Name.String()+" "+string(g.Standing))
		}
	}
	want := []string{"hive_metastore: admins administers the workspace", "hive_metastore.default: maria owns it", "hive_metastore.default: admins administers the workspace"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	host, _, err := connector.ParseHost(demo.HostName, nil)
	if err != nil {
		t.Fatal(err)
	}
	packets, err := grants.Packets(grants.Handoff{Connection: "old", Host: host, To: draftt}, list, grants.WhoCan(list, views, connector.Remote{}))
	if err != nil || len(packets) != 2 || !strings.Contains(packets[0].Text, "To:         admins (administers the workspace)") {
		t.Errorf("%+v, %v", packets, err)
	}
}
