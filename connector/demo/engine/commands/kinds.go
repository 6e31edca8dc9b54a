package commands

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// objectKinds are what CREATE, ALTER, DROP and the like are for, longer names before shorter ones that they begin with.
const objectKinds = "TABLE, VIEW, MATERIALIZED VIEW, STREAMING TABLE, STREAMING LIVE TABLE, LIVE TABLE, LIVE VIEW, METRIC VIEW, SCHEMA, DATABASE, " +
	"FOREIGN CATALOG, CATALOG, FUNCTION, PROCEDURE, VARIABLE, VOLUME, EXTERNAL LOCATION, STORAGE CREDENTIAL, SERVICE CREDENTIAL, CREDENTIAL, " +
	"CONNECTION, SERVER, SHARE, RECIPIENT, PROVIDER, METASTORE, BLOOMFILTER INDEX, INDEX, POLICY, FLOW, MODEL, GROUP, WIDGET, SYNONYM"

// absent are the statements that Databricks runs and the embedded workspace does not: what follows a verb, by commas. A verb with nothing
// after it is a statement whatever follows.
var absent = map[string]string{
	"CREATE": objectKinds, "ALTER": objectKinds, "DROP": objectKinds, "UNDROP": objectKinds, "REPLACE": "TABLE, VIEW",
	"COMMENT": "ON", "ANALYZE": "TABLE, TABLES", "REFRESH": "FOREIGN, FUNCTION, MATERIALIZED VIEW, STREAMING TABLE, TABLE, ",
	"DELETE": "FROM", "INSERT": "INTO, OVERWRITE, WITH SCHEMA EVOLUTION", "MERGE": "INTO, WITH SCHEMA EVOLUTION", "COPY": "INTO", "UPDATE": "",
	"TRUNCATE": "TABLE", "LOAD": "DATA", "OPTIMIZE": "", "VACUUM": "", "REORG": "TABLE", "RESTORE": "", "CONVERT": "TO DELTA", "GENERATE": "",
	"FSCK": "REPAIR TABLE", "MSCK": "REPAIR TABLE", "REPAIR": "TABLE", "SYNC": "SCHEMA, TABLE", "CACHE": "SELECT, LAZY TABLE, TABLE",
	"UNCACHE": "TABLE", "CLEAR": "CACHE", "EXPLAIN": "", "CALL": "", "EXECUTE": "IMMEDIATE", "DECLARE": "", "BEGIN": "", "COMMIT": "", "ROLLBACK": "",
	"DENY": "", "LIST": "", "PUT": "", "GET": "", "REMOVE": "", "ADD": "ARCHIVE, FILE, JAR", "APPLY": "CHANGES INTO",
	"AUTO": "CDC INTO", "FROM": "", "TABLE": "", "MAP": "", "REDUCE": "", "SIGNAL": "",
}

// writes are the verbs that change data. Before they are refused for what they are, the authority is asked about the table: usually the
// principal may not.
var writes = map[string]bool{
	"DELETE": true, "UPDATE": true, "INSERT": true, "MERGE": true, "TRUNCATE": true, "COPY": true, "DROP": true, "ALTER": true,
}

// noise are words between a verb and what it is for that do not change what the statement is.
var noise = []string{
	"OR REPLACE", "OR REFRESH", "TEMPORARY", "TEMP", "GLOBAL", "PRIVATE", "EXTERNAL", "FOREIGN", "MANAGED",
}

// refuse refuses a statement by its name, or is a syntax error where Databricks has no such statement either.
func (d *Desk) refuse(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	verb := p.First().Value
	object, known := what(p, absent[verb])
	if !known {
		return nil, p.Wrong()
	}
	name := strings.TrimSpace(verb + " " + object)
	if writes[verb] && (object == "" || strings.Contains("TABLE VIEW FROM INTO OVERWRITE WITH SCHEMA EVOLUTION", object)) {
		if err := d.mayWrite(s, p); err != nil {
			return nil, err
		}
	}
	return nil, notHere(name)
}

// what reads what a verb is for out of a list, or nothing.
func what(p *dialect.Parser, list string) (string, bool) {
	start := *p
	for {
		for _, object := range strings.Split(list, ", ") {
			if p.Accept(strings.Fields(object)...) {
				return object, true
			}
		}
		before := p.Left()
		for _, words := range noise {
			p.Accept(strings.Fields(words)...)
		}
		if p.Left() == before {
			*p = start
			return "", false
		}
	}
}

func notHere(what string) *values.Error {
	return &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000",
		Message: "The embedded workspace does not run " + what + " statements.",
	}
}

// writeNoise are the words between a writing verb and the table it writes to.
var writeNoise = []string{"FROM", "INTO", "OVERWRITE", "TABLE", "VIEW", "IF", "EXISTS"}

// mayWrite asks the authority about the table that a statement writes to.
func (d *Desk) mayWrite(s *objects.Session, p *dialect.Parser) error {
	for accepted := true; accepted; {
		accepted = false
		for _, word := range writeNoise {
			accepted = accepted || p.Accept(word)
		}
	}
	name, err := p.TableName(s.Namespace())
	if err != nil {
		return err
	}
	return d.Authority.Write(s.Principal(), name)
}
