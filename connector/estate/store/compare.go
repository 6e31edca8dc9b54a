package store

import "iter"

// Difference is what is not the same in two runs.
type Difference struct {
	Kind, ID      string
	Before, After *Row // nil: not there
}

// Compare goes through what differs between the rows of a kind in two runs, by their ids. It ends at the first error.
func Compare(before, after *Run, kind string) iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		left, stopLeft := iter.Pull2(before.Rows(kind))
		defer stopLeft()
		right, stopRight := iter.Pull2(after.Rows(kind))
		defer stopRight()
		a, errA, moreA := left()
		b, errB, moreB := right()
		for moreA || moreB {
			if errA != nil || errB != nil {
				wrong := errA
				if wrong == nil {
					wrong = errB
				}
				yield(Difference{}, wrong)
				return
			}
			old, now := a, b
			switch {
			case moreA && (!moreB || a.ID < b.ID):
				if !yield(Difference{kind, old.ID, &old, nil}, nil) {
					return
				}
				a, errA, moreA = left()
			case moreB && (!moreA || b.ID < a.ID):
				if !yield(Difference{kind, now.ID, nil, &now}, nil) {
					return
				}
				b, errB, moreB = right()
			default:
				if (a.Body != b.Body || a.Name != b.Name) && !yield(Difference{kind, old.ID, &old, &now}, nil) {
					return
				}
				a, errA, moreA = left()
				b, errB, moreB = right()
			}
		}
	}
}
