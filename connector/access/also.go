package access

// Also is a second check: what it takes besides a right to make use of it, or what comes with it. A check without an answer is a sentence to know.
type Also struct {
	ID     string // of the sentence in the tables
	Answer *Answer
	// Any tells that it takes one of several objects, and Answer is that of the first one that does.
	Any bool
	// Untold tells that what the check is about was not collected, so that nothing was looked at.
	Untold bool
	Who    Principal // whose answer it is, where that is not who was asked about: an app reads as its own principal
}

// secondCheck makes the checks that a kind of object names by their ID.
type secondCheck func(f *Facts, q Question, v *view, x extra) []Also

// secondChecks are those checks. Each says what was looked at, and of what was not collected that it was not.
var secondChecks = map[string]secondCheck{
	"app-principal": func(_ *Facts, _ Question, _ *view, x extra) []Also { return ranAs("app-principal", x) },
	"sql-access":    (*Facts).alsoEntitled,
	"query":         (*Facts).alsoQuery,
	"alert-query":   func(*Facts, Question, *view, extra) []Also { return []Also{{ID: "alert-query"}} },
	"model":         (*Facts).alsoModels,
	"tables":        (*Facts).alsoTables,
	"warehouse":     (*Facts).alsoWarehouse,
	"runs-as": func(f *Facts, q Question, _ *view, x extra) []Also {
		if f.lowest(q) || q.Who == x.runs { // who sees it starts nothing, and who runs as oneself gains nothing
			return nil
		}
		return ranAs("runs-as", x)
	},
	"git-credentials": func(*Facts, Question, *view, extra) []Also { return []Also{{ID: "git-credentials"}} },
	"driver-logs": func(f *Facts, q Question, _ *view, _ extra) []Also {
		switch {
		case q.Right >= f.rules.canManage:
			return nil
		case f.is(q.On, openLogs):
			return []Also{{ID: "driver-logs-open"}}
		}
		return []Also{{ID: "driver-logs"}}
	},
}

// also are the second checks of a question.
func (f *Facts) also(q Question, v *view) []Also {
	row := f.row(q.On)
	var out []Also
	if q.Right == f.rules.sel && f.Kind(q.On) == TableKind {
		out = append(out, f.anyWarehouse(q, v))
	}
	for _, id := range row.second {
		out = append(out, secondChecks[id](f, q, v, f.extras[q.On])...)
	}
	if row.class == levels && q.Right == f.rules.isOwner {
		out = append(out, Also{ID: "one-owner"})
	}
	return out
}

// lowest reports whether a question is about the lowest of several levels, which shows an object and runs nothing.
func (f *Facts) lowest(q Question) bool {
	row := f.row(q.On)
	return row.class == levels && len(row.levels) > 1 && q.Right == row.levels[0].Right
}

// ranAs says as whom something runs, whoever starts it.
func ranAs(id string, x extra) []Also {
	return []Also{{ID: id, Who: x.runs, Untold: x.runs == Nobody}}
}

func (f *Facts) alsoEntitled(q Question, v *view, _ extra) []Also {
	if q.Right < f.rules.byAPI[levels]["CAN_USE"] {
		return nil
	}
	return []Also{{ID: "sql-access", Answer: briefly(v, f.entitled(f.rules.sql, q.In), Question{q.Who, 0, f.places[q.In].object, q.In})}}
}

func (f *Facts) alsoQuery(q Question, v *view, x extra) []Also {
	if !f.usesKind(x.uses, "queries") {
		return []Also{{ID: "query", Untold: true}}
	}
	return []Also{f.second("query", q, v, x.uses, "CAN_READ")}
}

// alsoTables looks at each table that is below something.
func (f *Facts) alsoTables(q Question, v *view, x extra) []Also {
	var out []Also
	for _, on := range x.reads {
		out = append(out, f.second("tables", q, v, on, "SELECT"))
	}
	if out == nil {
		return []Also{{ID: "tables", Untold: true}}
	}
	return out
}

// alsoModels looks at each model that an endpoint serves. It reads them as who made it, whoever sends the request.
func (f *Facts) alsoModels(q Question, _ *view, x extra) []Also {
	if len(x.reads) == 0 || x.creator == Nobody {
		return []Also{{ID: "model", Untold: true}}
	}
	maker := f.look(x.creator, q.In, Link{})
	defer maker.done()
	var out []Also
	for _, on := range x.reads {
		id, right := "model", "EXECUTE"
		if f.Kind(on) != FunctionKind { // a model of the workspace's own registry
			id, right = "workspace-model", "CAN_READ"
		}
		a := f.second(id, Question{Who: x.creator, In: q.In}, maker, on, right)
		if !f.Collected(x.creator) {
			a.Answer = &Answer{Question: a.Answer.Question, Verdict: Unknown, Doubts: []Doubt{{Group: x.creator}}}
		}
		a.Who = x.creator
		out = append(out, a)
	}
	return out
}

// alsoWarehouse looks at the warehouse that something runs on, or that its query does; any will do where that is not told.
func (f *Facts) alsoWarehouse(q Question, v *view, x extra) []Also {
	on := x.uses
	if f.usesKind(on, "queries") {
		on = f.extras[on].uses
	}
	switch {
	case f.lowest(q):
		return nil
	case f.usesKind(on, WarehouseKind):
		return []Also{f.second("warehouse", q, v, on, "CAN_USE")}
	}
	return []Also{f.anyWarehouse(q, v)}
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
