package estate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

func TestAnEstateIsTheSameInEveryRunAndAnotherFromAnotherNumber(t *testing.T) {
	told := func(size Size) string {
		w, admin := filled(t, size)
		var all []string
		for _, kind := range []model.PrincipalKind{model.User, model.ServicePrincipal, model.Group} {
			for _, p := range w.InAccount().List(kind) {
				all = append(all, p.ID, p.Name, p.DisplayName, strings.Join(p.MemberOf, " "))
			}
		}
		for _, v := range w.Warehouses(admin) {
			all = append(all, v.ID, v.Name, v.Creator)
		}
		for _, p := range append(w.Things(admin, jobs), everyPath(t, w, admin)...) {
			all = append(all, p.ID, p.Path, fmt.Sprint(p.Details, p.Access))
		}
		all = append(append(all, toldTokens(t, w, admin)...), toldCatalogs(t, w, admin)...)
		return strings.Join(all, "\n")
	}
	first, other := told(little), little
	other.Seed++
	if told(little) != first {
		t.Error("it is another in the second run")
	}
	if told(other) == first {
		t.Error("another number makes the same")
	}
}

// toldTokens is all there is to tokens but their values, and their ids, which follow from these.
func toldTokens(t *testing.T, w *model.World, admin *model.Principal) (all []string) {
	t.Helper()
	tokens, err := w.AllTokens(admin)
	if err != nil || len(tokens) == 0 {
		t.Fatalf("there are %d tokens, %v", len(tokens), err)
	}
	for _, k := range tokens {
		all = append(all, fmt.Sprint(k.Owner, k.CreatedBy, k.Comment, k.Created.UTC(), k.Expires.UTC(), k.LastUsed().UTC()))
	}
	slices.Sort(all)
	return all
}

// toldCatalogs is what is in the catalogs that are made, and who may do what with it.
func toldCatalogs(t *testing.T, w *model.World, admin *model.Principal) (all []string) {
	t.Helper()
	granted := func(on unity.Securable) {
		held, err := w.Assignments(admin, on, "")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, on.FullName()+fmt.Sprint(held))
	}
	for _, c := range w.Catalogs(admin, model.Everything).Items {
		granted(unity.OnCatalog(c.Item.Name))
		schemas, err := w.Schemas(admin, c.Item.Name, model.Everything)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range schemas.Items {
			tables, err := w.Tables(admin, c.Item.Name, s.Item.Name, model.Everything)
			if err != nil {
				t.Fatal(err)
			}
			if on := unity.OnSchema(c.Item.Name, s.Item.Name); !on.OpensAll() {
				granted(on)
			}
			for _, table := range tables.Items {
				all = append(all, fmt.Sprint(table.Item.Securable(), table.Item.Owner, table.Item.RowCount, table.Item.Columns))
			}
		}
	}
	return all
}
