package relay

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"net/http"
	"slices"
	"unicode/utf16"
)

// piece is about how much of a repeated body is written at a time.
const piece = 32 << 10

// most is how much of a body is made in memory so that its length can be said. What is longer goes out without one.
const most = 1 << 20

// streamed reports whether the body is sent without saying how long it is.
func (r Rule) streamed(body []byte) bool { return r.Endless || r.Repeat*max(1, len(body)) > most }

// text is the body in the encoding of text that the rule wants.
func (r Rule) text(body []byte) []byte {
	for _, e := range r.Encode {
		switch e {
		case ByteOrderMark:
			body = append([]byte("\xef\xbb\xbf"), body...)
		case UTF16Little:
			body = inUTF16(body, binary.LittleEndian)
		case UTF16Big:
			body = inUTF16(body, binary.BigEndian)
		case Latin1:
			body = inLatin1(body)
		}
	}
	return body
}

func inUTF16(body []byte, order binary.AppendByteOrder) []byte {
	out := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(string(body))) {
		out = order.AppendUint16(out, unit)
	}
	return out
}

func inLatin1(body []byte) []byte {
	var out []byte
	for _, letter := range string(body) {
		if letter > 0xff {
			letter = '?'
		}
		out = append(out, byte(letter))
	}
	return out
}

// label says in the headers how the body is packed.
func (r Rule) label(header http.Header) {
	for _, e := range r.Encode {
		switch e {
		case Gzip, GzipSaid:
			header.Set("Content-Encoding", "gzip")
		case BrotliSaid:
			header.Set("Content-Encoding", "br")
		}
	}
}

func (r Rule) zips() bool {
	return slices.Contains(r.Encode, Gzip) || slices.Contains(r.Encode, GzipUnsaid)
}

// packed is the whole body as it is sent, for one that fits into memory.
func (r Rule) packed(body []byte) []byte {
	if body = bytes.Repeat(body, max(1, r.Repeat)); !r.zips() {
		return body
	}
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	_, _ = zip.Write(body) // to memory
	_ = zip.Close()
	return out.Bytes()
}

// stream sends a body: one that was packed before, or with made piece by piece, one that is too long for memory. That without an end ends
// with the connection.
func (r Rule) stream(to io.Writer, body []byte, made bool) error {
	if !made {
		_, err := to.Write(body)
		return err
	}
	if len(body) == 0 {
		body = []byte(" ")
	}
	zip := gzip.NewWriter(to)
	out := to
	if r.zips() {
		out = zip
	}
	times := max(1, piece/len(body))
	chunk := bytes.Repeat(body, times)
	for left := r.Repeat; r.Endless || left > 0; left -= times {
		if !r.Endless && left < times {
			chunk = chunk[:left*len(body)]
		}
		if _, err := out.Write(chunk); err != nil {
			return err
		}
	}
	if r.zips() {
		return zip.Close()
	}
	return nil
}
