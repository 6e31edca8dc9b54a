package connector

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"
)

// noted is what the registry of the process knows, with the number of every alias that was shown.
func noted() map[string]thing {
	known.mu.RLock()
	defer known.mu.RUnlock()
	all := map[string]thing{}
	for value, one := range known.things {
		all[value] = *one
	}
	return all
}

func TestFormattingAValueNotesNothing(t *testing.T) {
	unseen := func(text string) Remote { return FromRemote("unseen_" + text) }
	catalog, schema, table := Ident(unseen("catalog")), Ident(unseen("schema")), Ident(unseen("table"))
	name := SchemaName{catalog, schema}.Table(table)
	host := Host{name: "adb-4040404040404040.4.azuredatabricks.net", port: 443, workspaceID: "4040404040404040"}
	who := Principal{ID: "404040404", Name: unseen("principal"), DisplayName: unseen("display name"), Groups: []Remote{unseen("group")}}
	values := []any{
		unseen("remote"), FromRemote("A sentence of many words that quotes 'unseen_quoted' and `unseen_other`."),
		catalog, name.SchemaName, name, host, who, who.Label(), host.Describe(), NewSecret([]byte("unseen_secret")),
		Warehouse{ID: "unseen_id", Name: unseen("warehouse"), Health: unseen("health")},
		Table{Name: unseen("relation"), Owner: unseen("owner"), Columns: []Column{{Name: unseen("column"), Type: unseen("type")}}},
		Connection{Name: "unseen connection", Host: host, Principal: who, Tables: []TableName{name}, CreatedAt: time.Unix(0, 0)},
		&Error{Kind: ErrInput, What: "There is no \"unseen_thing\".", Remedy: "Type 'unseen_other_thing'."},
	}
	before := noted()
	for _, value := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
			_ = fmt.Sprintf(verb, value)
		}
		_, _ = json.Marshal(value) // a secret refuses, which is as good
		CleanLine(fmt.Sprint(value), 200)
	}
	_, _ = QuotePrincipal(who.Name)
	_ = name.Quoted() + name.Full()
	if after := noted(); !maps.Equal(before, after) {
		for value := range after {
			if _, old := before[value]; !old {
				t.Errorf("formatting noted %q", value)
			}
		}
		t.Error("formatting changed what is known")
	}
}

func TestWhatAPersonTypesIsNotedWhereItIsParsed(t *testing.T) {
	refused := func(_ any, err error) error { return err }
	within := SchemaName{Ident{"typed_catalog"}, Ident{"typed_schema"}}
	for typed, parse := range map[string]func(string) error{
		"adb-3030303030303030.3.azuredatabricks.net": func(s string) error { _, _, err := ParseHost(s, nil); return err },
		"typed-host.example":                         func(s string) error { _, _, err := ParseHost(s, nil); return err },
		"30303030-3030-4030-8030-303030303030":       func(s string) error { return refused(ParseClientID(s)) },
		"Typed Payroll Reader":                       func(s string) error { return refused(ParseClientID(s)) },
		"Typed Stocktake":                            func(s string) error { return refused(ParseConnectionName(s)) },
		"typed_ident":                                func(s string) error { return refused(ParseIdent(s)) },
		"typed ident":                                func(s string) error { return refused(ParseIdent(s)) },
		"typed_relation":                             func(s string) error { return refused(ParseTable(s, within)) },
	} {
		err := parse(typed)
		Share(true)
		shown := ShownText("You typed " + typed + ". " + Sentence(fmt.Errorf("read: %w", orNone(err))))
		Share(false)
		if strings.Contains(strings.ToLower(shown), "typed_") || strings.Contains(shown, typed) {
			t.Errorf("%q is shown as %q", typed, shown)
		}
	}
}

// orNone is err, or an error that says nothing.
func orNone(err error) error {
	if err == nil {
		return &Error{Kind: ErrInput}
	}
	return err
}

func TestAFullNameIsNotedPartByPart(t *testing.T) {
	r := NewRegistry()
	r.NoteFull("sales_eu.ledger.bookings")
	r.NoteFull("marketing")
	const want = "`catalog-1`.`schema-1`.`table-1`, and `catalog-2`"
	if got := r.Text("`sales_eu`.`ledger`.`bookings`, and `marketing`"); got != want {
		t.Errorf("%q", got)
	}
}

// TestThePageOfAStrangerNamesNobodyWhileSharing: a gateway tells who was turned away, and by which machine.
func TestThePageOfAStrangerNamesNobodyWhileSharing(t *testing.T) {
	t.Parallel()
	r := NewRegistry()
	const page = "HTTP 504 <title>Blocked by gw7.acme-corp.internal</title> Denied for jane.doe. Version 1.1, see text/html"
	r.NoteStranger(page)
	got := r.Text(page)
	if strings.Contains(got, "acme") || strings.Contains(got, "jane") || !strings.Contains(got, "Version 1.1, see text/html") {
		t.Errorf("it became %s", got)
	}
}
