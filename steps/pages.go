package steps

import (
	"context"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// pager asks for one page of a listing; an empty token is the first.
type pager[T any] func(ctx context.Context, token string) (workspace.Page[T], error)

// everyPage reads a listing to its end, for whoever has no list to fill while the rest loads.
func everyPage[T any](ctx context.Context, pages pager[T]) ([]T, error) {
	var all []T
	for token := ""; ; {
		page, err := pages(ctx, token)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if token = page.Next; token == "" {
			return all, nil
		}
	}
}
