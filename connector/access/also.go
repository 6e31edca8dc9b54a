package access

// Also is a second check: what it takes besides a right to make use of it. A check without an answer is a sentence to know.
type Also struct {
	ID     string // of the sentence in the tables
	Answer *Answer
	// Any tells that it takes one of several objects, and Answer is that of the first one that does.
	Any bool
	Who Principal // whose answer it is, where that is not who was asked about: an app reads as its own principal
}

// also are the second checks of a question.
func (f *Facts) also(q Question, v *view) []Also {
	row := f.row(q.On)
	var out []Also
	if q.Right == f.rules.sel && f.Kind(q.On) == TableKind {
		out = append(out, f.anyWarehouse(q, v))
	}
	lowest := row.class == levels && len(row.levels) > 1 && q.Right == row.levels[0].Right
	x := f.extras[q.On]
	for _, id := range row.second {
		switch {
		case id == "app-principal":
			out = append(out, Also{ID: id, Who: x.runs})
		case id == "sql-access" && q.Right >= f.rules.byAPI[levels]["CAN_USE"]:
			out = append(out, Also{ID: id, Answer: briefly(v, f.entitled(f.rules.sql, q.In), Question{q.Who, 0, f.places[q.In].object, q.In})})
		case id == "sql-access", id == "tables":
			if id == "tables" {
				out = append(out, Also{ID: id})
			}
		case id == "query" && f.usesKind(x.uses, "queries"):
			out = append(out, f.second(id, q, v, x.uses, "CAN_READ"))
		case id == "query":
			out = append(out, Also{ID: id})
		case id == "model" && f.usesKind(x.uses, FunctionKind):
			out = append(out, f.second(id, q, v, x.uses, "EXECUTE"))
		case id == "model":
			out = append(out, Also{ID: id})
		case id == "warehouse" && lowest: // seeing it runs nothing
		case id == "warehouse" && f.usesKind(x.uses, WarehouseKind):
			out = append(out, f.second(id, q, v, x.uses, "CAN_USE"))
		case id == "warehouse":
			out = append(out, f.anyWarehouse(q, v))
		}
	}
	return out
}

func (f *Facts) usesKind(o Object, k Kind) bool { return o != Nothing && f.Kind(o) == k }

func (f *Facts) second(id string, q Question, v *view, on Object, api string) Also {
	r, _ := f.rules.Named(f.Kind(on), api)
	return Also{ID: id, Answer: briefly(v, f.cond(r, on, q.In), Question{q.Who, r, on, q.In})}
}

// briefly is an answer with its path or what is missing, and nothing more.
func briefly(v *view, c cond, q Question) *Answer {
	r := v.eval(c)
	a := &Answer{Question: q, Verdict: r.verdict, Steps: r.steps, Doubts: r.doubts}
	if r.verdict == No {
		a.Missing = r.missing.need
	}
	return a
}

// anyWarehouse looks for a warehouse of the workspace that the principal may use: one will do.
func (f *Facts) anyWarehouse(q Question, v *view) Also {
	r, _ := f.rules.Named(WarehouseKind, "CAN_USE")
	out := Also{ID: "warehouse", Any: true}
	for _, on := range f.warehouses[q.In] {
		c := all(f.cond(r, on, q.In), f.entitled(f.rules.sql, q.In))
		res := v.eval(c)
		if out.Answer == nil || res.verdict > out.Answer.Verdict {
			out.Answer = &Answer{Question: Question{q.Who, r, on, q.In}, Verdict: res.verdict, Steps: res.steps, Doubts: res.doubts, Missing: res.missing.need}
		}
		if res.verdict == Yes {
			break
		}
	}
	return out
}
