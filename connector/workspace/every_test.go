package workspace_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

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
	} {
		_, err := workspace.Every(t.Context(), func(context.Context, string) (workspace.Page[string], error) {
			return workspace.Page[string]{Next: next()}, nil
		})
		if !errors.Is(err, workspace.ErrEndless) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
