package demo

import (
	"context"
	"testing"
)

func TestPasswordsAreHandedOutWhereTheyLetPeopleIn(t *testing.T) {
	for id, wanted := range map[string]bool{"legacy-passwords": true, "unified-login": false, "ready": false} {
		s, err := Find(id)
		if err != nil {
			t.Fatal(err)
		}
		w, err := Start(context.Background(), s, Options{})
		if err != nil {
			t.Fatal(err)
		}
		h, err := w.Handout("ca.pem")
		if err != nil || (len(h.Passwords) == 3) != wanted || wanted != (len(h.Passwords) > 0) {
			t.Errorf("%s: %d passwords, %v", id, len(h.Passwords), err)
		}
		for user, password := range h.Passwords {
			if given := w.Password(user); string(given.Reveal()) != password || len(password) != 24 {
				t.Errorf("%s has %q", user, password)
			}
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
}
