package unity

import "testing"

func TestPrivilegesAreReadInBothSpellings(t *testing.T) {
	for p := range privilegeCount {
		for _, text := range []string{p.SQL(), p.REST()} {
			if got, err := ParsePrivilege(text); err != nil || got != p {
				t.Errorf("%s is %v, %v", text, got, err)
			}
		}
	}
	if _, err := ParsePrivilege("LOOK"); err == nil {
		t.Error("LOOK is a privilege")
	}
}
