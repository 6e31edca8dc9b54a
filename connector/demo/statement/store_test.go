package statement

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine"
)

// TestTheNewestResultStaysHoweverLargeItIs adds results of which each is larger than what is held of all.
func TestTheNewestResultStaysHoweverLargeItIs(t *testing.T) {
	st := newStore(time.Hour, time.Now)
	var all []*statement
	for range 2 {
		s, err := st.begin("somebody")
		if err != nil {
			t.Fatal(err)
		}
		s.state, s.ended, s.output = succeeded, time.Now(), &output{held: maxHeld + 1}
		all = append(all, s)
		if _, err := st.find("somebody", s.id); err != nil || s.state != succeeded {
			t.Errorf("the newest result is %s, %v", s.state, err)
		}
	}
	if all[0].state != closed {
		t.Errorf("the one before is %s", all[0].state)
	}
}

// TestWhatAResultHoldsIsMoreThanItsTexts has one that is nothing but NULL, of which there is no text.
func TestWhatAResultHoldsIsMoreThanItsTexts(t *testing.T) {
	const rows, columns = 1000, 50
	r := &engine.Result{Rows: rows}
	for range columns {
		r.Columns = append(r.Columns, engine.Column{Name: "n", Type: engine.BigIntType})
		v := engine.Vector{Ints: make([]int64, rows)}
		for i := range rows {
			v.SetNull(i)
		}
		r.Vectors = append(r.Vectors, v)
	}
	inlined, err := newOutput(t.Context(), r, &request{}, 100)
	if err != nil || inlined.held < 8*rows*columns {
		t.Errorf("texts: %v, %d bytes", err, inlined.held)
	}
	s := &statement{ctx: t.Context()}
	linked, err := s.newExternal(r, &request{Format: "CSV", Disposition: externalLinks}, nil)
	if err != nil || linked.held < 8*rows*columns {
		t.Errorf("files: %v, %d bytes", err, linked.held)
	}
}
