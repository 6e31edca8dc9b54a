// Package recent remembers the latest of what happens, within bounds.
package recent

import "iter"

// keptBytes is how much is remembered of the texts of one sort of what happens, together. How many there are and how long each may be would
// allow for gigabytes.
const keptBytes = 64 << 20

// List remembers the latest of what happens. The zero List remembers nothing yet. It is not safe for concurrent use.
type List[T any] struct {
	all  []noted[T] // the oldest first
	held int
}

// noted is what happened, with how many bytes its texts have.
type noted[T any] struct {
	what T
	size int
}

// Note remembers what happened, the texts of which have so many bytes. The oldest are forgotten where there are more than most, or where
// together they hold too much; the latest never is.
func (r *List[T]) Note(what T, size, most int) {
	r.all, r.held = append(r.all, noted[T]{what, size}), r.held+size
	for len(r.all) > 1 && (len(r.all) > most || r.held > keptBytes) {
		r.held -= r.all[0].size
		r.all[0] = noted[T]{}
		r.all = r.all[1:]
	}
}

// Backward gives what is remembered, the latest first.
func (r *List[T]) Backward() iter.Seq[T] {
	return func(yield func(T) bool) {
		for i := len(r.all) - 1; i >= 0 && yield(r.all[i].what); i-- {
		}
	}
}
