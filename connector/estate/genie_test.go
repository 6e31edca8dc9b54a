package estate

import (
	"errors"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// TestASpaceThatDoesNotSayWhatItReadsIsNoneThatReadsNothing reads what a space says of itself, and of which nothing else is kept.
func TestASpaceThatDoesNotSayWhatItReadsIsNoneThatReadsNothing(t *testing.T) {
	c, found := Find("genie-tables")
	if !found {
		t.Fatal("nothing asks for it")
	}
	about := store.Row{ID: "s", Name: "Orders"}
	for answer, want := range map[string]int{
		`{"serialized_space":"{\"data_sources\":{\"tables\":[{\"identifier\":\"a.b.c\"}],\"metric_views\":[{\"identifier\":\"a.b.m\"}]},\"instructions\":{\"text\":\"said by people\"}}"}`: 2,
		`{"serialized_space":"{\"data_sources\":{}}"}`: 0,
		`{"title":"Orders"}`:                           -1,
		`{"serialized_space":"no JSON"}`:               -1,
	} {
		p, err := c.read(about, "", []byte(answer))
		switch {
		case want < 0:
			if !errors.Is(err, connector.ErrUnreadable) {
				t.Errorf("%s: %v", answer, err)
			}
		case err != nil || len(p.rows) != want:
			t.Errorf("%s: %v, %v", answer, p.rows, err)
		case want > 0 && (p.rows[0].ID != "s/a.b.c" || p.rows[0].Parent != "s" || p.rows[0].Name != "a.b.c" || p.rows[0].Body != "{}"):
			t.Errorf("the row is %+v", p.rows[0])
		}
	}
}
