package windows

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// unfinished begins the name of a file that a save has not put in its place yet.
const unfinished = ".saving-"

func TestASaveThatIsKilledLeavesTheOldRecordOrTheNew(t *testing.T) {
	p, w := somebody(t, "a home of kills"), served(t, "ready")
	w.setUp(t, p, "name 0", "protection: keychain")
	folder := p.path("a home of kills", "connections")
	var before, after, cut, missed int
	was := "name 0"
	for n := 1; before+after < *kills; n++ {
		now := fmt.Sprint("name ", n)
		if !killedWhileSaving(t, p.call("rename", was, now), folder) {
			missed++
			if was = names(t, p)[0]; was != now || missed > *kills {
				t.Fatalf("nobody was killed, and there is %q after %d such saves", was, missed)
			}
			continue
		}
		if files, _ := filepath.Glob(filepath.Join(folder, unfinished+"*")); len(files) > 0 {
			cut++
		}
		all := names(t, p)
		switch {
		case len(all) == 1 && all[0] == was:
			before++
		case len(all) == 1 && all[0] == now:
			after++
			was = now
		default:
			t.Fatalf("after kill %d there is %q, want %q or %q", n, all, was, now)
		}
	}
	t.Logf("%d kills in the middle of a save: %d left the old record, %d the new, %d a file that was cut off; none was torn", *kills, before, after, cut)
	p.run(t, 0, "", "rename", was, "after all")
	if files, _ := filepath.Glob(filepath.Join(folder, unfinished+"*")); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
	wants(t, p.run(t, 0, "", "test", "after all"), "Connected")
}

// killedWhileSaving runs a command until its save has begun a file, and kills it up to some milliseconds later. It is false where the
// whole save fell between two looks.
func killedWhileSaving(t *testing.T, cmd *exec.Cmd, folder string) bool {
	t.Helper()
	known := begun(t, folder)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(ended)
	}()
	for !freshIn(begun(t, folder), known) {
		select {
		case <-ended:
			return false
		case <-time.After(100 * time.Microsecond):
		}
	}
	time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
	_ = cmd.Process.Kill()
	<-ended
	return true
}

// freshIn reports whether there is a file that was not known.
func freshIn(now, known map[string]bool) bool {
	for name := range now {
		if !known[name] {
			return true
		}
	}
	return false
}

// begun are the unfinished files.
func begun(t *testing.T, folder string) map[string]bool {
	t.Helper()
	all, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, one := range all {
		if strings.HasPrefix(one.Name(), unfinished) {
			found[one.Name()] = true
		}
	}
	return found
}

func TestTwoProcessesThatSaveAtOnceLoseNothing(t *testing.T) {
	p, w := somebody(t, "a home of two"), served(t, "ready")
	w.setUp(t, p, "first 0", "protection: keychain")
	w.setUp(t, p, "second 0", "protection: keychain")
	var busy sync.WaitGroup
	failed := make(chan string, 2)
	for _, name := range []string{"first", "second"} {
		busy.Go(func() {
			for n := range *saves {
				cmd := p.call("rename", fmt.Sprint(name, " ", n), fmt.Sprint(name, " ", n+1))
				if out, err := cmd.CombinedOutput(); err != nil {
					failed <- fmt.Sprintf("save %d of %s: %v: %s", n+1, name, err, out)
					return
				}
			}
		})
	}
	busy.Wait()
	close(failed)
	for why := range failed {
		t.Error(why)
	}
	want := []string{fmt.Sprint("first ", *saves), fmt.Sprint("second ", *saves)}
	if all := names(t, p); len(all) != 2 || all[0] != want[0] || all[1] != want[1] {
		t.Errorf("saved are %q, want %q", all, want)
	}
	t.Logf("2 processes at once, %d saves each, none lost", *saves)
}

func TestOfTwoProcessesThatWantOneNameOneHasIt(t *testing.T) {
	p, w := somebody(t, "a home of one name"), served(t, "ready")
	w.setUp(t, p, "first", "protection: keychain")
	w.setUp(t, p, "second", "protection: keychain")
	var won int
	rounds := max(1, *saves/5)
	for n := range rounds {
		wanted := fmt.Sprint("wanted ", n)
		var busy sync.WaitGroup
		codes := make([]int, 2)
		for i, id := range names(t, p) {
			busy.Go(func() {
				cmd := p.call("rename", id, wanted)
				_ = cmd.Run()
				codes[i] = cmd.ProcessState.ExitCode()
			})
		}
		busy.Wait()
		if codes[0] == codes[1] {
			t.Fatalf("both ended with %d, want one that has the name and one that has not", codes[0])
		}
		won++
	}
	t.Logf("%d names, each wanted by two processes at once, each had by one", won)
}
