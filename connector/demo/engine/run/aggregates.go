package run

import (
	"database/sql/driver"
	"math/big"
	"strings"

	"modernc.org/sqlite"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// total is SUM, or with mean AVG. SQLite's own would take decimals with many
// digits, which are text to it, for floating point numbers; here they are
// added exactly.
type total struct {
	conn   *conn
	mean   bool
	n      int64
	whole  big.Int // the sum of the whole numbers
	float  float64 // the sum of the others
	rest   float64 // what rounding took from float
	exact  big.Rat // the sum of the decimals that are text
	floats int     // how many of each there are
	texts  int
	scale  int // the most digits after the point of a text
}

// registerAggregates adds SUM and AVG to the connections d opens.
func (c *conn) registerAggregates(d *sqlite.Driver) error {
	for name, mean := range map[string]bool{"sum": false, "avg": true} {
		err := d.RegisterFunction(name, &sqlite.FunctionImpl{
			NArgs: 1, MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) {
				return &total{conn: c, mean: mean}, nil
			},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Step adds a value.
func (t *total) Step(_ *sqlite.FunctionContext, args []driver.Value) error { return t.add(args[0], 1) }

// WindowInverse takes a value away again.
func (t *total) WindowInverse(_ *sqlite.FunctionContext, args []driver.Value) error {
	return t.add(args[0], -1)
}

// Final has nothing to free.
func (t *total) Final(*sqlite.FunctionContext) {}

func (t *total) add(v driver.Value, sign int64) error {
	switch v := v.(type) {
	case nil:
		return nil
	case int64:
		t.whole.Add(&t.whole, new(big.Int).Mul(big.NewInt(v), big.NewInt(sign)))
	case bool:
		t.whole.Add(&t.whole, big.NewInt(values.AsInt(v)*sign))
	case float64:
		t.floats += int(sign)
		t.addFloat(v * float64(sign))
	default:
		text := strings.TrimSpace(values.AsText(v, values.StringType))
		if len(text) > values.LongestNumber || !values.IsDecimal(text) {
			return t.conn.failed(values.InvalidCast(v, values.DoubleType))
		}
		r, ok := new(big.Rat).SetString(text)
		if !ok {
			return t.conn.failed(values.InvalidCast(v, values.DoubleType))
		}
		_, fraction, _ := strings.Cut(text, ".")
		t.scale = max(t.scale, len(fraction))
		t.texts += int(sign)
		t.exact.Add(&t.exact, r.Mul(r, new(big.Rat).SetInt64(sign)))
	}
	t.n += sign
	return nil
}

// addFloat keeps what rounding loses, so that long sums of amounts come out to
// the last digit.
func (t *total) addFloat(v float64) {
	sum := t.float + v
	if abs(t.float) >= abs(v) {
		t.rest += (t.float - sum) + v
	} else {
		t.rest += (v - sum) + t.float
	}
	t.float = sum
}

func abs(f float64) float64 { return max(f, -f) }

// WindowValue returns the sum or mean so far: NULL of nothing.
func (t *total) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	switch {
	case t.n == 0:
		return nil, nil
	case t.texts > 0:
		sum, scale := new(big.Rat).Add(&t.exact, new(big.Rat).SetInt(&t.whole)), t.scale
		if r := new(big.Rat); r.SetFloat64(t.float+t.rest) != nil {
			sum.Add(sum, r)
		}
		if t.mean {
			sum.Quo(sum, new(big.Rat).SetInt64(t.n))
			scale = min(38, scale+4)
		}
		return sum.FloatString(scale), nil
	case t.mean || t.floats > 0:
		whole, _ := new(big.Float).SetInt(&t.whole).Float64()
		sum := whole + t.float + t.rest
		if t.mean {
			sum /= float64(t.n)
		}
		return sum, nil
	case !t.whole.IsInt64():
		return nil, t.conn.failed(&values.Error{Class: "ARITHMETIC_OVERFLOW", SQLState: "22003", Message: "long overflow."})
	}
	return t.whole.Int64(), nil
}
