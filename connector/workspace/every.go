package workspace

import (
	"context"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// ErrEndless is a listing that goes on for more pages or items than any workspace has, or that names a page which was read already.
var ErrEndless = fmt.Errorf("%w: the listing has no end", connector.ErrUnreadable)

// The bounds of one listing. They are far beyond what one of hundreds of thousands of objects takes. Pages may be empty where a
// principal sees nothing of them, but not for ever.
const (
	mostPages   = 10_000
	mostItems   = 500_000
	mostEmpty   = 1_000 // pages in a row
	listingTime = 5 * time.Minute
)

// Listing holds the pages of one listing to its bounds. The zero value is one that has not begun.
type Listing[T any] struct {
	asked map[string]bool
	known map[string]bool
	items int
	empty int // pages in a row
}

// identifiedItem is an object that goes by one name or ID in its listing.
type identifiedItem interface{ Identity() string }

// Ask asks for a page, with an empty token for the first, unless it was asked for before. An object that an earlier page named already is
// left out: a listing that changes while it is read gives it twice. Errors are those of page, and ErrEndless.
func (l *Listing[T]) Ask(ctx context.Context, page func(ctx context.Context, token string) (Page[T], error), token string) (Page[T], error) {
	if l.asked == nil {
		l.asked, l.known = map[string]bool{}, map[string]bool{}
	}
	if l.asked[token] || len(l.asked) == mostPages {
		return Page[T]{}, ErrEndless
	}
	l.asked[token] = true
	found, err := page(ctx, token)
	if err != nil {
		return Page[T]{}, err
	}
	fresh := make([]T, 0, len(found.Items))
	for _, item := range found.Items {
		if named, ok := any(item).(identifiedItem); ok {
			id := named.Identity()
			if l.known[id] && id != "" {
				continue
			}
			l.known[id] = true
		}
		fresh = append(fresh, item)
	}
	l.items += len(fresh)
	if l.empty++; len(fresh) > 0 {
		l.empty = 0
	}
	if l.items > mostItems || l.empty > mostEmpty {
		return Page[T]{}, ErrEndless
	}
	found.Items = fresh
	return found, nil
}

// Every reads a listing to its end, where nothing can be done with a part of it. Errors are those of a page or of ctx, and ErrEndless.
func Every[T any](ctx context.Context, page func(ctx context.Context, token string) (Page[T], error)) ([]T, error) {
	within, cancel := context.WithTimeout(ctx, listingTime)
	defer cancel()
	var all []T
	var listing Listing[T]
	for token := ""; ; {
		p, err := listing.Ask(within, page, token)
		switch {
		case err != nil && ctx.Err() == nil && within.Err() != nil:
			return nil, ErrEndless
		case err != nil:
			return nil, err
		}
		all = append(all, p.Items...)
		if token = p.Next; token == "" {
			return all, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
		}
	}
}
