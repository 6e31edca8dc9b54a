package assets

import (
	"strings"
	"testing"
)

func TestWhatIsNotKnownIsRefused(t *testing.T) {
	type card struct {
		Title string
		Needs []struct{ Name, Text string }
	}
	if read, err := Read[card]("prerequisites.yaml"); err != nil || read.Title == "" || len(read.Needs) == 0 {
		t.Errorf("%+v, %v", read, err)
	}
	type narrower struct{ Title string }
	if _, err := Read[narrower]("prerequisites.yaml"); err == nil || !strings.Contains(err.Error(), "needs") {
		t.Errorf("a key without a place is read: %v", err)
	}
	if _, err := Read[card]("nothing.yaml"); err == nil {
		t.Error("a file that is not there is read")
	}
}
