package format

import (
	"fmt"
	"math/big"
	"strconv"

	"github.com/apache/arrow/go/v12/arrow/decimal128"
)

// parseDecimal reads what columnar.AppendDecimal wrote.
func parseDecimal(text []byte, precision, scale int32) (decimal128.Num, error) {
	wrong := func() error { return fmt.Errorf("%.50q is no DECIMAL(%d,%d)", text, precision, scale) }
	var room [48]byte
	plain := room[:0]
	point := -1
	for i, c := range text {
		switch {
		case c == '-' && i == 0, c >= '0' && c <= '9':
			if plain = append(plain, c); len(plain) > 40 {
				return decimal128.Num{}, wrong()
			}
		case c == '.' && point < 0:
			point = i
		default:
			return decimal128.Num{}, wrong()
		}
	}
	if after := len(text) - point - 1; point < 0 && scale != 0 || point >= 0 && (after != int(scale) || scale == 0) || len(plain) == 0 {
		return decimal128.Num{}, wrong()
	}
	if len(plain) <= 18 {
		n, err := strconv.ParseInt(string(plain), 10, 64)
		if err != nil {
			return decimal128.Num{}, wrong()
		}
		if out := decimal128.FromI64(n); out.FitsInPrecision(precision) {
			return out, nil
		}
		return decimal128.Num{}, wrong()
	}
	n, ok := new(big.Int).SetString(string(plain), 10)
	if !ok || n.BitLen() > 127 {
		return decimal128.Num{}, wrong()
	}
	out := decimal128.FromBigInt(n)
	if !out.FitsInPrecision(precision) {
		return decimal128.Num{}, wrong()
	}
	return out, nil
}
