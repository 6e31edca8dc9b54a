package vault

import (
	"encoding/json"
	"io/fs"
	"maps"
	"time"
)

// The index is names.age: the names in files that did not change since, sealed like them. It is a shortcut and nothing else. An index
// that is missing, damaged, old or another key's costs time only, so no failure with it stops anything.

const (
	indexFile    = "names.age"
	indexVersion = 1
	// indexWorth is how many files a save may open by itself. Below it an index would cost more than it spares, so most vaults have none.
	indexWorth = 32
	// settling is how long a file must have been left alone before its time tells two versions of it apart. The coarsest clock of a file
	// system, that of FAT, ticks every two seconds.
	settling = 2 * time.Second
)

// fileMark tells whether a file is still the one that was opened.
type fileMark struct {
	Size     int64  `json:"size"`
	Modified int64  `json:"modified"` // nanoseconds since 1970
	Inode    uint64 `json:"inode"`    // 0 where the system has none
}

func markOf(info fs.FileInfo) fileMark {
	return fileMark{Size: info.Size(), Modified: info.ModTime().UnixNano(), Inode: inode(info)}
}

func (m fileMark) settled(now time.Time) bool { return m.Modified < now.Add(-settling).UnixNano() }

// knownName is the name inside a sealed file, as it was when the file had that mark.
type knownName struct {
	Mark fileMark `json:"mark"`
	Name string   `json:"name"`
}

// index is the JSON inside the seal of names.age.
type index struct {
	Version int                  `json:"version"`
	Files   map[string]knownName `json:"files"`
}

// remembered gives what is known of the files with these marks, from memory and, where many are missing there, from the index.
func (v *Vault) remembered(top *folder, k key, marks map[string]fileMark) map[string]knownName {
	v.mu.Lock()
	before := v.names
	v.mu.Unlock()
	known := make(map[string]knownName, len(marks))
	keep := func(from map[string]knownName) {
		for file, entry := range from {
			if mark, ok := marks[file]; ok && mark == entry.Mark {
				known[file] = entry
			}
		}
	}
	keep(before)
	if len(marks)-len(known) > indexWorth {
		indexed := readIndex(top, k)
		v.mu.Lock()
		v.indexed = len(indexed)
		v.mu.Unlock()
		keep(indexed)
	}
	return known
}

func (v *Vault) remember(known map[string]knownName) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.names = known
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
	var found index
	if err := json.Unmarshal(content, &found); err != nil || found.Version != indexVersion {
		return nil
	}
	return found.Files
}

// writeIndex brings the index up to date once enough names are known that it lacks. It runs after a change and under its lock.
func (v *Vault) writeIndex(top *folder, k key) {
	v.mu.Lock()
	known := maps.Clone(v.names)
	stale := len(known)-v.indexed > indexWorth
	v.mu.Unlock()
	if !stale {
		return
	}
	content, err := json.Marshal(index{Version: indexVersion, Files: known})
	if err != nil || len(content) > sizeLimit/2 {
		return
	}
	sealed, err := k.seal(content)
	if err != nil || top.write(indexFile, sealed) != nil {
		return
	}
	v.mu.Lock()
	v.indexed = len(known)
	v.mu.Unlock()
}
