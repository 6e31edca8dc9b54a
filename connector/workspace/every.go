package workspace

import "context"

// Every reads a listing to its end, where nothing can be done with a part of it. Errors are those of a page, or of ctx.
func Every[T any](ctx context.Context, page func(ctx context.Context, token string) (Page[T], error)) ([]T, error) {
	var all []T
	for token := ""; ; {
		p, err := page(ctx, token)
		if err != nil {
			return nil, err
		}
		all = append(all, p.Items...)
		if token = p.Next; token == "" {
			return all, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
		}
	}
}
