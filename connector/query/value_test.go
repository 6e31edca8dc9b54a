package query

import (
	"math/big"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/decimal128"
	"github.com/apache/arrow/go/v12/arrow/memory"
)

// TestTheHighestDecimalHasAllOfItsDigits has numbers that a floating point rounds up: the rows between would never be read.
func TestTheHighestDecimalHasAllOfItsDigits(t *testing.T) {
	for _, c := range []struct {
		digits string
		scale  int32
		want   string
	}{
		{"12345678901234567890123456789012345678", 10, "1234567890123456789012345678.9012345678"},
		{"-12345678901234567890123456789012345678", 38, "-0.12345678901234567890123456789012345678"},
		{strings.Repeat("9", 38), 1, strings.Repeat("9", 37) + ".9"}, {strings.Repeat("9", 38), 0, strings.Repeat("9", 38)},
		{"-99999999999999999999999999999999999999", 37, "-9." + strings.Repeat("9", 37)}, {"1", 4, "0.0001"}, {"-1", 4, "-0.0001"}, {"0", 2, "0.00"},
	} {
		of := &arrow.Decimal128Type{Precision: 38, Scale: c.scale}
		n, _ := new(big.Int).SetString(c.digits, 10)
		b := array.NewDecimal128Builder(memory.DefaultAllocator, of)
		b.Append(decimal128.FromBigInt(n))
		got := valueText(b.NewArray(), 0)
		if got == nil || *got != c.want {
			t.Errorf("%s with %d digits behind the point: %v", c.digits, c.scale, got)
			continue
		}
		if value, err := Parse("decimal(38,2)", *got); err != nil || value.sql != c.want {
			t.Errorf("%s: %v, %v", c.want, value, err)
		}
	}
}
