package vault

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"
)

// The index is names.age: the names in files that did not change since, sealed like them. It is a shortcut and nothing else: it decides
// only which seals are opened before a new name is accepted. Connections are never found, listed or deleted by what it says, and a name is
// never refused by it alone. So an index that is missing, damaged, old, of another key or wrong costs time, and no failure with it stops
// anything.

const (
	indexFile = "names.age"
	indexHead = "draftt-databricks names 2\n" // the number counts the formats; an index of another one is made anew
	// indexWorth is how many files a save may open by itself. Below it an index would cost more than it spares, so most vaults have none.
	indexWorth = 32
	// settling is how long a file must have been left alone before its time tells two versions of it apart. The coarsest clock of a file
	// system, that of FAT, ticks every two seconds.
	settling = 2 * time.Second
)

// fileMark tells whether a file is still the one that was opened.
type fileMark struct {
	Size     int64
	Modified int64  // nanoseconds since 1970
	Inode    uint64 // 0 where the system has none
}

func markOf(info fs.FileInfo) fileMark {
	return fileMark{Size: info.Size(), Modified: info.ModTime().UnixNano(), Inode: inode(info)}
}

func (m fileMark) settled(now time.Time) bool { return m.Modified < now.Add(-settling).UnixNano() }

// knownName is the name inside a sealed file, as it was when the file had that mark.
type knownName struct {
	Mark fileMark
	Name string
	// Digest is the SHA-256 of the sealed bytes while the file is too young for its mark to tell two versions apart. Equal bytes hold an
	// equal name, and to compare them costs a tenth of opening the seal. It is kept in memory and inside the seal of the index only.
	Digest string
}

// certain reports whether the mark alone tells that the file is the one that was opened.
func (n knownName) certain() bool { return n.Digest == "" }

// remembered gives what is known of the files with these marks, from memory and, where many are missing there, from the index.
func (v *Vault) remembered(top *folder, k key, marks map[string]fileMark) map[string]knownName {
	v.mu.Lock()
	before := v.names
	v.mu.Unlock()
	known := make(map[string]knownName, len(marks))
	keep := func(from map[string]knownName) {
		for file, entry := range from {
			if mark, ok := marks[file]; ok && mark == entry.Mark && !known[file].better(entry) {
				known[file] = entry
			}
		}
	}
	keep(before)
	if len(marks)-len(known) > indexWorth {
		indexed := readIndex(top, k)
		v.mu.Lock()
		v.indexed = indexed
		v.mu.Unlock()
		keep(indexed)
	}
	return known
}

// better reports whether an entry is there and says at least as much about the same version of a file as another.
func (n knownName) better(other knownName) bool {
	return n.Mark == other.Mark && (n.certain() || !other.certain())
}

func (v *Vault) remember(known map[string]knownName) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.names = known
}

// dropIndex forgets every name, in memory and on disk.
func (v *Vault) dropIndex(top *folder) {
	_ = top.root.Remove(indexFile)
	v.mu.Lock()
	defer v.mu.Unlock()
	v.names, v.indexed = nil, nil
}

func readIndex(top *folder, k key) map[string]knownName {
	sealed, err := top.read(indexFile)
	if err != nil {
		return nil
	}
	content, err := k.open(sealed)
	if err != nil {
		return nil
	}
	return decodeIndex(string(content))
}

// encodeIndex writes a line for each file: its name, size, time, inode, digest, and the name in it, which has no tab and no line end.
// JSON would take five times as long to read, under the lock and for thousands of files.
func encodeIndex(known map[string]knownName) []byte {
	content := []byte(indexHead)
	for file, n := range known {
		content = fmt.Appendf(content, "%s\t%d\t%d\t%d\t%s\t%s\n", file, n.Mark.Size, n.Mark.Modified, n.Mark.Inode, n.Digest, n.Name)
	}
	return content
}

// decodeIndex gives nothing for anything but what encodeIndex writes.
func decodeIndex(content string) map[string]knownName {
	lines, ours := strings.CutPrefix(content, indexHead)
	if !ours {
		return nil
	}
	known := make(map[string]knownName, strings.Count(lines, "\n"))
	for line := range strings.Lines(lines) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 6 {
			return nil
		}
		size, err1 := strconv.ParseInt(fields[1], 10, 64)
		modified, err2 := strconv.ParseInt(fields[2], 10, 64)
		number, err3 := strconv.ParseUint(fields[3], 10, 64)
		if err1 != nil || err2 != nil || err3 != nil {
			return nil
		}
		known[fields[0]] = knownName{Mark: fileMark{size, modified, number}, Digest: fields[4], Name: fields[5]}
	}
	return known
}

// writeIndex brings the index up to date once it lacks enough of what is known. It runs after a change and under its lock.
func (v *Vault) writeIndex(top *folder, k key) {
	v.mu.Lock()
	known, indexed := v.names, v.indexed
	v.mu.Unlock()
	lacking := 0
	for file, entry := range known {
		if indexed[file] != entry {
			lacking++
		}
	}
	if lacking <= indexWorth {
		return
	}
	content := encodeIndex(known)
	if len(content) > sizeLimit/2 {
		return
	}
	sealed, err := k.seal(content)
	if err != nil || top.write(indexFile, sealed) != nil {
		return
	}
	v.mu.Lock()
	v.indexed = known
	v.mu.Unlock()
}
