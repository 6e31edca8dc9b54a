package estate

import (
	"strconv"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

func TestAnEstateWithoutPeopleOrGroupsIsRefused(t *testing.T) {
	for what, change := range map[string]func(*model.World, *Size){
		"no principals":        func(_ *model.World, s *Size) { s.Principals = 0 },
		"no service principal": func(_ *model.World, s *Size) { s.Principals = 15 },
		"no users to make": func(w *model.World, s *Size) {
			for i := range 70 {
				w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: strconv.Itoa(100 + i), Name: identifier(strconv.Itoa(i))})
			}
		},
		"no groups":         func(_ *model.World, s *Size) { s.Groups = 0 },
		"no groups to make": func(_ *model.World, s *Size) { s.Groups = 3 },
		"less than none":    func(_ *model.World, s *Size) { s.Groups, s.Principals = -1, -1 },
		"objects alone":     func(_ *model.World, s *Size) { *s = Size{Objects: 1_000} },
	} {
		w, size := bare(t), little
		if change(w, &size); Fill(w, size, boss) == nil {
			t.Errorf("%s: it is filled", what)
		}
		if there := w.InAccount().List(model.User); len(there) != 1 {
			t.Errorf("%s: there are %d users before it is refused", what, len(there))
		}
	}
}

func TestAnEstateMayBePeopleAndGroupsAlone(t *testing.T) {
	account := func(w *model.World, kind model.PrincipalKind) int { return len(w.InAccount().List(kind)) }
	w, _ := filled(t, Size{Principals: 32, Groups: 10})
	if n := account(w, model.User) + account(w, model.ServicePrincipal); n != 32 || account(w, model.Group) != 10 {
		t.Errorf("%d principals, %d groups", n, account(w, model.Group))
	}
}
