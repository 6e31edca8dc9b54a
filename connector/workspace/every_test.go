package workspace_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

func TestAListingIsReadToItsEndOrNotAtAll(t *testing.T) {
	pages := map[string]workspace.Page[string]{"": {Items: []string{"a", "b"}, Next: "2"}, "2": {Next: "3"}, "3": {Items: []string{"c"}}}
	all, err := workspace.Every(t.Context(), func(_ context.Context, token string) (workspace.Page[string], error) { return pages[token], nil })
	if err != nil || !slices.Equal(all, []string{"a", "b", "c"}) {
		t.Errorf("%v, %v", all, err)
	}
	refused := errors.New("refused")
	all, err = workspace.Every(t.Context(), func(_ context.Context, token string) (workspace.Page[string], error) {
		if token == "3" {
			return pages[token], refused
		}
		return pages[token], nil
	})
	if !errors.Is(err, refused) || all != nil {
		t.Errorf("half a listing: %v, %v", all, err)
	}
	ctx, leave := context.WithCancel(t.Context())
	if _, err = workspace.Every(ctx, func(context.Context, string) (workspace.Page[string], error) { leave(); return pages["3"], nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a person who left: %v", err)
	}
}

// TestAListingWithoutAnEndIsRefused: a server that names a page again, or always another one, keeps nobody.
func TestAListingWithoutAnEndIsRefused(t *testing.T) {
	calls := 0
	for name, next := range map[string]func() string{
		"a page again":   func() string { return "again" },
		"always another": func() string { calls++; return strconv.Itoa(calls) },
		"one, the other": func() string { calls++; return strconv.Itoa(calls % 2) },
	} {
		_, err := workspace.Every(t.Context(), func(context.Context, string) (workspace.Page[string], error) {
			return workspace.Page[string]{Next: next()}, nil
		})
		if !errors.Is(err, workspace.ErrEndless) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWhatTwoPagesNameIsOneObject: a listing that changes while it is read may give an object twice.
func TestWhatTwoPagesNameIsOneObject(t *testing.T) {
	twice := connector.Warehouse{ID: "a", Name: connector.FromRemote("one name")}
	pages := map[string]workspace.Page[connector.Warehouse]{
		"":  {Items: []connector.Warehouse{twice, {ID: "b"}}, Next: "2"},
		"2": {Items: []connector.Warehouse{twice, {ID: "c", Name: twice.Name}}},
	}
	all, err := workspace.Every(t.Context(), func(_ context.Context, token string) (workspace.Page[connector.Warehouse], error) {
		return pages[token], nil
	})
	if err != nil || len(all) != 3 || all[2].ID != "c" {
		t.Errorf("%v, %v", all, err)
	}
}

// TestAListingThatOnlyGrowsIsRefused: every page is new, and there is always one more.
func TestAListingThatOnlyGrowsIsRefused(t *testing.T) {
	calls := 0
	_, err := workspace.Every(t.Context(), func(context.Context, string) (workspace.Page[int], error) {
		calls++
		return workspace.Page[int]{Items: make([]int, 1000), Next: strconv.Itoa(calls)}, nil
	})
	if !errors.Is(err, workspace.ErrEndless) || calls > 1000 {
		t.Errorf("%v after %d pages", err, calls)
	}
}
