package runs

import (
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
)

// TestWhoOnlyLooksDoesNotRead has somebody look at a shard, and then another process read it.
func TestWhoOnlyLooksDoesNotRead(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := s.BeginShard(t.Context(), night, Shard{Part: 1, Choose: planned("p"), Fresh: func() ([]byte, error) { return []byte("p"), nil }})
	if err != nil {
		t.Fatal(err)
	}
	reads := func() bool {
		t.Helper()
		all, err := s.Kept()
		if err != nil || len(all) != 1 {
			t.Fatal(all, err)
		}
		return all[0].IsRead()
	}
	if !reads() {
		t.Error("a shard that is read is not seen")
	}
	p.Leave()
	looks := flock.New(filepath.Join(p.dir, shardLock("1")))
	if held, err := looks.TryRLock(); err != nil || !held {
		t.Fatal(held, err)
	}
	if reads() {
		t.Error("who looks is taken for one that reads")
	}
	if err := looks.Unlock(); err != nil {
		t.Fatal(err)
	}
}
