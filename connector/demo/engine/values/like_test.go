package values

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// Without a look at the context this would compare characters for days.
func TestALikeOfLongTextsStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	like, err := NewLike("%"+strings.Repeat("a", 4<<20)+"_b", '\\')
	if err != nil {
		t.Fatal(err)
	}
	if _, err := like.Match(ctx, strings.Repeat("a", 8<<20)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
