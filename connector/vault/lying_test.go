package vault

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// An index may be old, swapped or plainly wrong. These tests seal such ones with the right key, which only a bug or the owner could.

// liar is a vault whose index is sealed with the right key, has the right marks, and is wrong.
func liar(t *testing.T, lie func(files map[string]knownName, ids map[string]string)) *Vault {
	t.Helper()
	dir, keyFile := many(t)
	v := unlocked(t, dir, keyFile)
	k, _ := v.held()
	top := must[*folder](t)(openFolder(osDisk{}, dir))
	defer top.close()
	told, ids := readIndex(top, k), map[string]string{}
	for file, entry := range told {
		ids[entry.Name] = file
	}
	lie(told, ids)
	if err := top.write(indexFile, must[[]byte](t)(k.seal(encodeIndex(told)))); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestALyingIndexNeitherHidesNorLosesAConnection(t *testing.T) {
	for what, lie := range map[string]func(files map[string]knownName, ids map[string]string){
		"two names swapped": func(files map[string]knownName, ids map[string]string) {
			a, b := files[ids[numbered(1)]], files[ids[numbered(2)]]
			a.Name, b.Name = b.Name, a.Name
			files[ids[numbered(1)]], files[ids[numbered(2)]] = a, b
		},
		"all names one": func(files map[string]knownName, _ map[string]string) {
			for file, entry := range files {
				entry.Name = "free"
				files[file] = entry
			}
		},
		"names of nothing": func(files map[string]knownName, _ map[string]string) {
			for file, entry := range files {
				entry.Name = ""
				files[file] = entry
			}
		},
		"files that are not there": func(files map[string]knownName, _ map[string]string) {
			for range 50 {
				files[randomID()+extension] = knownName{Name: "free"}
			}
		},
	} {
		t.Run(what, func(t *testing.T) {
			v := liar(t, lie)
			before := len(list(t, v))
			if c := load(t, v, numbered(1)); count(c) != 1 {
				t.Errorf("%s holds %d", c.Name, count(c))
			}
			save(t, v, bare("free", 0))
			if _, err := v.Rename(t.Context(), load(t, v, numbered(1)), "renamed"); err != nil {
				t.Fatal(err)
			}
			if err := v.Delete(t.Context(), numbered(2)); err != nil {
				t.Fatal(err)
			}
			after := counts(list(t, v))
			if _, there := after[numbered(2)]; there || len(after) != before || after["renamed"] != 1 {
				t.Errorf("%d connections became %v", before, after)
			}
		})
	}
}

func TestAnIndexThatLiedIsNotBelievedAgain(t *testing.T) {
	v := liar(t, func(files map[string]knownName, ids map[string]string) {
		a, b := files[ids[numbered(1)]], files[ids[numbered(2)]]
		a.Name, b.Name = "free", "hidden"
		files[ids[numbered(1)]], files[ids[numbered(2)]] = a, b
	})
	save(t, v, bare("free", 0))
	_, err := v.Save(t.Context(), bare(numbered(2), 0))
	wantKind(t, err, ErrNameTaken)
}

func TestAnOldIndexCostsTimeOnly(t *testing.T) {
	dir, keyFile := many(t)
	old := files(t, dir)[indexFile]
	v := unlocked(t, dir, keyFile)
	for n := range indexWorth {
		c := load(t, v, numbered(n))
		c.Name = "Renamed " + c.Name
		save(t, v, c)
	}
	if err := os.WriteFile(filepath.Join(dir, indexFile), []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	for n := range indexWorth {
		_, err := unlocked(t, dir, keyFile).Save(t.Context(), bare("renamed "+numbered(n), 0))
		wantKind(t, err, ErrNameTaken)
	}
	save(t, unlocked(t, dir, keyFile), bare(numbered(0), 0))
	if got := list(t, v); len(got) != indexWorth+4 {
		t.Errorf("%d connections are listed", len(got))
	}
}

func TestANameThatCannotBeReadAgainStopsTheSave(t *testing.T) {
	dir, keyFile := many(t)
	v := unlocked(t, dir, keyFile)
	save(t, v, bare("what this window knows", 0))
	counting := &faultyDisk{}
	for range 2 { // the first opens what is new, the second nothing but the file in question
		counting.calls = nil
		v.disk = counting
		_, err := v.Save(t.Context(), bare(numbered(3), 0))
		wantKind(t, err, ErrNameTaken)
	}
	v.disk = &faultyDisk{at: opening(counting.calls), how: refuses, err: syscall.EIO}
	_, err := v.Save(t.Context(), bare(numbered(3), 0))
	wantKind(t, err, ErrStorage)
}

// opening is the number of the last call that opens a connection.
func opening(calls []string) (at int) {
	for n, call := range calls {
		if strings.HasPrefix(call, "open ") && filepath.Ext(call) == extension {
			at = n + 1
		}
	}
	return at
}
