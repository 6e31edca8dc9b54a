package check

import (
	"context"
	"iter"
	"time"
)

// Run walks the stages in order and yields each result as it comes: a Running one when a stage begins or reports progress, then its
// final one. A failed stage blocks those that need it, also through a blocked stage in between. Stopping the iteration, or cancelling
// ctx, ends the walk; a stage that was cut short by ctx yields nothing.
func Run(ctx context.Context, stages []Stage, s *Subject) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		origin := map[ID]ID{} // a failed or blocked stage, and the failure it goes back to
		for _, stage := range stages {
			if ctx.Err() != nil {
				return
			}
			result := Result{State: Blocked}
			if by, blocked := blockedBy(stage, origin); blocked {
				origin[stage.ID] = by
				result.BlockedBy = by
			} else {
				more := true
				note := func(text string) {
					more = more && yield(Result{Stage: stage.ID, Name: stage.Name, State: Running, Evidence: text})
				}
				if note(""); !more {
					return
				}
				result = runOne(ctx, stage, s, note)
				if ctx.Err() != nil || !more {
					return
				}
				if result.State == Failed {
					origin[stage.ID] = stage.ID
				}
			}
			result.Stage, result.Name = stage.ID, stage.Name
			if !yield(result) {
				return
			}
		}
	}
}

func runOne(ctx context.Context, stage Stage, s *Subject, note func(string)) Result {
	if stage.Deadline > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, stage.Deadline)
		defer cancel()
	}
	began := time.Now()
	result := stage.Run(ctx, s, note)
	result.Took = time.Since(began)
	return result
}

func blockedBy(stage Stage, origin map[ID]ID) (ID, bool) {
	for _, need := range stage.Needs {
		if by, ok := origin[need]; ok {
			return by, true
		}
	}
	return "", false
}

// Failure is the first failed result, or nil when none failed.
func Failure(results []Result) *Result {
	for i := range results {
		if results[i].State == Failed {
			return &results[i]
		}
	}
	return nil
}

// Uncertain are the results that could not be evaluated.
func Uncertain(results []Result) []Result {
	var out []Result
	for _, r := range results {
		if r.State == Unknown {
			out = append(out, r)
		}
	}
	return out
}
