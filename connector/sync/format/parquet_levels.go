package format

import (
	"fmt"
	"slices"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
)

// place is one entry of a column of Parquet: a value, or where on the way to it something was NULL or empty.
type place struct {
	index    int32 // in the array that was reached, -1 where the way ended
	def, rep uint8
}

// trail finds the levels of the rows of a leaf, a node of the schema at a time over all rows, without looking at a row as a whole.
type trail struct {
	places, next []place
}

// follow goes from the rows [from,to) of a column down to its values. It gives the array that holds them.
func (t *trail) follow(l *leaf, column arrow.Array, from, to int) (arrow.Array, error) {
	t.places = slices.Grow(t.places[:0], to-from)
	for i := from; i < to; i++ {
		t.places = append(t.places, place{index: int32(i)})
	}
	depth := uint8(0)
	for _, s := range l.steps {
		if err := t.reach(l, column, s.required); err != nil {
			return nil, err
		}
		switch c := column.(type) {
		case *array.Struct:
			column = c.Field(s.child)
		case *array.Map:
			depth++
			t.spread(c.List, depth)
			if column = c.Keys(); s.kind == intoValue {
				column = c.Items()
			}
		case *array.List:
			depth++
			t.spread(c, depth)
			column = c.ListValues()
		default:
			return nil, fmt.Errorf("column %q came as %s, and not as its type says; read the table again", l.path[0], column.DataType())
		}
	}
	return column, t.reach(l, column, l.required)
}

// reach comes to a node that may be NULL, or is the key of a map and may not.
func (t *trail) reach(l *leaf, column arrow.Array, required bool) error {
	if !required {
		t.present(column)
		return nil
	}
	for _, p := range t.places {
		if p.index >= 0 && column.IsNull(int(p.index)) {
			return fmt.Errorf("a MAP in column %q has a NULL as a key, which Parquet does not hold; choose arrow", l.path[0])
		}
	}
	return nil
}

// present ends the ways that come to a NULL, and raises the level of the others.
func (t *trail) present(column arrow.Array) {
	if column.NullN() == 0 && column.DataType().ID() != arrow.NULL {
		for i := range t.places {
			if t.places[i].index >= 0 {
				t.places[i].def++
			}
		}
		return
	}
	isNull := column.DataType().ID() == arrow.NULL
	for i := range t.places {
		p := &t.places[i]
		switch {
		case p.index < 0:
		case isNull || column.IsNull(int(p.index)):
			p.index = -1
		default:
			p.def++
		}
	}
}

// spread puts the elements of the lists in their places.
func (t *trail) spread(lists *array.List, depth uint8) {
	t.next = t.next[:0]
	for _, p := range t.places {
		if p.index < 0 {
			t.next = append(t.next, p)
			continue
		}
		start, end := lists.ValueOffsets(int(p.index))
		if start == end {
			t.next = append(t.next, place{index: -1, def: p.def, rep: p.rep})
			continue
		}
		rep := p.rep
		for i := start; i < end; i++ {
			t.next = append(t.next, place{index: int32(i), def: p.def + 1, rep: rep})
			rep = depth
		}
	}
	t.places, t.next = t.next, t.places
}

// weight is about how many bytes the rows [from,to) of a column are.
func weight(column arrow.Array, from, to int) int {
	if from >= to {
		return 0
	}
	switch c := column.(type) {
	case *array.String:
		return c.ValueOffset(to) - c.ValueOffset(from) + 4*(to-from)
	case *array.Binary:
		offsets := c.ValueOffsets()
		return int(offsets[to]-offsets[from]) + 4*(to-from)
	case *array.Struct:
		sum := to - from
		for i := range c.NumField() {
			sum += weight(c.Field(i), from, to)
		}
		return sum
	case *array.Map:
		start, end := c.Offsets()[c.Data().Offset()+from], c.Offsets()[c.Data().Offset()+to]
		return weight(c.Keys(), int(start), int(end)) + weight(c.Items(), int(start), int(end)) + 4*(to-from)
	case *array.List:
		start, end := c.Offsets()[c.Data().Offset()+from], c.Offsets()[c.Data().Offset()+to]
		return weight(c.ListValues(), int(start), int(end)) + 4*(to-from)
	case *array.Null:
		return 0
	}
	return 8 * (to - from)
}
