package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

func lastPart(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// judge holds what package access answers about one state against the enumeration, the workspace, and itself.
type judge struct {
	witness
	facts *access.Facts
	*collected
	met map[string]int
}

// asked is a question that the enumeration can answer.
type asked struct {
	right, object, kind string
	want                bool
}

// questions are what the enumeration knows of one reader.
func (j judge) questions(reader string) []asked {
	var out []asked
	add := func(right, object, kind string, want bool) { out = append(out, asked{right, object, kind, want}) }
	for object := range j.owners {
		parts := above(object)
		catalog := parts[len(parts)-1]
		open := j.bindings[catalog] != "elsewhere"
		if k, other := kindsByName[lastPart(object)]; other {
			j.questionsOfKind(reader, object, k, add)
			continue
		}
		kind := kinds[len(parts)]
		add("OWNERSHIP", object, kind, j.owns(reader, object))
		add("MANAGE", object, kind, j.grantsOn(reader, object))
		add("BROWSE", object, kind, open && (j.has(reader, "BROWSE", object) || j.owns(reader, object)))
		switch kind {
		case "catalog":
			add("USE_CATALOG", object, kind, open && j.may(reader, "USE CATALOG", object))
			add("CREATE_SCHEMA", object, kind, j.mayNotMake(reader, "CREATE SCHEMA", object) == "")
		case "schema":
			add("USE_SCHEMA", object, kind, open && j.opens(reader, object) && j.may(reader, "USE SCHEMA", object))
			add("CREATE_TABLE", object, kind, j.mayNotMake(reader, "CREATE TABLE", object) == "")
			add("SELECT", object, kind, open && j.opens(reader, object) && j.may(reader, "USE SCHEMA", object) && j.has(reader, "SELECT", object))
		case "table":
			add("SELECT", object, kind, j.firstMissing(reader, "SELECT", object) == "")
			add("MODIFY", object, kind, j.firstMissing(reader, "MODIFY", object) == "")
		}
	}
	return out
}

func (j judge) questionsOfKind(reader, object string, k kindOfState, add func(right, object, kind string, want bool)) {
	grantedAs := strings.Replace(k.kind, "MODEL", "FUNCTION", 1)
	parts := above(object)
	if len(parts) == 1 {
		add("OWNERSHIP", object, grantedAs, j.owns(reader, object))
		for _, p := range k.others {
			if p.SQL() != "MANAGE" && p.SQL() != "BROWSE" {
				add(p.REST(), object, grantedAs, j.may(reader, p.SQL(), object))
			}
		}
		if len(k.others) > 0 {
			add("MANAGE", object, grantedAs, j.steward(reader) || j.owns(reader, object) || j.has(reader, "MANAGE", object))
		}
		return
	}
	if j.owners[object] == "" {
		return
	}
	open := j.bindings[parts[len(parts)-1]] != "elsewhere"
	add("MANAGE", object, grantedAs, j.grantsOn(reader, object))
	add(strings.ReplaceAll(k.opening, " ", "_"), object, grantedAs, open && j.opens(reader, object) && j.may(reader, k.opening, object))
}

// agree asks all questions of a reader, one at a time, all at once by object, and all at once by reader.
func (j judge) agree(reader string) {
	j.t.Helper()
	who, err := j.facts.Find(j.workspace, reader)
	if err != nil {
		j.t.Fatal(err)
	}
	what := map[access.Object]access.Holding{}
	for h := range j.facts.What(who, j.workspace) {
		what[h.On] = h
	}
	for _, q := range j.questions(reader) {
		on, known := j.facts.Lookup(access.Kind(strings.ToUpper(q.kind)), j.metastore, q.object)
		right, err := j.facts.Rules().ParseRight(access.Kind(strings.ToUpper(q.kind)), q.right)
		if err != nil || !known {
			j.t.Fatalf("%s %s: %v", q.kind, q.object, err)
		}
		answer, err := j.facts.Why(access.Question{Who: who, Right: right, On: on, In: j.workspace})
		if err != nil {
			j.t.Fatal(err)
		}
		want := access.No
		if q.want {
			want = access.Yes
		}
		claim := fmt.Sprintf("%s has %s", reader, q.right)
		j.met[q.right+" "+want.String()]++
		j.expect(claim+", by why", q.object, answer.Verdict, want)
		j.expect(claim+", by what", q.object, what[on].Has(right), want)
		yes, unknown, err := j.facts.Who(right, on, j.workspace)
		if err != nil || len(unknown) > 0 {
			j.t.Fatalf("%v, and of %v it cannot be told", err, unknown)
		}
		listed := access.No
		for _, p := range yes {
			if p == who {
				listed = access.Yes
			}
		}
		j.expect(claim+", by who", q.object, listed, want)
		j.reasons(answer, q)
	}
}

// reasons holds that each link of a yes either ends it or leaves another path, and that a no names what is missing.
func (j judge) reasons(a access.Answer, q asked) {
	j.t.Helper()
	for _, end := range a.Ends {
		if end.Ends == (len(end.Instead) > 0) {
			j.t.Fatalf("state %d: %v on %s: taking away %+v ends it (%t) and leaves %v", j.seed, q.right, q.object, end.Link, end.Ends, end.Instead)
		}
		for _, step := range end.Instead {
			for _, link := range step.Way {
				if link == end.Link {
					j.t.Fatalf("state %d: what is left of %s on %s without %+v goes by it", j.seed, q.right, q.object, end.Link)
				}
			}
		}
	}
	if a.Verdict == access.No && a.Missing == (access.Need{}) {
		j.t.Fatalf("state %d: a no to %s on %s has nothing missing", j.seed, q.right, q.object)
	}
}

// faces holds the answers about tables and grants against REST and SQL of the workspace.
func (j judge) faces(reader string) {
	j.t.Helper()
	who, _ := j.facts.Find(j.workspace, reader)
	verdict := func(right, kind, object string) access.Verdict {
		k := access.Kind(strings.ToUpper(kind))
		on, _ := j.facts.Lookup(k, j.metastore, object)
		r, err := j.facts.Rules().ParseRight(k, right)
		if err != nil {
			j.t.Fatal(err)
		}
		return j.facts.Verdict(access.Question{Who: who, Right: r, On: on, In: j.workspace})
	}
	for object := range j.owners {
		parts := above(object)
		kind := kinds[len(parts)]
		if _, other := kindsByName[lastPart(object)]; other {
			continue
		}
		status, _ := j.ask(reader, "PATCH", "permissions/"+kind+"/"+object, `{"changes":[]}`)
		j.expect(reader+" manages over REST", object, verdict("MANAGE", kind, object) == access.Yes, status == http.StatusOK)
		if kind != "table" {
			continue
		}
		_, err := j.witness.engine.Execute(context.Background(), j.witness.engine.NewSession(reader, "", ""), "SELECT * FROM "+object)
		j.expect(reader+" reads in SQL", object, verdict("SELECT", kind, object) == access.Yes, err == nil)
		signed, _ := j.witness.world.Principal(reader)
		j.expect(reader+" may write", object, verdict("MODIFY", kind, object) == access.Yes, j.witness.world.CheckWrite(signed, parts[2], lastPart(parts[1]), lastPart(object)) == nil)
	}
}

// TestAccessAgreesWithTheWorkspace asks package access about random states; with -states 3000 REST and SQL are asked about all of them.
func TestAccessAgreesWithTheWorkspace(t *testing.T) {
	met := map[string]int{}
	for seed := range max(400, *stateCount) {
		s := randomState(t, seed)
		s.addKinds(t, rand.New(rand.NewPCG(seed, 2)))
		facts, c := ofState(t, s)
		j := judge{witness: witness{state: s, t: t, seed: seed}, facts: facts, collected: c, met: met}
		for _, reader := range readers {
			j.agree(reader)
		}
		if seed >= *stateCount {
			continue
		}
		e, err := newEngine(s.world, newVersions(s.world))
		if err != nil {
			t.Fatal(err)
		}
		j.witness.handler, j.witness.engine = rest.New(s.world, rest.Options{}), e
		for _, reader := range readers {
			j.faces(reader)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(met) < 2*12 {
		t.Errorf("the states met only %v", met)
	}
}
