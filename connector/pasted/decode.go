// Package pasted reads a text that a person copied from somewhere: its bytes, the lines that viewers cut and framed, which of its lines
// count, and what is said in it only to be denied.
package pasted

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/letters"
)

// Decode makes text of the bytes of a file or pipe, whatever wrote them: UTF-8 with and without a byte order mark, UTF-16 as PowerShell
// and Notepad write it, also without a mark, UTF-32, and else the one-byte letters of western Windows. It never fails: what fits nothing stays as
// it is and is cleaned where it is shown.
func Decode(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte(letters.ByteOrderMark)):
		return Decode(raw[3:])
	case bytes.HasPrefix(raw, []byte("\xff\xfe\x00\x00")):
		return fromUTF32(raw[4:], binary.LittleEndian)
	case bytes.HasPrefix(raw, []byte("\x00\x00\xfe\xff")):
		return fromUTF32(raw[4:], binary.BigEndian)
	}
	if text, is := letters.FromUTF16(raw); is {
		return text
	}
	if valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return string(raw)
	}
	return fromLatin1(raw)
}

// Limit bounds a text that is looked at, in bytes.
const Limit = 1 << 20

// Bounded is a text within the limit: of a longer one, the beginning and the end.
func Bounded(text string) string {
	if len(text) > Limit {
		return text[:Limit/2] + "\n" + text[len(text)-Limit/2:]
	}
	return text
}

// readLimit is how much of a log is read to come to its end, in bytes.
const readLimit = 256 << 20

// ReadText reads a text to explain, whatever wrote it: all of it or, of a longer one, as much of its beginning and of its end as
// Bounded keeps. It stops after 256 MiB.
func ReadText(r io.Reader) (string, error) {
	r = io.LimitReader(r, readLimit)
	head, err := io.ReadAll(io.LimitReader(r, Limit/2))
	if err != nil {
		return "", err
	}
	var tail, piece []byte = nil, make([]byte, Limit/2)
	for err == nil {
		var n int
		n, err = io.ReadFull(r, piece)
		tail = append(tail, piece[:n]...)
		tail = tail[max(0, len(tail)-Limit/2)&^3:] // the letters of UTF-32 have four bytes
	}
	if err != io.EOF && err != io.ErrUnexpectedEOF {
		return "", err
	}
	return Decode(append(head, tail...)), nil
}

func fromUTF32(raw []byte, order binary.ByteOrder) string {
	text := make([]rune, len(raw)/4)
	for i := range text {
		text[i] = rune(order.Uint32(raw[4*i:]))
	}
	return string(text)
}

// valid reports UTF-8, but for a letter that the end of what was read has cut.
func valid(raw []byte) bool {
	for cut := range min(utf8.UTFMax, len(raw)+1) {
		if utf8.Valid(raw[:len(raw)-cut]) {
			return true
		}
	}
	return false
}

func fromLatin1(raw []byte) string {
	var b strings.Builder
	for _, c := range raw {
		b.WriteRune(rune(c))
	}
	return b.String()
}
