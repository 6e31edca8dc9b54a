package torture

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/steps/plain"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// some is all of a list in a full run, and one in so many of it, always the same, in another.
func some[T any](list []T, oneIn int) []T {
	if *full {
		return list
	}
	var part []T
	for i := oneIn / 2; i < len(list); i += oneIn {
		part = append(part, list[i])
	}
	return part
}

func TestEvilNamesInEveryScreenAreHarmless(t *testing.T) {
	walks, finished, frames := 0, 0, 0
	for _, text := range some(evil, 15) {
		for _, opened := range []bool{true, false} {
			setup, _ := newSetup(t, evilScenario(text), furnish(text, opened), t.TempDir())
			v := visit(t, setup, text)
			furthest := v.walk()
			harmless(t, "the farewell", setup.Farewell(), text, false)
			walks, frames = walks+1, frames+v.frames
			if v.Finished() {
				finished++
				harmless(t, "the transcript", setup.Transcript(), text, false)
			}
			if furthest < 2 {
				t.Errorf("%q: the walk ended in step %d:\n%s", text, furthest+1, v.View().Content)
			}
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("%d walks, %d to the end, %d frames", walks, finished, frames)
	if *full && finished < 15 {
		t.Errorf("only %d walks came to the end", finished)
	}
}

// plainly answers every question with what is offered, or with the number of the first, and types the host once more.
type plainly struct {
	host  string
	said  *strings.Builder
	asked int
}

func (p *plainly) Read(into []byte) (int, error) {
	if p.asked++; p.asked > 60 {
		return 0, fmt.Errorf("asked %d times", p.asked)
	}
	lines := strings.Split(p.said.String(), "\n")
	answer := "\n"
	if last := lines[len(lines)-1]; strings.Contains(last, "Type the host once more") {
		answer = p.host + "\n"
	} else if strings.Contains(last, "Number") && !strings.Contains(last, "]:") {
		answer = evilPart + "\n"
		if p.asked%2 == 0 {
			answer = "1\n"
		}
	}
	p.said.WriteString(answer)
	return copy(into, answer), nil
}

func TestEvilNamesLineByLineAreHarmless(t *testing.T) {
	finished := 0
	list := some(evil, 16)
	for _, text := range list {
		setup, _ := newSetup(t, evilScenario(text), furnish(text, true), t.TempDir())
		var said strings.Builder
		in := bufio.NewReader(&plainly{host: setup.Draft().Host().Addr(), said: &said})
		err := plain.Run(t.Context(), setup, &prompt.Prompt{In: in, Out: &said, ReadSecret: func(string) ([]byte, error) { return []byte("a passphrase of nobody"), nil }})
		if err == nil {
			finished++
		}
		harmless(t, "the plain face", said.String(), text, false)
		if !strings.Contains(said.String(), "Step 3 of 5") {
			t.Errorf("%q: the plain face ended early, %v:\n%s", text, err, said.String())
		}
	}
	t.Logf("%d walks, %d to the end", len(list), finished)
}

// refusals are the calls of a walk that can be answered with an evil error.
var refusals = []string{
	discovery, tokenPath, mePath, "/api/2.0/sql/warehouses", "/api/2.0/sql/warehouses/*", "/sql/1.0/*", "/api/2.1/unity-catalog/catalogs", "/api/2.1/unity-catalog/catalogs/*", "/api/2.1/unity-catalog/schemas",
	"/api/2.1/unity-catalog/schemas/*", "/api/2.1/unity-catalog/tables", "/api/2.1/unity-catalog/tables/*", "/api/2.1/unity-catalog/effective-permissions/*",
}

// lies are answers of success whose every word is evil, where the embedded workspace would give only words that there are.
var lies = map[string]string{
	mePath:                            `{"id":%s,"userName":%[1]s,"displayName":%[1]s,"active":true,"entitlements":[{"value":%[1]s}],"groups":[{"display":%[1]s,"value":%[1]s}]}`,
	"/api/2.0/sql/warehouses":         `{"warehouses":[{"id":%s,"name":%[1]s,"cluster_size":%[1]s,"state":%[1]s,"warehouse_type":%[1]s,"creator_name":%[1]s,"odbc_params":{"path":%[1]s},"health":{"status":%[1]s,"summary":%[1]s,"message":%[1]s}}]}`,
	"/api/2.1/unity-catalog/tables/*": `{"name":%s,"full_name":%[1]s,"owner":%[1]s,"table_type":%[1]s,"comment":%[1]s,"columns":[{"name":%[1]s,"type_text":%[1]s,"type_name":%[1]s,"comment":%[1]s}],"row_filter":{"function_name":%[1]s}}`,
	"/api/2.1/unity-catalog/effective-permissions/*": `{"privilege_assignments":[{"principal":%s,"privileges":[{"privilege":%[1]s,"inherited_from_name":%[1]s,"inherited_from_type":%[1]s}]}]}`,
}

// badAnswers are the ways in which a call can be answered with a text.
func badAnswers(text, path string) []rest.Fault {
	quoted := jsonText(text)
	header := map[string]string{"X-Databricks-Reason-Phrase": headerText(text), "X-Thriftserver-Error-Message": headerText(text)}
	refusal := fmt.Sprintf(`{"error_code":%s,"message":%[1]s,"error":%[1]s,"error_description":%[1]s,"details":[{"reason":%[1]s,"metadata":{"msg":%[1]s,"resourceName":%[1]s}}]}`, quoted)
	all := []rest.Fault{
		{Path: path, Status: []int{400, 401, 403, 404}[rand.IntN(4)], Body: refusal, Header: header},
		{Path: path, Status: 403, Body: text, Header: header}, // as it is, not even JSON
	}
	if lie, known := lies[path]; known {
		all = append(all, rest.Fault{Path: path, Status: 200, Body: fmt.Sprintf(lie, quoted)})
	}
	return all
}

func TestEvilAnswersInEveryScreenAreHarmless(t *testing.T) {
	type answer struct {
		text  string
		fault rest.Fault
	}
	var answers []answer
	for _, text := range evil {
		for _, path := range refusals {
			for _, fault := range badAnswers(text, path) {
				answers = append(answers, answer{text, fault})
			}
		}
	}
	list := some(answers, 250)
	frames := 0
	for _, a := range list {
		setup, _ := newSetup(t, evilScenario(a.text, a.fault), furnish(a.text, true), t.TempDir())
		v := visit(t, setup, a.text)
		v.walk()
		frames += v.frames
		if t.Failed() {
			t.Fatalf("%s answered %d with %q", a.fault.Path, a.fault.Status, a.text)
		}
	}
	t.Logf("%d answers, %d frames", len(list), frames)
}
