package lines

import (
	"context"

	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Certificate waits for the look at everything that a principal may do. The error is that of the look, or that the person went away.
func Certificate(ctx context.Context, a prompt.Asker, look func(context.Context) (audit.Certificate, error)) (audit.Certificate, error) {
	return prompt.Patiently(ctx, a, "looking at what it may do", look)
}
