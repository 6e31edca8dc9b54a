package demo

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// kindOfState is a kind of which the random states have one object in each schema, or one below the metastore.
type kindOfState struct {
	kind, path string // of the model and in REST
	noun       string // in SQL
	opening    string // what opens one
	others     []unity.Privilege
	fromAbove  bool   // opening is granted on the metastore
	show       string // the statement that lists them
}

// kindsByName are the kinds by the name of their object, which is no name of a catalog, schema or table of the states.
var kindsByName = map[string]kindOfState{
	"volume":   {"VOLUME", "volumes", "VOLUME", "READ VOLUME", []unity.Privilege{unity.ReadVolume, unity.WriteVolume, unity.Manage}, false, "SHOW VOLUMES IN "},
	"function": {"FUNCTION", "functions", "FUNCTION", "EXECUTE", []unity.Privilege{unity.Execute, unity.AllPrivileges, unity.Manage}, false, "SHOW USER FUNCTIONS IN "},
	"model":    {"MODEL", "models", "FUNCTION", "EXECUTE", []unity.Privilege{unity.Execute, unity.ApplyTag, unity.Manage}, false, ""},

	"location": {
		"EXTERNAL_LOCATION", "external-locations", "EXTERNAL LOCATION", "READ FILES",
		[]unity.Privilege{unity.ReadFiles, unity.Browse, unity.Manage}, false, "SHOW EXTERNAL LOCATIONS",
	},
	"credential": {
		"STORAGE_CREDENTIAL", "storage-credentials", "STORAGE CREDENTIAL", "CREATE EXTERNAL LOCATION",
		[]unity.Privilege{unity.CreateExternalTable, unity.Manage}, false, "SHOW STORAGE CREDENTIALS",
	},
	"connection": {"CONNECTION", "connections", "CONNECTION", "USE CONNECTION", []unity.Privilege{unity.UseConnection, unity.Manage}, false, "SHOW CONNECTIONS"},
	"share":      {"SHARE", "shares", "SHARE", "USE SHARE", nil, true, "SHOW SHARES"},
	"recipient":  {"RECIPIENT", "recipients", "RECIPIENT", "USE RECIPIENT", nil, true, "SHOW RECIPIENTS"},
	"provider":   {"PROVIDER", "providers", "PROVIDER", "USE PROVIDER", nil, true, "SHOW PROVIDERS"},
}

// addKinds adds an object of each kind wherever there can be one, with random owners and privileges.
func (s state) addKinds(t *testing.T, dice *rand.Rand) {
	t.Helper()
	receiver := func() string { return receivers[dice.IntN(len(receivers))] }
	add := func(k kindOfState, object string) {
		on, err := unity.ParseName(unity.Kind(k.kind), object)
		if err != nil {
			t.Fatal(err)
		}
		owner := "nobody"
		if dice.IntN(6) == 0 {
			owner = receiver()
		}
		s.owners[object] = owner
		if err := s.world.AddItem(model.Item{On: on, Owner: owner}); err != nil {
			t.Fatal(err)
		}
		for _, p := range k.others {
			if dice.IntN(4) == 0 {
				s.give(t, on, p, receiver())
			}
		}
	}
	for name, k := range sorted(kindsByName) {
		switch row := k; {
		case row.kind == "VOLUME", row.kind == "FUNCTION", row.kind == "MODEL":
			for _, c := range letters { // one schema of each is enough: it has its own random privileges
				add(k, c+"."+c+"."+name)
			}
		default:
			add(k, name)
		}
	}
	for _, p := range []unity.Privilege{unity.UseShare, unity.UseRecipient, unity.UseProvider} {
		if dice.IntN(4) == 0 {
			s.give(t, unity.OnMetastore(), p, receiver())
		}
	}
	for _, c := range letters { // so that some reach volumes and functions from above
		for _, p := range []unity.Privilege{unity.ReadVolume, unity.Execute, unity.CreateSchema, unity.CreateTable} {
			if dice.IntN(5) == 0 {
				s.give(t, unity.OnCatalog(c), p, receiver())
			}
		}
		if dice.IntN(3) == 0 {
			s.give(t, unity.OnSchema(c, "a"), unity.CreateTable, receiver())
		}
	}
}

func (s state) give(t *testing.T, on unity.Securable, p unity.Privilege, to string) {
	t.Helper()
	if err := s.world.Preset(on, to, p); err != nil {
		t.Fatal(err)
	}
	s.grants[held{on.FullName(), p.SQL(), to}] = true
}

// seesBelowMetastore says how an object below the metastore shows: any privilege on it shows it, and BROWSE alone its metadata.
func (s state) seesBelowMetastore(reader, object string, k kindOfState) string {
	if s.steward(reader) || s.owns(reader, object) {
		return "full"
	}
	seen := ""
	for h := range s.grants {
		for _, name := range s.names[reader] {
			switch {
			case h.to != name:
			case k.fromAbove && h.on == "" && h.privilege == k.opening:
				return "full"
			case k.fromAbove || h.on != object:
			case h.privilege != "BROWSE":
				return "full"
			default:
				seen = "browse"
			}
		}
	}
	return seen
}

// TestRESTAndSQLAgreeOnEveryKind is TestRESTAndSQLAgreeWithTheRules for what is no catalog, schema or table.
func TestRESTAndSQLAgreeOnEveryKind(t *testing.T) {
	met, made, makers := map[string]int{}, map[string]int{}, map[string]int{}
	for seed := range max(500, *stateCount) {
		s := randomState(t, seed)
		s.addKinds(t, rand.New(rand.NewPCG(seed, 2)))
		e, err := newEngine(s.world, newVersions(s.world))
		if err != nil {
			t.Fatal(err)
		}
		w := witness{s, t, seed, rest.New(s.world, rest.Options{}), e}
		for object := range s.owners {
			name := object[strings.LastIndexByte(object, '.')+1:]
			k, known := kindsByName[name]
			if !known {
				continue
			}
			kind, listing, schema := strings.ReplaceAll(k.noun, " ", "_"), k.path+"?max_results=0&include_browse=true", ""
			if parts := above(object); len(parts) == 3 {
				schema = parts[1]
				listing += fmt.Sprintf("&catalog_name=%s&schema_name=%s", parts[2], strings.TrimPrefix(parts[1], parts[2]+"."))
			}
			w.compareKind(listing, kind, k.path, object)
			for _, reader := range readers {
				met[name+" "+w.sees(reader, object)]++
				w.inSQL(reader, object, schema, k)
			}
		}
		for _, reader := range readers {
			for _, c := range letters {
				made[w.making(reader, "CREATE SCHEMA", c, c+".a")]++
				made[w.making(reader, "CREATE TABLE", c+".a", c+".a.a")]++
			}
		}
		w.makers(map[string]int{}, makers)
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// To make a schema takes two privileges and a catalog that can be written, and to make a table one more.
	if len(makers) != 2+2 {
		t.Errorf("the makers met only %v", makers)
	}
	if len(made) != 4+5 {
		t.Errorf("what was made met only %v", made)
	}
	// In schemas and of external locations an object is hidden, browsed or seen, and of the others hidden or seen.
	if len(met) != 4*3+5*2 {
		t.Errorf("the states met only %v", met)
	}
}

// inSQL holds what statements list, and whether one may revoke in them, against the enumeration.
func (w witness) inSQL(reader, object, schema string, k kindOfState) {
	w.t.Helper()
	session := w.engine.NewSession(reader, "", "")
	if k.show != "" {
		listed := false
		result, err := w.engine.Execute(context.Background(), session, k.show+schema)
		for i := 0; err == nil && i < result.Rows; i++ {
			for c := range result.Columns {
				text := fmt.Sprint(result.Value(i, c))
				listed = listed || text == object || text == object[strings.LastIndexByte(object, '.')+1:]
			}
		}
		w.expect(reader+" shows", object, listed, w.sees(reader, object) != "")
	}
	if len(k.others) == 0 {
		return
	}
	statement := fmt.Sprintf("REVOKE %s ON %s %s FROM nobody", k.others[0].SQL(), k.noun, object)
	_, err := w.engine.Execute(context.Background(), session, statement)
	var refused *engine.Error
	if err != nil && (!errors.As(err, &refused) || refused.SQLState != "42501") {
		w.t.Fatalf("state %d: %s: %v", w.seed, statement, err)
	}
	w.expect(reader+" may revoke on", object, err == nil, w.grantsOn(reader, object))
}

// making holds making a schema or table that is there already against the enumeration: who may is told that, or with IF NOT EXISTS nothing,
// and who may not what is missing. It gives the privilege that is missing, or what else is in the way.
func (w witness) making(reader, statement, in, object string) string {
	w.t.Helper()
	want := w.mayNotMake(reader, statement, in)
	definition := map[string]string{"CREATE TABLE": " (x BIGINT)"}[statement]
	_, err := w.engine.Execute(context.Background(), w.engine.NewSession(reader, "", ""), statement+" IF NOT EXISTS "+object+definition)
	var refused *engine.Error
	if err != nil && !errors.As(err, &refused) {
		w.t.Fatal(err)
	}
	text := ""
	if refused != nil {
		text = strings.TrimPrefix(refused.Message, "Insufficient privileges:\n")
	}
	w.expect(reader+" makes in SQL", object, text, want)
	if statement == "CREATE SCHEMA" {
		status, answer := w.ask(reader, "POST", "schemas", fmt.Sprintf(`{"catalog_name": %q, "name": "a"}`, in))
		message, _ := answer["message"].(string)
		if want == "" {
			w.expect(reader+" makes over REST", object, message, "Schema 'a' already exists")
		} else {
			w.expect(reader+" makes over REST", object, fmt.Sprint(status, " ", message), "403 "+want)
		}
	}
	kind, _, _ := strings.Cut(want, " on ")
	kind, _, _ = strings.Cut(kind, "'")
	return statement + ": " + kind
}

// mayNotMake enumerates what making something in a catalog or schema takes; it is empty when nothing is missing.
func (w witness) mayNotMake(reader, privilege, in string) string {
	parts := above(in)
	catalog := parts[len(parts)-1]
	rules := w.steward(reader) || w.owns(reader, catalog)
	word := map[int]string{1: "Catalog", 2: "Schema"}[len(parts)]
	switch {
	case w.bindings[catalog] == "elsewhere":
		return "Catalog '" + catalog + "' is not accessible in current workspace"
	case !rules && !w.may(reader, "USE CATALOG", catalog):
		return "User does not have USE CATALOG on Catalog '" + catalog + "'."
	case !rules && len(parts) == 2 && !w.may(reader, "USE SCHEMA", in):
		return "User does not have USE SCHEMA on Schema '" + in + "'."
	case !w.steward(reader) && !w.may(reader, privilege, in):
		return "User does not have " + privilege + " on " + word + " '" + in + "'."
	case w.bindings[catalog] == "read-only":
		return "Catalog '" + catalog + "' is bound to this workspace in read-only mode."
	}
	return ""
}

// sorted visits a map by its keys in order, so that a state follows from its number.
func sorted(all map[string]kindOfState) func(func(string, kindOfState) bool) {
	return func(yield func(string, kindOfState) bool) {
		for _, name := range slices.Sorted(maps.Keys(all)) {
			if !yield(name, all[name]) {
				return
			}
		}
	}
}
