package commands

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// typed makes a column of a type that is written as text.
func typed(name, text string) values.Column {
	t, err := values.ParseType(text)
	if err != nil { // the texts are those of this file
		t = values.StringType
	}
	return values.Column{Name: name, Type: t, Nullable: true}
}

// historyColumns are those of DESCRIBE HISTORY, as its description lists them.
var historyColumns = []values.Column{
	typed("version", "bigint"), typed("timestamp", "timestamp"), typed("userId", "string"), typed("userName", "string"), typed("operation", "string"),
	typed("operationParameters", "map<string,string>"),
	typed("job", "struct<jobId:string,jobName:string,jobRunId:string,runId:string,jobOwnerId:string,triggerType:string>"),
	typed("notebook", "struct<notebookId:string>"), typed("clusterId", "string"), typed("readVersion", "bigint"), typed("isolationLevel", "string"),
	typed("isBlindAppend", "boolean"), typed("operationMetrics", "map<string,string>"), typed("userMetadata", "string"), typed("engineInfo", "string"),
}

// detailColumns are those of DESCRIBE DETAIL.
var detailColumns = []values.Column{
	typed("format", "string"), typed("id", "string"), typed("name", "string"), typed("description", "string"), typed("location", "string"),
	typed("createdAt", "timestamp"), typed("lastModified", "timestamp"), typed("partitionColumns", "array<string>"),
	typed("clusteringColumns", "array<string>"), typed("numFiles", "bigint"), typed("sizeInBytes", "bigint"), typed("properties", "map<string,string>"),
	typed("minReaderVersion", "int"), typed("minWriterVersion", "int"), typed("tableFeatures", "array<string>"), typed("statistics", "map<string,string>"),
	typed("clusterByAuto", "boolean"),
}

// engineInfo is what wrote the commits.
const engineInfo = "Databricks-Runtime/17.3.x-photon-scala2.13"

// describeHistory runs DESCRIBE HISTORY, with a limit or without. No page names the privilege that it takes; here it takes SELECT.
func (d *Desk) describeHistory(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	name, err := d.versioned(s, p)
	if err != nil {
		return nil, err
	}
	most := -1
	if p.Accept("LIMIT") {
		if most, err = strconv.Atoi(p.Peek().Value); err != nil {
			return nil, p.Wrong()
		}
		p.Skip()
	}
	if err := d.mayReadAll(s, p, name); err != nil {
		return nil, err
	}
	commits, err := d.Versions.History(name)
	if err != nil {
		return nil, err
	}
	if most >= 0 {
		commits = commits[:min(most, len(commits))]
	}
	rows := make([][]any, len(commits))
	for i, c := range commits {
		rows[i] = []any{
			c.Version, c.At, c.UserID, c.User, c.Operation, object(c.Parameters), nil, nil, nil, nil, "WriteSerializable", c.Blind, object(c.Metrics), nil,
			engineInfo,
		}
		if c.Version > 0 {
			rows[i][9] = c.Version - 1
		}
	}
	return values.NewResult(historyColumns, rows)
}

// describeDetail runs DESCRIBE DETAIL.
func (d *Desk) describeDetail(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	name, err := d.versioned(s, p)
	if err == nil {
		err = d.mayReadAll(s, p, name)
	}
	if err != nil {
		return nil, err
	}
	of, err := d.Versions.Detail(name)
	if err != nil {
		return nil, err
	}
	def, err := d.Store.Table(name)
	if err != nil {
		return nil, err
	}
	var comment any
	if def.Comment != "" {
		comment = def.Comment
	}
	return values.NewResult(detailColumns, [][]any{{
		"delta", of.ID, name.String(), comment, of.Location, of.Created, of.Modified, "[]", "[]", of.Files, of.Bytes, object(of.Properties),
		of.Reader, of.Writer, `["appendOnly","invariants"]`, "{}", false,
	}})
}

// versioned reads the name behind HISTORY or DETAIL, in front of which TABLE may stand.
func (d *Desk) versioned(s *objects.Session, p *dialect.Parser) (dialect.Name, error) {
	p.Skip()
	if p.Peek().Is("TABLE") && p.Ahead(1).Identifier() {
		p.Skip()
	}
	return p.TableName(s.Namespace())
}

// mayReadAll ends a statement that reads a table's log.
func (d *Desk) mayReadAll(s *objects.Session, p *dialect.Parser, name dialect.Name) error {
	if err := p.End(); err != nil {
		return err
	}
	if name.Schema == objects.InformationSchema {
		return d.Authority.UseCatalog(s.Principal(), name.Catalog)
	}
	return d.Authority.Read(s.Principal(), name)
}

// object writes a map as the engine keeps it.
func object(m map[string]string) string {
	if m == nil {
		m = map[string]string{}
	}
	text, err := values.Marshal(m)
	if err != nil { // texts always encode
		return "{}"
	}
	return string(text)
}

// showProperties runs SHOW TBLPROPERTIES, of all or of one.
func (d *Desk) showProperties(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	name, err := p.TableName(s.Namespace())
	if err != nil {
		return nil, err
	}
	var one string
	if p.Accept("(") {
		if one, err = propertyKey(p); err == nil {
			err = p.Expect(")")
		}
	}
	if err == nil {
		err = p.End()
	}
	if err != nil {
		return nil, err
	}
	if _, err := d.described(s, name); err != nil {
		return nil, err
	}
	all, err := d.Versions.Properties(name)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if one == "" || one == key {
			rows = append(rows, []string{key, all[key]})
		}
	}
	if one != "" && rows == nil {
		rows = [][]string{{one, "Table " + name.String() + " does not have property: " + one}}
	}
	return values.TextResult([]string{"key", "value"}, rows), nil
}

// properties reads (key = value, …) into a map. A key is a text or a dotted name, a value a text, a number or a word.
func properties(p *dialect.Parser, into map[string]string) error {
	if err := p.Expect("("); err != nil {
		return err
	}
	for {
		key, err := propertyKey(p)
		if err != nil {
			return err
		}
		p.Accept("=")
		value := p.Peek()
		if value.Value == "" || value.Is(",") || value.Is(")") {
			return p.Wrong()
		}
		into[key] = value.Value
		if value.Kind == dialect.Word {
			into[key] = strings.ToLower(value.Value)
		}
		p.Skip()
		switch {
		case p.Accept(")"):
			return nil
		case !p.Accept(","):
			return p.Wrong()
		}
	}
}

// propertyKey reads a key, whose case counts.
func propertyKey(p *dialect.Parser) (string, error) {
	if t := p.Peek(); t.Kind == dialect.Text {
		p.Skip()
		return t.Value, nil
	}
	var parts []string
	for {
		part, err := p.Identifier()
		if err != nil {
			return "", err
		}
		parts = append(parts, part)
		if !p.Accept(".") {
			return strings.Join(parts, "."), nil
		}
	}
}
