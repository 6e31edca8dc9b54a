package dialect

import (
	"fmt"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// rangeTable writes range(end), range(start, end) or range(start, end, step)
// as a query that counts. A fourth argument, the number of partitions, has no
// meaning here and is left out.
func (r *rewriter) rangeTable() error {
	bounds, n, err := r.rangeBounds()
	if err != nil {
		return err
	}
	start, end, step := int64(0), bounds[0], int64(1)
	if len(bounds) > 1 {
		start, end = bounds[0], bounds[1]
	}
	if len(bounds) > 2 {
		step = bounds[2]
	}
	more := "<"
	switch {
	case step == 0:
		return &values.Error{Class: "FAILED_FUNCTION_CALL", SQLState: "38000", Message: "Failed preparing of the function `range` for call. Please, double check function's arguments."}
	case step < 0:
		more = ">"
	}
	after := r.peek(n)
	r.pos += n - 1
	r.tokens[r.pos].spaced = true
	r.emit(fmt.Sprintf(`(WITH RECURSIVE "range"("id") AS (SELECT %[1]d WHERE %[1]d %[4]s %[2]d UNION ALL SELECT "id" + %[3]d FROM "range" WHERE "id" + %[3]d %[4]s %[2]d) SELECT "id" FROM "range")`,
		start, end, step, more))
	if !after.Is("AS") && !aliases(after) {
		r.out.WriteString(` AS "range"`)
		r.spaceNext = true
	}
	return nil
}

// rangeBounds reads the whole numbers between the parentheses, and how many
// tokens the call takes.
func (r *rewriter) rangeBounds() (bounds []int64, n int, err error) {
	for n = 2; ; {
		sign := int64(1)
		if r.peek(n).Is("-") {
			sign, n = -1, n+1
		}
		t := r.peek(n)
		value, parseErr := strconv.ParseInt(t.Value, 10, 64)
		if t.Kind != number || parseErr != nil {
			return nil, 0, SyntaxAt(t)
		}
		bounds = append(bounds, sign*value)
		n++
		switch next := r.peek(n); {
		case next.Is(")") && len(bounds) <= 4:
			return bounds, n + 1, nil
		case !next.Is(","):
			return nil, 0, SyntaxAt(next)
		}
		n++
	}
}
