package setup

import (
	"context"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Pager asks for one page of a listing; an empty token is the first.
type Pager[T any] func(ctx context.Context, token string) (workspace.Page[T], error)
