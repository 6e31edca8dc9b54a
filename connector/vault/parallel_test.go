package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestProcessesThatSaveAtOnceLoseNoUpdate(t *testing.T) {
	v, keyFile := protected(t)
	save(t, v, bare("Counter", 0))
	var running []*exec.Cmd
	var won []string
	slowest := 0
	for n := range *writers {
		cmd := process("share", v.Dir(), keyFile, fmt.Sprintf("Process %d", n))
		cmd.Stdout = new(strings.Builder)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	for _, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Errorf("a process failed: %v", err)
		}
		for line := range strings.Lines(cmd.Stdout.(*strings.Builder).String()) {
			var milliseconds int
			if n, _ := fmt.Sscanf(line, "waited %d", &milliseconds); n == 1 {
				slowest = max(slowest, milliseconds)
				continue
			}
			won = append(won, line)
		}
	}
	if slices.Sort(won); len(won) != *saves || len(slices.Compact(won)) != *saves {
		t.Errorf("%d names were given away as %v", *saves, won)
	}
	if got, want := len(list(t, v)), 1+*saves+*writers**saves; got != want {
		t.Errorf("%d connections are saved, want %d", got, want)
	}
	if c := must[connector.Connection](t)(v.Load(t.Context(), "Counter")); count(c) != *writers*min(counted, *saves) {
		t.Errorf("the counter stands at %d, want %d", count(c), *writers*min(counted, *saves))
	}
	t.Logf("%d processes saved %d times each; the longest save with its wait took %d ms", *writers, *saves, slowest)
}

func TestGoroutinesMayShareAVault(t *testing.T) {
	v, _ := protected(t)
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			for i := range 4 {
				if _, err := v.Save(t.Context(), bare(numbered(10*n+i), 0)); err != nil {
					t.Error(err)
				}
				if _, broken, err := v.List(t.Context()); err != nil || len(broken) > 0 {
					t.Errorf("list: %v, damaged: %v", err, broken)
				}
			}
		})
	}
	group.Wait()
	if got := list(t, v); len(got) != 32 {
		t.Errorf("%d connections are saved, want 32", len(got))
	}
}

func TestASecondWindowWaitsAndThenSaysWhy(t *testing.T) {
	v, keyFile := protected(t)
	f := must[*folder](t)(openFolder(osDisk{}, v.Dir()))
	defer f.close()
	unlock := must[func()](t)(v.lock(t.Context(), f))

	other := unlocked(t, v.Dir(), keyFile)
	other.lockWait = 20 * time.Millisecond
	_, err := other.Save(t.Context(), connection(t, "prod"))
	wantKind(t, err, ErrBusy)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := other.Save(cancelled, connection(t, "prod")); !errors.Is(err, context.Canceled) {
		t.Errorf("a save that was called off gave %v", err)
	}
	if got := list(t, other); len(got) != 0 {
		t.Errorf("reading waited for nothing and found %v", got)
	}
	unlock()
	other.lockWait = time.Minute
	save(t, other, connection(t, "prod"))
}

func TestALeftoverIsSweptAndNothingElse(t *testing.T) {
	v, _ := protected(t)
	save(t, v, connection(t, "prod"))
	kept := []string{".saving-", ".saving-notours.txt", ".saving-ABCDEFGHIJKLMNOP", "notes.txt"}
	for _, name := range append(slices.Clone(kept), ".saving-abcdefghijklmnop") {
		for _, dir := range []string{v.Dir(), filepath.Join(v.Dir(), connectionsDir)} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	save(t, v, connection(t, "test"))
	after := files(t, v.Dir())
	for _, name := range kept {
		if after[name] != "x" || after["connections/"+name] != "x" {
			t.Errorf("%s was swept, and it is not ours", name)
		}
	}
	if _, ok := after[".saving-abcdefghijklmnop"]; ok {
		t.Error("the leftover is still there")
	}
	if got := list(t, v); len(got) != 2 {
		t.Errorf("listed %v", got)
	}
}
