package delta

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// GeneratedColumns are those of a generated table: one of every type. The first is its key, which ascends with gaps.
var GeneratedColumns = []unity.Column{
	{Name: "id", Type: unity.BigInt, NotNull: true, Comment: "Ascends, with gaps"}, {Name: "name", Type: unity.String}, {Name: "kind", Type: unity.String},
	{Name: "level", Type: unity.TinyInt}, {Name: "port", Type: unity.SmallInt}, {Name: "amount", Type: unity.Int}, {Name: "ratio", Type: unity.Float},
	{Name: "score", Type: unity.Double}, {Name: "price", Type: unity.Decimal, Precision: 18, Scale: 4}, {Name: "active", Type: unity.Boolean},
	{Name: "seen_on", Type: unity.Date}, {Name: "updated_at", Type: unity.Timestamp}, {Name: "payload", Type: unity.Binary},
	{Name: "tags", Type: "ARRAY<STRING>"}, {Name: "labels", Type: "MAP<STRING,STRING>"}, {Name: "site", Type: "STRUCT<city:STRING,floor:INT>"},
}

// kinds are skewed: the first is in half of the rows, the next in half of the rest, and so on.
var kinds = []string{"sensor", "switch", "laptop", "printer", "router", "badge reader", "access point", "spare part"}

// epoch is about when the rows of generated tables were changed last.
var epoch = time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC).Unix()

// dice gives the same numbers for the same seed and row, in any order (SplitMix64).
type dice uint64

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Generate gives the rows of a table from a seed, each from its number alone.
func Generate(seed uint64) func(i int) []any {
	return func(i int) []any {
		d := dice(seed*0x632be59bd9b4e019 + uint64(i)*0xd1342543de82ef95)
		a, b, c := d.next(), d.next(), d.next()
		kind := kinds[min(len(kinds)-1, trailing(a))]
		row := []any{
			int64(i)*10 + 7, kind + "-" + strconv.FormatUint(b%1_000_000, 36), kind, int64(int8(b >> 8)), int64(int16(b >> 16)), int64(int32(b >> 32)),
			float64(float32(c%100_000) / 64), math.Round(float64(c%1_000_000_007)*1e3) / 1e6, price(c), a>>60 != 0,
			nil, nil, nil, nil, nil, nil,
		}
		row[10], row[11] = moment(epoch-int64(b%40_000_000), c%1_000_000)
		row[12] = binary.BigEndian.AppendUint64(nil, c)
		row[13] = `["` + kind + `","` + strconv.FormatUint(a>>50, 10) + `"]`
		row[14] = `{"rack":"` + strconv.FormatUint(b>>54, 10) + `"}`
		row[15] = `{"city":"` + cities[c%uint64(len(cities))] + `","floor":` + strconv.FormatUint(a>>59, 10) + `}`
		for column, nulls := 1, d.next(); column < len(row); column++ { // one value in sixteen is NULL
			if nulls&15 == 0 {
				row[column] = nil
			}
			nulls >>= 4
		}
		return row
	}
}

var cities = []string{"Zürich", "Berlin", "Lisboa", "Oslo", "Kraków", "東京", "Austin"}

func trailing(n uint64) (zeros int) {
	for ; n&1 == 0 && zeros < 63; n >>= 1 {
		zeros++
	}
	return zeros
}

func price(n uint64) string {
	text := strconv.AppendUint(make([]byte, 0, len("8999999.9999")), n%9_000_000, 10)
	return string(padded(append(text, '.'), (n>>48)%10_000, 4))
}

// padded appends a number with zeros before it.
func padded(text []byte, n uint64, digits int) []byte {
	text = append(text, "000000"[:digits]...)
	for i := len(text) - 1; n > 0; i, n = i-1, n/10 {
		text[i] = byte('0' + n%10)
	}
	return text
}

// days are those on which rows were changed, the last of them first.
var days = func() (texts [40_000_000/secondsOfDay + 2]string) {
	for i := range texts {
		texts[i] = time.Unix(epoch-int64(i)*secondsOfDay, 0).UTC().Format(time.DateOnly)
	}
	return texts
}()

const secondsOfDay = 24 * 60 * 60

// moment is a day and a time of it as the engine keeps them, for which the formats of the standard library take most of the time that a row takes.
func moment(second int64, micros uint64) (day, at string) {
	back := (epoch - second + secondsOfDay - 1) / secondsOfDay
	day = days[back]
	of := uint64(second - (epoch - back*secondsOfDay))
	text := append(make([]byte, 0, len("2006-01-02 15:04:05.999999")), day...)
	text = padded(append(text, ' '), of/3600, 2)
	text = padded(append(text, ':'), of/60%60, 2)
	text = padded(append(text, ':'), of%60, 2)
	if micros > 0 {
		text = bytes.TrimRight(padded(append(text, '.'), micros, 6), "0")
	}
	return day, string(text)
}
