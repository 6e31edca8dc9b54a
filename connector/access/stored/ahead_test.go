package stored

import (
	"errors"
	"iter"
	"strconv"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// rows are so many, and then an error where there is one.
func rows(n int, wrong error) iter.Seq2[store.Row, error] {
	return func(yield func(store.Row, error) bool) {
		for i := range n {
			if !yield(store.Row{ID: strconv.Itoa(i)}, nil) {
				return
			}
		}
		if wrong != nil {
			yield(store.Row{}, wrong)
		}
	}
}

func TestRowsThatAreReadAheadAreTheSameInTheSameOrder(t *testing.T) {
	torn := errors.New("torn")
	for _, n := range []int{0, 1, batchRows - 1, batchRows, batchRows + 1, 7*batchRows + 3} {
		for _, wrong := range []error{nil, torn} {
			next := 0
			var got error
			for row, err := range ahead(rows(n, wrong)) {
				if err != nil {
					got = err
					break
				}
				if row.ID != strconv.Itoa(next) {
					t.Fatalf("%s comes in the place of %d", row.ID, next)
				}
				next++
			}
			if next != n || !errors.Is(got, wrong) {
				t.Errorf("%d of %d rows: %v", next, n, got)
			}
		}
	}
}

func TestWhoLeavesReadsNoFurther(t *testing.T) {
	read, ended := 0, make(chan struct{})
	for range ahead(func(yield func(store.Row, error) bool) {
		defer close(ended)
		for yield(store.Row{}, nil) {
			read++
		}
	}) {
		break
	}
	<-ended
	if most := (batches + 3) * batchRows; read > most {
		t.Errorf("%d rows were read for one", read)
	}
}

// A part is never taken for the whole, whatever ended the reading.
func TestAPanicWhileReadingIsAnError(t *testing.T) {
	var got error
	for _, err := range ahead(func(yield func(store.Row, error) bool) {
		yield(store.Row{}, nil)
		panic("a row that nobody thought of")
	}) {
		got = err
	}
	if got == nil {
		t.Error("the rows came to their end")
	}
}
