package stored_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

func TestAReadingSaysHowFarItIsAndEndsWhenNobodyWaits(t *testing.T) {
	run, _, _, err := store.Folder{Dir: t.TempDir()}.Begin(time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC), false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = run.Close() }()
	const people = 6_000
	if err := run.Write(func(c *store.Change) error {
		for i := range people {
			if _, err := c.Put(store.Row{Kind: "users", ID: fmt.Sprint(i), Name: fmt.Sprintf("person-%d@example.com", i), Body: "{}"}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var told []int
	f, _, err := stored.ReadWatched(t.Context(), run, access.Table(), func(done, of int) {
		if told = append(told, done); of != people {
			t.Errorf("it is of %d rows", of)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := f.Count(); n < people || len(told) < 3 || told[0] >= people || told[len(told)-1] != people {
		t.Errorf("%d principals, told %v", n, told)
	}
	ctx, end := context.WithCancel(t.Context())
	if _, _, err := stored.ReadWatched(ctx, run, access.Table(), func(int, int) { end() }); !errors.Is(err, context.Canceled) {
		t.Errorf("it goes on: %v", err)
	}
}
