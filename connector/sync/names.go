package sync

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// longestFolder is how long the name of a table's folder may be before it is cut. File systems take 255 bytes, and some less.
const longestFolder = 200

// folders are the folders of tables, none of which is another's on a file system that takes upper and lower case for the same.
func folders(tables []connector.TableName) map[connector.TableName]string {
	all, taken := map[connector.TableName]string{}, map[string]bool{}
	for _, name := range tables {
		if _, known := all[name]; known {
			continue
		}
		folder := folderOf(name)
		if taken[strings.ToLower(folder)] {
			folder = told(folder, name)
		}
		taken[strings.ToLower(folder)] = true
		all[name] = folder
	}
	return all
}

// folderOf is the folder of a table, named as engines name the folder of a partition: what not every file system takes, or none as it is,
// stands as percent and the number of the byte.
func folderOf(name connector.TableName) string {
	var b strings.Builder
	full := name.Full()
	for i, c := range []byte(full) {
		switch {
		case c == '.' && i == len(full)-1: // Windows drops a dot at the end
			b.WriteString("%2E")
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '_', c == '-':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	folder := "table=" + b.String()
	if len(folder) > longestFolder {
		return told(folder, name)
	}
	return folder
}

// told is a folder that is told from every other of the same beginning by the sum of the table's name.
func told(folder string, name connector.TableName) string {
	sum := sha256.Sum256([]byte(name.Quoted()))
	folder = folder[:min(len(folder), longestFolder)]
	if at := strings.LastIndexByte(folder, '%'); at > len(folder)-3 { // half a byte
		folder = folder[:max(at, 0)]
	}
	return folder + "-" + hex.EncodeToString(sum[:8])
}
