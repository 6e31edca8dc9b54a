package admin

import (
	"context"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
)

// DefaultNamespace is the catalog that the workspace uses where none is named. It is an error of apierr.ErrNotFound where that is not set.
func (s *Session) DefaultNamespace(ctx context.Context) (connector.Remote, error) {
	var answer struct {
		Namespace struct {
			Value string `json:"value"`
		} `json:"namespace"`
	}
	if err := s.get(ctx, "/api/2.0/settings/types/default_namespace_ws/names/default", nil, &answer); err != nil {
		return connector.Remote{}, fmt.Errorf("read the default catalog: %w", err)
	}
	return connector.Known().Remote(connector.KindName, answer.Namespace.Value), nil
}
