package workspace

import (
	"context"
	"errors"
)

// ErrEndless is a listing that goes on for more pages than any workspace has, or that names a page which was read already.
var ErrEndless = errors.New("the listing has no end")

// mostPages is far beyond what a listing of hundreds of thousands of objects takes.
const mostPages = 10_000

// Every reads a listing to its end, where nothing can be done with a part of it. Errors are those of a page or of ctx, and ErrEndless.
func Every[T any](ctx context.Context, page func(ctx context.Context, token string) (Page[T], error)) ([]T, error) {
	var all []T
	read := map[string]bool{}
	for token := ""; !read[token] && len(read) < mostPages; {
		read[token] = true
		p, err := page(ctx, token)
		if err != nil {
			return nil, err
		}
		all = append(all, p.Items...)
		if token = p.Next; token == "" {
			return all, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
		}
	}
	return nil, ErrEndless
}
