package vault

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// many is a vault with an index: more connections than a save opens by itself, all left alone for long.
func many(t *testing.T) (dir, keyFile string) {
	t.Helper()
	v, keyFile := protected(t)
	v.disk = &faultyDisk{}
	for n := range indexWorth + 2 {
		save(t, v, bare(numbered(n), n))
	}
	dir = copied(t, v.Dir())
	v = unlocked(t, dir, keyFile)
	save(t, v, bare("the one that indexes", 0))
	if _, ok := files(t, dir)[indexFile]; !ok {
		t.Fatal("there is no index")
	}
	return dir, keyFile
}

// opensWhileSaving counts the connections that a new process opens to save one more.
func opensWhileSaving(t *testing.T, dir, keyFile, name string) int {
	t.Helper()
	v := unlocked(t, dir, keyFile)
	f := &faultyDisk{}
	v.disk = f
	save(t, v, bare(name, 0))
	opened := 0
	for _, call := range f.calls {
		if what, file, _ := strings.Cut(call, " "); what == "open" && filepath.Ext(file) == extension && file != indexFile {
			opened++
		}
	}
	return opened
}

func TestASmallVaultHasNoIndex(t *testing.T) {
	v, _ := protected(t)
	for n := range 5 {
		save(t, v, bare(numbered(n), n))
	}
	if _, ok := files(t, v.Dir())[indexFile]; ok {
		t.Error("five connections have an index")
	}
}

func TestAnIndexSparesANewProcessTheOpening(t *testing.T) {
	dir, keyFile := many(t)
	if opened := opensWhileSaving(t, dir, keyFile, "first"); opened > 1 {
		t.Errorf("%d connections were opened to compare names", opened)
	}
}

func TestAnIndexNeverFreesANameThatIsTaken(t *testing.T) {
	dir, keyFile := many(t)
	v := unlocked(t, dir, keyFile)
	_, err := v.Save(t.Context(), bare(strings.ToUpper(numbered(7)), 0))
	wantKind(t, err, ErrNameTaken)

	c, err := v.Load(t.Context(), numbered(7))
	if err != nil {
		t.Fatal(err)
	}
	c.Name = "Connection 70"
	save(t, v, c)
	for name, taken := range map[string]bool{"connection 70": true, numbered(7): false, numbered(8): true} {
		_, err := unlocked(t, dir, keyFile).Save(t.Context(), bare(name, 0))
		if taken {
			wantKind(t, err, ErrNameTaken)
		} else if err != nil {
			t.Errorf("%q is free, and it gave %v", name, err)
		}
	}
	if err := unlocked(t, dir, keyFile).Delete(t.Context(), "CONNECTION 70"); err != nil {
		t.Fatal(err)
	}
	_, err = unlocked(t, dir, keyFile).Load(t.Context(), "Connection 70")
	wantKind(t, err, ErrNotFound)
}

func TestTheMarkOfAFileIsTrustedOnlyOnceItWasLeftAlone(t *testing.T) {
	for left, trusted := range map[time.Duration]bool{0: false, settling / 2: false, settling + time.Second: true, -time.Hour: false} {
		v, _ := protected(t)
		saved := save(t, v, bare("prod", 0))
		info := must[os.FileInfo](t)(os.Stat(filepath.Join(v.Dir(), connectionsDir, saved.ID+extension)))
		v.now = func() time.Time { return info.ModTime().Add(left) }
		save(t, v, bare("test", 0))
		if entry := v.names[saved.ID+extension]; entry.Name != "prod" || entry.certain() != trusted {
			t.Errorf("after %v it is remembered as %+v; the next version may have the same time: %v", left, entry, !trusted)
		}
	}
}

// young is a vault of files that its clock has not told apart yet, with an index, in a process that has opened none of them.
func young(t *testing.T) (v *Vault, keyFile string, saved []connector.Connection) {
	t.Helper()
	first, keyFile := protected(t)
	// A time is written without the zeros it ends in, so one that ends in none keeps the sizes of the files alike.
	then := first.now().Truncate(time.Second).Add(123_456_781)
	first.now = func() time.Time { return then }
	for n := range indexWorth + 8 {
		saved = append(saved, save(t, first, bare(numbered(n), n)))
	}
	v = unlocked(t, first.Dir(), keyFile)
	v.now = first.now
	return v, keyFile, saved
}

func TestAYoungFileIsKnownByItsBytesAndNotOpenedAgain(t *testing.T) {
	v, _, _ := young(t)
	other, _ := protected(t)
	theirs, _ := other.held()
	ours, _ := v.held()
	f := must[*folder](t)(openFolder(osDisk{}, v.Dir()))
	defer f.close()
	connections := must[*folder](t)(f.inner(connectionsDir))
	defer connections.close()
	marks := must[map[string]fileMark](t)(marksIn(connections))
	known := v.remembered(f, ours, marks)
	if len(known) <= indexWorth {
		t.Fatalf("the index tells of %d young files", len(known))
	}
	for file, entry := range known {
		if entry.certain() {
			t.Errorf("%s is trusted by its mark", file)
		}
		// With the key of another vault nothing can be opened, so what is found was told by the bytes.
		if again, ok := look(connections, theirs, file, entry); !ok || again != entry {
			t.Errorf("%s was opened: %+v", file, again)
		}
	}
}

func TestAYoungFileThatWasReplacedInTheSameMomentIsSeenToBe(t *testing.T) {
	v, keyFile, saved := young(t)
	save(t, v, bare("what this window knows", 0))
	path := filepath.Join(v.Dir(), connectionsDir, saved[3].ID+extension)
	before := must[os.FileInfo](t)(os.Stat(path))

	// The other window's version has another name of the same length, and the file gets the old number, size and time.
	twin := unlocked(t, copied(t, v.Dir()), keyFile)
	twin.now = v.now
	renamed := must[connector.Connection](t)(twin.Rename(t.Context(), saved[3], "Connection 9Z9"))
	content := files(t, twin.Dir())["connections/"+renamed.ID+extension]
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, before.ModTime(), before.ModTime()); err != nil {
		t.Fatal(err)
	}
	if after := must[os.FileInfo](t)(os.Stat(path)); markOf(after) != markOf(before) {
		t.Fatalf("the marks differ: %+v, %+v", markOf(before), markOf(after))
	}
	_, err := v.Save(t.Context(), bare("CONNECTION 9Z9", 0))
	wantKind(t, err, ErrNameTaken)
	save(t, v, bare(numbered(3), 0))
}

// An index is a shortcut: without a good one everything works as it does with one, and the next save makes one anew.
func TestABadIndexCostsTimeOnly(t *testing.T) {
	dir, keyFile := many(t)
	other, _ := protected(t)
	foreign, _ := other.held()
	k, _ := unlocked(t, dir, keyFile).held()
	good := []byte(files(t, dir)[indexFile])
	sealed := func(k key, content string) []byte { return must[[]byte](t)(k.seal([]byte(content))) }
	first := randomID() + extension
	for what, content := range map[string][]byte{
		"empty": nil, "not sealed": []byte(`{"version":1}`), "cut off": good[:len(good)/2], "of another key": sealed(foreign, indexHead),
		"of a newer release": sealed(k, "draftt-databricks names 3\n"), "of the first release": sealed(k, `{"version":1,"files":{}}`),
		"sealed and no index": sealed(k, "hello"), "without a file": sealed(k, indexHead), "with a short line": sealed(k, indexHead+first+"\t1\n"),
		"with no number": sealed(k, indexHead+first+"\t1\tx\t1\t\tname\n"),
	} {
		t.Run(what, func(t *testing.T) {
			bad := copied(t, dir)
			if err := os.WriteFile(filepath.Join(bad, indexFile), content, 0o600); err != nil {
				t.Fatal(err)
			}
			v := unlocked(t, bad, keyFile)
			_, err := v.Save(t.Context(), bare(numbered(3), 0))
			wantKind(t, err, ErrNameTaken)
			save(t, v, bare("new", 0))
			if opened := opensWhileSaving(t, bad, keyFile, "newer"); opened > 3 {
				t.Errorf("%d connections were opened, so there is no good index again", opened)
			}
		})
	}
}

func TestEveryFlippedBitOfTheIndexIsRefused(t *testing.T) {
	dir, keyFile := many(t)
	v := unlocked(t, dir, keyFile)
	k, _ := v.held()
	intact := []byte(files(t, dir)[indexFile])
	for i := range intact {
		for _, bit := range bits(i) {
			flipped := append([]byte(nil), intact...)
			flipped[i] ^= 1 << bit
			if _, err := k.open(flipped); err == nil {
				t.Fatalf("flipping bit %d of byte %d was not noticed", bit, i)
			}
		}
		if _, err := k.open(intact[:i]); err == nil {
			t.Fatalf("cutting to %d bytes was not noticed", i)
		}
	}
}

func TestAnIndexGivesNoNameAway(t *testing.T) {
	dir, _ := many(t)
	content := files(t, dir)[indexFile]
	for n := range indexWorth {
		for _, form := range forms(numbered(n)) {
			if strings.Contains(content, form) {
				t.Errorf("the index has %q in clear text", form)
			}
		}
	}
}
