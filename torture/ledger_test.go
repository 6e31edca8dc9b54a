package torture

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Every embedded workspace of a test run writes down what it is asked, see demo.LedgerFolder. scripts/test makes the folder, runs every
// test of the module and then the judge here, which reads all of it.

// foreign is how the User-Agent of a client begins that was not made by this product and uses the connector's credentials on purpose for
// what the connector never does. Only such a mark takes a request out; where it comes from does not.
const foreign = "foreign-client"

// judged is a ledger and what came out of it.
type judged struct {
	files, product, foreign, admin int
	statements                     int
	sins                           []string
	seen                           map[string]int // the entries of known that were met
}

// sent is what a request of the connector may look like, told apart from the product's own list so that a mistake in that does not judge
// itself: reads, the token, the start of a warehouse, and SQL.
var sent = regexp.MustCompile(`^(GET /\S*|POST /oidc/v1/token|POST /api/2\.0/sql/warehouses/[^/ ]+/start|POST /sql/1\.0/(warehouses|endpoints)/[^/ ]+)$`)

// planned is what an admin session may send besides reads and the sign-in: each request that a plan can hold. A permission is changed by
// PATCH, because PUT would take away what others have; the lists for tokens and passwords, from which nothing else takes anything, by PUT too.
var planned = regexp.MustCompile(`^(POST /api/2\.0/preview/scim/v2/ServicePrincipals|(PATCH|DELETE) /api/2\.0/preview/scim/v2/ServicePrincipals/[^/ ]+|` +
	`POST /api/2\.0/accounts/servicePrincipals/[^/ ]+/credentials/secrets|DELETE /api/2\.0/accounts/servicePrincipals/[^/ ]+/credentials/secrets/[^/ ]+|` +
	`(PATCH|PUT) /api/2\.0/(preview/)?permissions/authorization/(tokens|passwords)|POST /api/2\.0/token/(create|delete)|PATCH /api/2\.0/workspace-conf|` +
	`POST /api/2\.0/token-management/on-behalf-of/tokens|DELETE /api/2\.0/token-management/tokens/[^/ ]+|` +
	`PATCH /api/2\.0/permissions/warehouses/[^/ ]+|PATCH /api/2\.1/unity-catalog/permissions/[^/ ]+/[^/ ]+|` +
	`DELETE /api/2\.0/sql/warehouses/[^/ ]+|POST /api/2\.1/clusters/permanent-delete|POST /api/2\.0/sql/statements)$`)

// looked is what somebody who is no workspace admin may look at in a session of their own, which the connector never opens: it reads what the workspace lets
// them see.
var looked = regexp.MustCompile(`^GET /api/(2\.0/preview/scim/v2/(ServicePrincipals|Groups)(/[^/ ]+)?|2\.0/(permissions/((warehouses|clusters)/[^/ ]+|authorization/tokens)|preview/permissions/authorization/tokens)|` +
	`2\.0/accounts/servicePrincipals/[^/ ]+/credentials/secrets|2\.0/token-management/tokens|2\.1/clusters/list|2\.2/jobs/list|2\.0/sql/history/queries|2\.0/settings/types/default_namespace_ws/names/default)$`)

// lists and gives are the statements of an admin session, which govern hive_metastore: the one reads, the other belongs to a plan.
var (
	lists = regexp.MustCompile("^SHOW GRANTS ON (CATALOG|SCHEMA) " + name + "$")
	gives = regexp.MustCompile("^GRANT (USAGE|SELECT|CREATE|MODIFY|READ_METADATA)(, (USAGE|SELECT|CREATE|MODIFY|READ_METADATA))* ON (CATALOG|SCHEMA) " + name + " TO " + name + "$")
)

// planMark is what a change says of itself, the plan and the step of it. Only the engine's Apply puts it there, once the plan was confirmed and
// the step is in the journal; the tests of package admin hold the marks against the journals.
var planMark = regexp.MustCompile(` plan/[0-9a-f]{16}\.[1-9][0-9]*( |$)`)

// searched reads although its method does not say so, stored is a file of a large result, which is fetched without a credential, and accountToken
// is how somebody signs in to an account.
var (
	searched     = regexp.MustCompile(`^POST /api/2\.0/mlflow/experiments/search$`)
	stored       = regexp.MustCompile(`^GET /results/[A-Z2-7]{26}$`)
	accountToken = regexp.MustCompile(`^(GET /oidc/accounts/[0-9a-f-]{36}/\.well-known/oauth-authorization-server|POST /oidc/accounts/[0-9a-f-]{36}/v1/token)$`)
)

// sessionMark is what an admin session says of itself, whoever signed in to it.
var sessionMark = regexp.MustCompile(` session/admin( |$)`)

// own is how the product calls itself. Tests that set a workspace up as its admin do so by other clients.
const own = "draftt-databricks"

// name is a name of up to three parts as package query quotes it.
const name = "`(?:[^`]|``)+`(?:\\.`(?:[^`]|``)+`){0,2}"

// column is a name of a column, end the end of a range of one, and quotedName a name within the quotes of a string.
const (
	column     = "`(?:[^`]|``)+`"
	end        = `(?:-?[0-9]+|DATE'-?[0-9]{4,6}-[0-9]{2}-[0-9]{2}')`
	quotedName = "`(?:[^`'\\\\]|``|\\\\['\\\\])+`(?:\\.`(?:[^`'\\\\]|``|\\\\['\\\\])+`){2}"
)

// within is a part of a table: a range of one column, and perhaps its NULLs.
const within = `(?: WHERE ` + column + `(?: >= ` + end + `(?: AND ` + column + ` < ` + end + `)?| < ` + end + `)(?: OR ` + column + ` IS NULL)?)?`

// ran is what the connector's SQL may look like.
var ran = regexp.MustCompile(`^(?s:SELECT 1 AS one, current_user\(\) AS me|DESCRIBE TABLE ` + name + `|SHOW (?:CATALOGS|SCHEMAS IN ` + name + `|TABLES IN ` + name + `)|` +
	`SELECT (?:\*|` + column + `(?:, ` + column + `)*) FROM ` + name + `(?: VERSION AS OF [0-9]+)?(?:` + within + `|` + newer + `)(?: LIMIT [0-9]+)?|` +
	`SELECT count\(\*\) AS total(?:, min\(` + column + `\) AS low, max\(` + column + `\) AS high)? FROM ` + name + `(?: VERSION AS OF [0-9]+)?(?: WHERE ` + floor + `)?|` + added + `|` +
	`DESCRIBE HISTORY ` + name + ` LIMIT 1|SELECT \* FROM table_changes\('` + quotedName + `', [0-9]+, [0-9]+\))$`)

// known is what a whole run certainly asks for. Where one is missing the ledger is not of a whole run and proves nothing.
var known = []*regexp.Regexp{
	regexp.MustCompile(`^GET /oidc/\.well-known/`), regexp.MustCompile(`^POST /oidc/v1/token 200`), regexp.MustCompile(`^POST /oidc/v1/token 401`),
	regexp.MustCompile(`^GET /api/2\.0/preview/scim/v2/Me 200`), regexp.MustCompile(`^GET /api/2\.0/sql/warehouses 200`), regexp.MustCompile(`^GET /api/2\.0/sql/warehouses/\w+ `),
	regexp.MustCompile(`^POST /api/2\.0/sql/warehouses/\w+/start 200`), regexp.MustCompile(`^POST /api/2\.0/sql/warehouses/\w+/start 403`), regexp.MustCompile(`^POST /sql/1\.0/warehouses/\w+ 200`),
	regexp.MustCompile(`^GET /api/2\.1/unity-catalog/catalogs 200`), regexp.MustCompile(`^GET /api/2\.1/unity-catalog/schemas 200`), regexp.MustCompile(`^GET /api/2\.1/unity-catalog/tables 200`),
	regexp.MustCompile(`^GET /api/2\.1/unity-catalog/tables/\S+ 403`), regexp.MustCompile(`^GET /api/2\.1/unity-catalog/effective-permissions/\w+/\S+ 200`),
	regexp.MustCompile(`^SELECT 1 AS one`), regexp.MustCompile("^SELECT \\* FROM `"), regexp.MustCompile("^DESCRIBE TABLE `"), regexp.MustCompile("``"),
}

// judge reads every ledger in a folder.
func judge(folder string) (judged, error) {
	v := judged{seen: map[string]int{}}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		v.files++
		return v.read(path)
	})
	for _, k := range known {
		if v.seen[k.String()] == 0 {
			err = errors.Join(err, fmt.Errorf("nothing in the ledger is like %s", k))
		}
	}
	for what, count := range map[string]int{"of the connector": v.product, "of foreign clients": v.foreign, "of an admin": v.admin} {
		if count == 0 {
			err = errors.Join(err, fmt.Errorf("the ledger has no request %s", what))
		}
	}
	return v, err
}

func (v *judged) read(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 32<<20)
	for lines.Scan() {
		var e demo.LedgerEntry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		v.take(e)
	}
	return lines.Err()
}

func (v *judged) take(e demo.LedgerEntry) {
	switch {
	case e.Admin, sessionMark.MatchString(e.Agent):
		v.admin++
		request := e.Method + " " + e.Path
		read := e.Method == "GET" || e.Path == tokenPath || searched.MatchString(request) || e.Statement != "" && (ran.MatchString(e.Statement) || lists.MatchString(e.Statement) || granted.MatchString(e.Statement)) || e.Statement == "" && (strings.HasPrefix(e.Path, "/sql/") || e.Path == "/api/2.0/sql/statements" && sessionMark.MatchString(e.Agent)) // a session, a page of a result, or what a fault answered unread
		ours := strings.Contains(e.Agent, own) && !strings.HasPrefix(e.Agent, foreign)
		if ours && !read && (!planned.MatchString(request) || !planMark.MatchString(e.Agent) || e.Statement != "" && !gives.MatchString(e.Statement)) {
			v.sin("%s by an admin session %q in scenario %s", request, e.Agent, e.Scenario)
		}
		return
	case strings.HasPrefix(e.Agent, foreign):
		v.foreign++
		return
	}
	v.product++
	request := e.Method + " " + e.Path
	if e.Principal == "" && stored.MatchString(request) || accountToken.MatchString(request) {
		return
	}
	if (!workspace.Allows(e.Method, e.Path) || !sent.MatchString(request)) && (e.Principal == demo.ConnectorID || !looked.MatchString(request)) {
		v.sin("%s as %q by %q in scenario %s", request, e.Principal, e.Agent, e.Scenario)
	}
	if e.Statement != "" {
		if v.statements++; !ran.MatchString(e.Statement) {
			v.sin("%q was run as %q by %q in scenario %s", e.Statement, e.Principal, e.Agent, e.Scenario)
		}
	}
	for _, k := range known {
		if k.MatchString(fmt.Sprintf("%s %d", request, e.Status)) || k.MatchString(e.Statement) {
			v.seen[k.String()]++
		}
	}
}

func (v *judged) sin(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(v.sins, text) {
		v.sins = append(v.sins, text)
	}
}

// TestTheWholeRunOnlyRead is the judge. Without a ledger to judge it is skipped: an ordinary go test of this package has none.
func TestTheWholeRunOnlyRead(t *testing.T) {
	if *ledger == "" {
		t.Skip("unknown: no -ledger names the requests of a whole run; make test does")
	}
	v, err := judge(*ledger)
	if err != nil {
		t.Error(err)
	}
	for _, sin := range v.sins {
		t.Error(sin)
	}
	t.Logf("%d workspaces; of the connector %d requests and %d statements, %d kinds outside the read-only list; besides %d of foreign clients and %d of an admin", v.files, v.product, v.statements, len(v.sins), v.foreign, v.admin)
}

// The mark that takes a request out is for tests alone: a program that used it could write unjudged.
func TestNothingOfTheProductCallsItselfForeign(t *testing.T) {
	read := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content), foreign) {
			t.Errorf("%s has the mark %q", path, foreign)
		}
		read++
		return err
	})
	if err != nil || read < 100 {
		t.Errorf("%d files were read: %v", read, err)
	}
}

// write makes a ledger of one file.
func write(t *testing.T, entries []demo.LedgerEntry) string {
	t.Helper()
	dir := t.TempDir()
	var lines []byte
	for _, e := range entries {
		line, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(append(lines, line...), '\n')
	}
	if err := os.WriteFile(filepath.Join(dir, "1-1.jsonl"), lines, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// whole is the least that a ledger has which proves something.
func whole() []demo.LedgerEntry {
	const warehouse, unity = "/sql/1.0/warehouses/abc", "/api/2.1/unity-catalog/"
	asked := func(method, path string, status int) demo.LedgerEntry {
		return demo.LedgerEntry{Scenario: "x", Principal: demo.ConnectorID, Agent: "draftt-databricks/1.2.3", Method: method, Path: path, Status: status}
	}
	ran := func(sql string) demo.LedgerEntry {
		e := asked("POST", warehouse, 200)
		e.Statement = sql
		return e
	}
	return []demo.LedgerEntry{
		asked("GET", discovery, 200), asked("POST", tokenPath, 200), asked("POST", tokenPath, 401), asked("GET", mePath, 200),
		asked("GET", "/api/2.0/sql/warehouses", 200), asked("GET", "/api/2.0/sql/warehouses/abc", 200), asked("POST", "/api/2.0/sql/warehouses/abc/start", 200),
		asked("POST", "/api/2.0/sql/warehouses/abc/start", 403), asked("GET", unity+"catalogs", 200), asked("GET", unity+"schemas", 200), asked("GET", unity+"tables", 200),
		asked("GET", unity+"tables/a.b.c", 403), asked("GET", unity+"effective-permissions/table/a.b.c%2Fd", 200),
		ran("SELECT 1 AS one, current_user() AS me"), ran("SELECT * FROM `a`.`b`.`c``d` LIMIT 5"), ran("DESCRIBE TABLE `a`.`b`.`c`"),
		{Scenario: "x", Principal: demo.ConnectorID, Agent: foreign + " jdbc", Method: "PATCH", Path: unity + "permissions/table/a.b.c", Status: 403},
		{Scenario: "x", Principal: demo.AdminID, Admin: true, Agent: "draftt-databricks/1.2.3 plan/0123456789abcdef.12 auth/pat", Method: "PATCH", Path: unity + "permissions/table/a.b.c", Status: 200},
	}
}

func TestTheJudgeOfTheLedgerFindsWhatItShould(t *testing.T) {
	if v, err := judge(write(t, whole())); err != nil || len(v.sins) > 0 {
		t.Fatalf("a run that only reads is judged %v, %q", err, v.sins)
	}
	t.Run("every write and every call off the list", func(t *testing.T) {
		for _, request := range []string{
			"PATCH /api/2.1/unity-catalog/permissions/table/a.b.c", "PUT /api/2.0/permissions/warehouses/abc", "POST /api/2.0/sql/statements", "POST /api/2.0/token/create", "DELETE /api/2.1/unity-catalog/tables/a.b.c",
			"POST /api/2.0/sql/warehouses", "POST /api/2.0/sql/warehouses/abc/stop", "GET /api/2.0/secrets/list", "GET /api/2.1/unity-catalog/catalogs/../permissions", "POST /sql/1.0/warehouses/abc/x", "GET /",
		} {
			method, path, _ := strings.Cut(request, " ")
			for _, who := range []string{demo.ConnectorID, "", "somebody else"} {
				v, _ := judge(write(t, append(whole(), demo.LedgerEntry{Principal: who, Agent: "draftt-databricks", Method: method, Path: path, Status: 403})))
				if len(v.sins) != 1 {
					t.Errorf("%s by %q passes: %q", request, who, v.sins)
				}
			}
		}
	})
	t.Run("what an admin session sends of no plan, and what no plan can hold", func(t *testing.T) {
		for request, agent := range map[string]string{
			"PATCH /api/2.1/unity-catalog/permissions/table/a.b.c": "draftt-databricks/1.2.3 auth/pat", "DELETE /api/2.0/preview/scim/v2/ServicePrincipals/7": "draftt-databricks/1.2.3 plan/7.1",
			"PUT /api/2.0/permissions/authorization/tokens": "draftt-databricks/1.2.3 session/admin", "PUT /api/2.0/permissions/authorization/jobs": "draftt-databricks/1.2.3 plan/0123456789abcdef.1",
			"POST /api/2.0/sql/statements": "draftt-databricks/1.2.3 auth/pat", "DELETE /api/2.0/sql/warehouses/abc": "draftt-databricks/1.2.3 auth/pat",
			"POST /api/2.1/clusters/permanent-delete": "draftt-databricks/1.2.3 auth/pat", "POST /api/2.1/clusters/delete": "draftt-databricks/1.2.3 plan/0123456789abcdef.1",
			"PUT /api/2.0/permissions/warehouses/abc": "draftt-databricks/1.2.3 plan/0123456789abcdef.1", "DELETE /api/2.1/unity-catalog/tables/a.b.c": "draftt-databricks/1.2.3 plan/0123456789abcdef.1",
		} {
			method, path, _ := strings.Cut(request, " ")
			if v, _ := judge(write(t, append(whole(), demo.LedgerEntry{Principal: demo.AdminID, Admin: true, Agent: agent, Method: method, Path: path, Status: 200}))); len(v.sins) != 1 {
				t.Errorf("%s by %s passes: %q", request, agent, v.sins)
			}
		}
	})
	t.Run("statements of an admin session", func(t *testing.T) {
		const plan = "draftt-databricks/1.2.3 plan/0123456789abcdef.1"
		for sql, want := range map[string]struct {
			agent string
			sins  int
		}{
			"SHOW GRANTS ON SCHEMA `hive_metastore`.`a`": {"draftt-databricks/1.2.3", 0}, "GRANT USAGE, READ_METADATA ON SCHEMA `hive_metastore`.`a` TO `b`": {plan, 0},
			"GRANT USAGE ON SCHEMA `hive_metastore`.`b` TO `b`": {"draftt-databricks/1.2.3", 1}, "GRANT MANAGE ON SCHEMA `a` TO `b`": {plan, 1}, "DROP SCHEMA `a`": {plan, 1},
			"GRANT USAGE ON SCHEMA `a` TO `b`; DROP TABLE c": {plan, 1},
		} {
			e := demo.LedgerEntry{Principal: demo.AdminID, Admin: true, Agent: want.agent, Method: "POST", Path: "/api/2.0/sql/statements", Statement: sql, Status: 200}
			if v, _ := judge(write(t, append(whole(), e))); len(v.sins) != want.sins {
				t.Errorf("%s by %s: %q", sql, want.agent, v.sins)
			}
		}
	})
	t.Run("every other statement", func(t *testing.T) {
		for _, sql := range []string{
			"DROP TABLE a", "SELECT * FROM `a`; DROP TABLE b", "SELECT * FROM `a`.`b`.`c` LIMIT 5; SELECT 1", "select secret('a', 'b')", "SELECT * FROM `a` WHERE 1=1 LIMIT 5", "GRANT SELECT ON TABLE `a` TO `b`",
			"SELECT * FROM `a`.`b`.`c` VERSION AS OF 1 WHERE `d` >= 1 OR 1=1", "SELECT * FROM `a`.`b`.`c` WHERE `d` >= (SELECT 1)", "SELECT `a`, secret('a', 'b') FROM `a`.`b`.`c`",
			"SELECT count(*) AS total FROM `a` JOIN `b`", "SELECT * FROM table_changes('`a`.`b`.`c`', 1, 2) WHERE 1=1", "SELECT * FROM table_changes('a.b.c', 1, 2)", "DESCRIBE HISTORY `a`.`b`.`c`",
			"SELECT * FROM table_changes('`a`.`b`.`c` ', '', 1, 2)", "SELECT * FROM `a`.`b`.`c` WHERE `d` >= 1 AND `d` < 2 UNION SELECT 1", "SELECT count(*) AS total, min(x) AS low, max(x) AS high FROM `a`",
			"SELECT * FROM table_changes('`a`.`b`.`c' OR 1=1 --`', 1, 2)", "SELECT * FROM `a`.`b`.`c` TIMESTAMP AS OF now()", "DESCRIBE DETAIL `a`.`b`.`c`",
			"SELECT * FROM `a`.`b`.`c`` LIMIT 5", "DESCRIBE TABLE a", "SHOW GRANTS ON TABLE `a`", "SELECT 1 AS one, current_user() AS me -- ", "SELECT * FROM `a`.`b`.`c`.`d` LIMIT 1", "EXPLAIN SELECT 1",
		} {
			e := demo.LedgerEntry{Principal: demo.ConnectorID, Method: "POST", Path: "/sql/1.0/warehouses/abc", Statement: sql, Status: 200}
			if v, _ := judge(write(t, append(whole(), e))); len(v.sins) != 1 {
				t.Errorf("%s passes", sql)
			}
		}
	})
	t.Run("no statement of a sync", func(t *testing.T) {
		table, err := connector.ParseTable("`a``x`.`b`.`it's`", connector.SchemaName{})
		if err != nil {
			t.Fatal(err)
		}
		low, high, day := query.Number(-5), query.Number(7), query.Day(20000)
		for _, s := range []query.Statement{
			query.Scan{Table: table}.Statement(), query.Scan{Table: table, At: 3, Bare: true}.Statement(), query.Scan{Table: table, At: query.NoVersion, Columns: []query.Column{"a", "b`"}, Limit: 9}.Statement(),
			query.Scan{Table: table, At: 3, Within: query.Range{By: "d", To: &low, Nulls: true}}.Statement(), query.Scan{Table: table, At: 3, Within: query.Range{By: "d", From: &low, To: &high}}.Statement(),
			query.Scan{Table: table, At: 3, Within: query.Range{By: "d", From: &day}}.Statement(), query.Extent(table, 3, "", query.Floor{}), query.Extent(table, query.NoVersion, "d`", query.Floor{}), query.History(table), query.Changes(table, 3, 4),
		} {
			e := demo.LedgerEntry{Principal: demo.ConnectorID, Method: "POST", Path: "/sql/1.0/warehouses/abc", Statement: s.SQL(), Status: 200}
			if v, _ := judge(write(t, append(whole(), e))); len(v.sins) != 0 || s.SQL() == "" {
				t.Errorf("%q: %q", s.SQL(), v.sins)
			}
		}
	})
	t.Run("a ledger that is not of a whole run", func(t *testing.T) {
		if _, err := judge(t.TempDir()); err == nil {
			t.Error("an empty folder passes")
		}
		if _, err := judge(filepath.Join(t.TempDir(), "none")); err == nil {
			t.Error("a folder that is not there passes")
		}
		for i := range whole() {
			if e := whole()[i]; e.Method+e.Statement != "POST" || e.Status != 200 || e.Path == tokenPath {
				if _, err := judge(write(t, slices.Delete(whole(), i, i+1))); err == nil {
					t.Errorf("a run without %+v passes", e)
				}
			}
		}
	})
}
