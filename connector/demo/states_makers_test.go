package demo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// makers lets each reader make a schema in each catalog, and a table in it, where it may. Who makes something owns it: what it is shown of that
// and may do with it, and what the other is, is held against the enumeration.
func (w witness) makers(missed map[string]int, made map[string]int) {
	w.t.Helper()
	for _, reader := range readers {
		for _, c := range letters {
			schema := "by_" + reader
			if !w.creates(reader, "CREATE SCHEMA", c, c+"."+schema, "") {
				continue
			}
			made[reader+" makes a schema"]++
			w.compare("schemas?max_results=0&include_browse=true&catalog_name="+c, c+"."+schema)
			if !w.creates(reader, "CREATE TABLE", c+"."+schema, c+"."+schema+".t", " AS SELECT 1 AS x") {
				continue
			}
			made[reader+" makes a table"]++
			w.compare(fmt.Sprintf("tables?max_results=0&include_browse=true&catalog_name=%s&schema_name=%s", c, schema), c+"."+schema+".t")
			w.read(missed, c, schema, "t")
		}
	}
}

// creates makes something in SQL, and notes its maker as its owner where that may.
func (w witness) creates(reader, statement, in, object, definition string) bool {
	w.t.Helper()
	_, err := w.engine.Execute(context.Background(), w.engine.NewSession(reader, "", ""), statement+" "+object+definition)
	var refused *engine.Error
	if err != nil && !errors.As(err, &refused) {
		w.t.Fatal(err)
	}
	text := ""
	if refused != nil {
		text = strings.TrimPrefix(refused.Message, "Insufficient privileges:\n")
	}
	w.expect(reader+" makes", object, text, w.mayNotMake(reader, statement, in))
	if err == nil {
		w.owners[object] = reader
	}
	return err == nil
}
