package compare

import (
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/memory"
)

// TestTheRoundIsThatOfSipHash hashes the example of the paper, "SipHash: a fast short-input PRF", appendix A, with 2 and 4 rounds as it does.
func TestTheRoundIsThatOfSipHash(t *testing.T) {
	k0, k1 := uint64(0x0706050403020100), uint64(0x0f0e0d0c0b0a0908)
	s := state{k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573}
	for _, m := range []uint64{0x0706050403020100, 0x0f0e0d0c0b0a0908 & 0x00ffffffffffffff} {
		if m == 0x000e0d0c0b0a0908 {
			m |= 15 << 56
		}
		s[3] ^= m
		s.round()
		s.round()
		s[0] ^= m
	}
	s[2] ^= 0xff
	for range 4 {
		s.round()
	}
	if sum := s[0] ^ s[1] ^ s[2] ^ s[3]; sum != 0xa129ca6149be45e5 {
		t.Errorf("%x", sum)
	}
}

// sums are the hashes of all rows of a table under the seed of nobody.
func sums(t *testing.T, table *rows) [][2]uint64 {
	t.Helper()
	h, err := newHasher(Seed{}, table.fields)
	if err != nil {
		t.Fatal(err)
	}
	rec := table.record(seeded(0), 0, len(table.of))
	states, err := h.rows(rec, 0, len(table.of))
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]uint64
	for _, s := range states {
		a, b := s.sum()
		out = append(out, [2]uint64{a, b})
	}
	return out
}

func TestTheHashOfARowIsTheSameOnEveryMachine(t *testing.T) {
	table := &rows{
		fields: []arrow.Field{
			{Name: "b", Type: arrow.BinaryTypes.String, Nullable: true},
			{Name: "a", Type: arrow.ListOf(arrow.StructOf(arrow.Field{Name: "x", Type: arrow.PrimitiveTypes.Int16, Nullable: true})), Nullable: true},
		},
		of: [][]any{{"nine bytes", []any{[]any{int16(-3)}, nil}}, {nil, []any{}}, {"", nil}},
	}
	want := [][2]uint64{{0xb95112a5c11645b5, 0xc70ca67ac0410166}, {0x1f7303943af4fa78, 0xa2179363436bfcaf}, {0x8bc6b5c23965dceb, 0xfad34be9c275f667}}
	for i, sum := range sums(t, table) {
		if i >= len(want) || sum != want[i] {
			t.Errorf("row %d: {%#x, %#x}", i, sum[0], sum[1])
		}
	}
}

// TestNoTwoRowsThatDifferLookAlike holds what is nearly equal against each other, over rows of several columns, with all types.
func TestNoTwoRowsThatDifferLookAlike(t *testing.T) {
	texts, hashes := map[string][2]uint64{}, map[[2]uint64]string{}
	rows := 0
	for n := range 200 {
		r := seeded(n)
		table := random(r)
		order := names(table.fields)
		for i, text := range table.texts(order) {
			if i == 0 {
				clear(texts)
				clear(hashes)
			}
			sum := sums(t, table)[i]
			if was, ok := texts[text]; ok && was != sum {
				t.Fatalf("%d: %s has two hashes", n, text)
			}
			if was, ok := hashes[sum]; ok && was != text {
				t.Fatalf("%d: %s and %s have one hash", n, was, text)
			}
			texts[text], hashes[sum] = sum, text
			rows++
		}
	}
	if rows < 2000 {
		t.Errorf("%d rows: the test tests nothing", rows)
	}
}

func TestWideTablesTellNULLsApart(t *testing.T) {
	var wide rows
	for i := range 130 {
		wide.fields = append(wide.fields, arrow.Field{Name: string(rune('一' + i)), Type: arrow.PrimitiveTypes.Int32, Nullable: true})
	}
	for at := range 131 { // in each row another column is NULL, in the last none
		row := make([]any, 130)
		for i := range row {
			if row[i] = int32(0); i == at {
				row[i] = nil
			}
		}
		wide.of = append(wide.of, row)
	}
	found := map[[2]uint64]bool{}
	for _, sum := range sums(t, &wide) {
		found[sum] = true
	}
	if len(found) != 131 {
		t.Errorf("%d rows of 131", len(found))
	}
}

// usual is a record of ten flat columns: two texts, one of them NULL now and then.
func usual(n int) arrow.Record {
	fields := []arrow.Field{
		{Name: "a", Type: arrow.PrimitiveTypes.Int64}, {Name: "b", Type: arrow.PrimitiveTypes.Int32}, {Name: "c", Type: arrow.PrimitiveTypes.Float64},
		{Name: "d", Type: arrow.BinaryTypes.String}, {Name: "e", Type: arrow.BinaryTypes.String}, {Name: "f", Type: arrow.FixedWidthTypes.Boolean},
		{Name: "g", Type: arrow.PrimitiveTypes.Date32}, {Name: "h", Type: arrow.FixedWidthTypes.Timestamp_us}, {Name: "i", Type: &arrow.Decimal128Type{Precision: 18, Scale: 2}},
		{Name: "j", Type: arrow.BinaryTypes.String, Nullable: true},
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema(fields, nil))
	r := seeded(n)
	for range n {
		for i, f := range fields {
			switch b := b.Field(i).(type) {
			case *array.Int64Builder:
				b.Append(r.Int64())
			case *array.StringBuilder:
				if f.Nullable && r.IntN(10) == 0 {
					b.AppendNull()
				} else {
					b.Append("component-0123456789abcdef"[:r.IntN(26)])
				}
			default:
				put(b, anyValue(r, f.Type, false))
			}
		}
	}
	return b.NewRecord()
}

func BenchmarkHashesOfTenColumns(b *testing.B) {
	const n = 100_000
	rec := usual(n)
	of, err := newHashing(Seed{}, rec.Schema().Fields(), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := of.each(rec, func(int, entry) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}
