package vault

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// The faults of fault_test.go stand between the vault and Go's library. Here they stand between Go's library and the kernel, put there by
// strace: a kill, or an error, at every system call of a save.

// call is one system call of a save: the nth of its name in the thread that saves.
type call struct {
	name string
	n    int
}

var traced = regexp.MustCompile(`^(\d+) +([a-z_0-9]+)\((.*)`)

// tracing are the calls that can touch a file.
const tracing = "trace=%file,read,write,pread64,pwrite64,close,fsync,fdatasync,fstat,getdents64,fchmod,fcntl,flock,lseek,ftruncate"

func TestAKillOrAnErrorAtAnySystemCallOfASaveLosesNothing(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("strace is not installed; the faults were put under each call of the disk instead")
	}
	template, keyFile := protected(t)
	for n := range 3 {
		save(t, template, bare(numbered(n), n))
	}
	saveDraft(t, template, Draft{Step: "review"})
	for deed := range once {
		t.Run(deed, func(t *testing.T) { underEveryFault(t, deed, template, keyFile) })
	}
}

// underEveryFault does a deed with every fault at every system call, or in an ordinary run with some.
func underEveryFault(t *testing.T, deed string, template *Vault, keyFile string) {
	before := counts(list(t, template))
	calls, log := callsOfASave(t, deed, copied(t, template.Dir()), keyFile)
	if len(calls) < 20 {
		t.Skipf("strace traces nothing here:\n%.2000s", log)
	}
	type fault struct {
		call
		how string
	}
	var faults []fault
	for _, c := range calls {
		faults = append(faults, fault{c, "signal=KILL"})
		for _, err := range []string{"EIO", "ENOSPC", "EACCES", "EROFS", "EMFILE", "EINTR"} {
			faults = append(faults, fault{c, "error=" + err})
		}
	}
	if all := len(faults); !*full {
		rand.Shuffle(all, func(i, j int) { faults[i], faults[j] = faults[j], faults[i] })
		faults = faults[:5]
	}
	var mu sync.Mutex
	missed, outcomes := 0, map[string]int{}
	t.Run("faults", func(t *testing.T) {
		for lane := range lanes {
			t.Run(fmt.Sprint("lane ", lane+1), func(t *testing.T) {
				t.Parallel()
				for i := lane; i < len(faults); i += lanes {
					f := faults[i]
					hit, outcome := false, ""
					for try := 0; try < 5 && !hit; try++ {
						dir := copied(t, template.Dir())
						hit, outcome = saveUnderFault(t, deed, dir, keyFile, f.name, f.n, f.how)
						stands(t, fmt.Sprintf("%s at %s number %d: %s", f.how, f.name, f.n, outcome), deed, dir, keyFile, outcome, before)
					}
					mu.Lock()
					outcomes[outcome]++
					if !hit {
						missed++
					}
					mu.Unlock()
				}
			})
		}
	})
	t.Logf("%d system calls, %d faults, outcomes %v, %d could not be placed", len(calls), len(faults), outcomes, missed)
	// Not every save makes the same calls, so a few faults come too late for it. Of a sample that can be most.
	if most := map[bool]int{true: len(faults) / 20, false: len(faults) - 1}[*full]; missed > most {
		t.Errorf("%d of %d faults could not be placed", missed, len(faults))
	}
}

// callsOfASave traces one save and gives the calls between its marks, of the thread that saves.
func callsOfASave(t *testing.T, deed, dir, keyFile string) ([]call, []byte) {
	t.Helper()
	log, _, _ := strace(t, deed, dir, keyFile, "-e", tracing)
	var calls []call
	seen := map[string]int{}
	thread := savingThread(log)
	inside := false
	for line := range strings.Lines(string(log)) {
		m := traced.FindStringSubmatch(line)
		if m == nil || m[1] != thread {
			continue
		}
		seen[m[2]]++
		switch {
		case strings.Contains(m[3], markBegin):
			inside = true
		case strings.Contains(m[3], markEnd):
			inside = false
		case inside:
			calls = append(calls, call{m[2], seen[m[2]]})
		}
	}
	return calls, log
}

func savingThread(log []byte) string {
	for line := range strings.Lines(string(log)) {
		if m := traced.FindStringSubmatch(line); m != nil && strings.Contains(m[3], markBegin) {
			return m[1]
		}
	}
	return ""
}

// saveUnderFault saves once with a fault, and reports whether that was met during the save.
func saveUnderFault(t *testing.T, deed, dir, keyFile, name string, n int, how string) (hit bool, outcome string) {
	t.Helper()
	log, said, err := strace(t, deed, dir, keyFile, "-e", tracing, "-e", fmt.Sprintf("inject=%s:%s:when=%d", name, how, n))
	_, during, begun := bytes.Cut(log, []byte(markBegin))
	during, _, ended := bytes.Cut(during, []byte(markEnd))
	if strings.HasPrefix(how, "signal") {
		hit = begun && !ended
	} else {
		hit = begun && bytes.Contains(during, []byte("(INJECTED)"))
	}
	outcome = strings.TrimSpace(said)
	var exit *exec.ExitError
	if outcome == "" && errors.As(err, &exit) {
		outcome = "ended"
	}
	return hit, outcome
}

func strace(t *testing.T, deed, dir, keyFile string, args ...string) (log []byte, said string, err error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "trace")
	cmd := process("once", dir, keyFile, deed)
	cmd.Args = slices.Concat([]string{"strace", "-f", "-qq", "-o", file}, args, cmd.Args)
	cmd.Path, cmd.Stderr = must[string](t)(exec.LookPath("strace")), nil
	out, err := cmd.Output()
	log, _ = os.ReadFile(file)
	return log, string(out), err
}

// stands checks what a save left that ended with this outcome.
func stands(t *testing.T, where, deed, dir, keyFile, outcome string, before map[string]int) {
	t.Helper()
	v := unlocked(t, dir, keyFile)
	saved, broken, err := v.List(t.Context())
	after, target := counts(saved), once[deed].target
	changed := after[target] == 77
	wanted := maps.Clone(before)
	if changed {
		wanted[target] = 77
	}
	waiting := len(drafts(t, v))
	switch {
	case err != nil || len(broken) > 0 || !maps.Equal(after, wanted):
		t.Errorf("%s: %v is saved, want %v; damaged %v, %v", where, after, wanted, broken, err)
	case (outcome == "saved" || outcome == "unconfirmed") && !changed:
		t.Errorf("%s: acknowledged, and it is not there", where)
	case outcome == "failed" && changed:
		t.Errorf("%s: said to have failed, and it is there", where)
	case (waiting == 0) != (changed && deed == "finish a draft"):
		t.Errorf("%s: with the deed done %v, %d drafts wait", where, changed, waiting)
	}
	for _, c := range saved {
		if string(c.Credentials.Secret.Reveal()) != secretText {
			t.Errorf("%s: the secret of %q is another one", where, c.Name)
		}
	}
	if _, err := v.Save(t.Context(), bare("the next one", 1)); err != nil {
		t.Errorf("%s: the next save failed: %v", where, err)
	}
}
