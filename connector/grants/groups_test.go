package grants_test

import (
	"strconv"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Groups are told apart by their IDs, whatever they are called, and count ten deep.
func TestTheGroupsOfAPrincipal(t *testing.T) {
	groups := []grants.Group{
		{ID: "3", Name: remote("outer"), Members: []string{"2", "9"}}, {ID: "1", Name: remote("inner"), Members: []string{"42"}}, {ID: "2", Name: remote("inner"), Members: []string{"1"}},
		{ID: "4", Name: remote("strangers"), Members: []string{"43"}}, {ID: "5", Name: remote("circle"), Members: []string{"6", "42"}}, {ID: "6", Name: remote("circle"), Members: []string{"5"}},
	}
	found, err := grants.Memberships("42", groups)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range found {
		got = append(got, groups[m.At].ID+" "+grants.Origin{Holder: m.Identity}.String())
	}
	want := []string{"1 group inner", "5 group circle", "2 group inner through inner", "6 group circle through circle", "3 group outer through inner, inner"}
	for i := range max(len(want), len(got)) {
		if len(got) != len(want) || got[i] != want[i] {
			t.Fatalf("got %q", got)
		}
	}
	var deep []grants.Group
	for i := range 15 {
		deep = append(deep, grants.Group{ID: strconv.Itoa(i + 1), Name: remote("g"), Members: []string{strconv.Itoa(i)}})
	}
	if found, err = grants.Memberships("0", deep); err != nil || len(found) != 10 {
		t.Errorf("%d groups deep, %v", len(found), err)
	}
}
