package workspace

import (
	"context"
	"fmt"
	"time"

	"github.com/databricks/databricks-sdk-go/service/settings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Token is what a workspace tells of a personal access token to its owner. Its value, or a part of it, is not among that.
type Token struct {
	ID      string
	Comment connector.Remote
	Created time.Time
	Expires time.Time // zero: never
}

// OwnTokens lists the personal access tokens of the connector itself.
func (w *Workspace) OwnTokens(ctx context.Context) ([]Token, error) {
	var answer settings.ListPublicTokensResponse
	if err := w.get(ctx, "/api/2.0/token/list", nil, &answer); err != nil {
		return nil, fmt.Errorf("list own tokens: %w", err)
	}
	list := make([]Token, 0, len(answer.TokenInfos))
	for _, t := range answer.TokenInfos {
		comment := w.names.Remote(connector.KindComment, t.Comment)
		own := Token{ID: connector.CleanLine(t.TokenId, 64), Comment: comment, Created: time.UnixMilli(t.CreationTime)}
		if t.ExpiryTime > 0 {
			own.Expires = time.UnixMilli(t.ExpiryTime)
		}
		list = append(list, own)
	}
	return list, nil
}
