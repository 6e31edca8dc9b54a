package letters

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// FromUTF16 makes text of bytes that are UTF-16, as PowerShell and Notepad write it: with a byte order mark, which is left out, or without
// one. It reports false for bytes that are not, or too few to tell.
func FromUTF16(raw []byte) (string, bool) {
	order := orderOf(raw)
	if order == nil {
		return "", false
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	if len(units) > 0 && units[0] == 0xfeff {
		units = units[1:]
	}
	return string(utf16.Decode(units)), true
}

// firstBytes is how many bytes tell the order of a text without a mark.
const firstBytes = 4096

// orderOf looks for a mark, and else where the empty halves of plain letters are: at odd places in one order, at even places in the other.
func orderOf(raw []byte) binary.ByteOrder {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return binary.LittleEndian
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return binary.BigEndian
	}
	sample := raw[:min(len(raw), firstBytes)&^1]
	var empty [2]int
	for i, b := range sample {
		if b == 0 {
			empty[i%2]++
		}
	}
	switch most := len(sample) / 2 * 6 / 10; {
	case len(sample) < 8:
		return nil
	case empty[1] > most && empty[0] == 0:
		return binary.LittleEndian
	case empty[0] > most && empty[1] == 0:
		return binary.BigEndian
	}
	return nil
}
