package setup

import (
	"context"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Pager asks for one page of a listing; an empty token is the first.
type Pager[T any] func(ctx context.Context, token string) (workspace.Page[T], error)

// EveryPage reads a listing to its end, for whoever has no list to fill while the rest loads.
func EveryPage[T any](ctx context.Context, pages Pager[T]) ([]T, error) {
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
