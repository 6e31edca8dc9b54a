package columnar

import (
	"strconv"

	"github.com/apache/arrow/go/v12/arrow/decimal128"
)

// AppendDecimal appends all digits of a number, scale of them after the point. The library rounds to the digits of a floating point on the way.
func AppendDecimal(dst []byte, n decimal128.Num, scale int32) []byte {
	var room [48]byte
	text := room[:0]
	negative := n.Sign() < 0
	if low := int64(n.LowBits()); n.HighBits() == low>>63 {
		text = strconv.AppendInt(text, low, 10)
	} else {
		text = n.BigInt().Append(text, 10)
	}
	if negative {
		dst, text = append(dst, '-'), text[1:]
	}
	for len(text) <= int(scale) { // a digit stands before the point
		missing := int(scale) + 1 - len(text)
		text = append(text, make([]byte, missing)...)
		copy(text[missing:], text)
		for i := range missing {
			text[i] = '0'
		}
	}
	whole := len(text) - int(scale)
	dst = append(dst, text[:whole]...)
	if scale > 0 {
		dst = append(append(dst, '.'), text[whole:]...)
	}
	return dst
}
