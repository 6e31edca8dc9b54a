package statement

import (
	"testing"
	"time"
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
		s.state, s.ended, s.output = succeeded, time.Now(), &output{size: maxHeld + 1}
		all = append(all, s)
		if _, err := st.find("somebody", s.id); err != nil || s.state != succeeded {
			t.Errorf("the newest result is %s, %v", s.state, err)
		}
	}
	if all[0].state != closed {
		t.Errorf("the one before is %s", all[0].state)
	}
}
