package compare

import (
	"encoding/binary"
	"math/bits"
)

// Seed begins the hashes of a comparison. The same rows under the same seed have the same hashes on every machine. A comparison draws its own,
// so that whoever can write rows cannot write two that look equal to it.
type Seed [2]uint64

// state is SipHash-1-3 with an answer of 128 bits over words of 64 bits. Of 50,000,000 rows on each side, 10^8 hashes, no two that are not equal
// should meet. Where there is no key, 128 bits are kept: (10^8)²/2 pairs of 2^-128 are 1.5·10^-23. Where there is one, 96 bits of the key and
// 96 of the row are: 5·10^15 · 2^-96 is 6·10^-14 for either, 1.3·10^-13 for both. 64 bits would be 3·10^-4.
type state [4]uint64

func (s Seed) state() state {
	return state{s[0] ^ 0x736f6d6570736575, s[1] ^ 0x646f72616e646f6d ^ 0xee, s[0] ^ 0x6c7967656e657261, s[1] ^ 0x7465646279746573}
}

// add takes in a word.
func (s *state) add(m uint64) {
	s[3] ^= m
	s.round()
	s[0] ^= m
}

func (s *state) round() {
	v0, v1, v2, v3 := s[0], s[1], s[2], s[3]
	v0 += v1
	v2 += v3
	v1 = bits.RotateLeft64(v1, 13) ^ v0
	v3 = bits.RotateLeft64(v3, 16) ^ v2
	v0 = bits.RotateLeft64(v0, 32) + v3
	v2 += v1
	s[0] = v0
	s[1] = bits.RotateLeft64(v1, 17) ^ v2
	s[2] = bits.RotateLeft64(v2, 32)
	s[3] = bits.RotateLeft64(v3, 21) ^ v0
}

// text takes in bytes after their number, so that no two lists of texts look alike.
func (s *state) text(b []byte) {
	s.add(uint64(len(b)))
	for ; len(b) >= 8; b = b[8:] {
		s.add(binary.LittleEndian.Uint64(b))
	}
	if len(b) > 0 {
		var rest [8]byte
		copy(rest[:], b)
		s.add(binary.LittleEndian.Uint64(rest[:]))
	}
}

// sum is the hash of what was taken in.
func (s state) sum() (uint64, uint64) {
	s[2] ^= 0xee
	s.round()
	s.round()
	s.round()
	first := s[0] ^ s[1] ^ s[2] ^ s[3]
	s[1] ^= 0xdd
	s.round()
	s.round()
	s.round()
	return first, s[0] ^ s[1] ^ s[2] ^ s[3]
}
