package access

import (
	"errors"
	"fmt"
	"slices"
)

// Question asks whether a principal has a right on an object in a workspace.
type Question struct {
	Who   Principal
	Right Right
	On    Object
	In    Place // the workspace
}

// Answer is the answer to a question. Of a yes it has the shortest path of each part, and what would end it; of a no the first part that is
// missing, who can give it, and which group would; of an unknown what was not collected.
type Answer struct {
	Question
	Verdict Verdict

	Steps []Step
	Ends  []End

	Missing  Need
	Givers   []Giver
	ByGroups []Joining

	Doubts []Doubt

	Also []Also // what it takes besides to make use of the right
}

// End is a link of a path of a yes. Where taking it away ends the yes, Others are those for whom it ends as well; where it does not, Instead is
// the path that is left, or what cannot be told then.
type End struct {
	Link    Link
	Ends    bool
	Others  []Principal
	Instead []Step
	Doubts  []Doubt
}

// Joining is a group that would give what is missing. Whole tells that nothing else would be missing then. Weight is how many rights on objects
// come with it, owning one among them, and Roles are the admins that it makes one.
type Joining struct {
	Group  Principal
	Whole  bool
	Weight int
	Roles  []string
}

// Check tells whether a question can be asked: of a principal and an object that were collected, and a right of the object's kind.
func (f *Facts) Check(q Question) error {
	switch {
	case q.Who == Nobody || int(q.Who) >= len(f.people.list) || !f.people.list[q.Who].declared:
		return errors.New("the principal was not collected")
	case q.On == Nothing || int(q.On) >= len(f.objects.kind):
		return errors.New("the object was not collected")
	case int(q.In) >= len(f.places) || f.places[q.In].kind != WorkspaceKind:
		return errors.New("the question is of no workspace")
	}
	for _, r := range f.rules.Asked(f.Kind(q.On)) {
		if r == q.Right {
			return nil
		}
	}
	return fmt.Errorf("%s is no right on a %s", f.rules.API(q.Right), f.rules.KindName(f.Kind(q.On)))
}

// where is the workspace that a question is about: what belongs to one is judged there.
func (f *Facts) where(on Object, in Place) Place {
	if place := f.objects.in[on]; f.places[place].kind == WorkspaceKind {
		return place
	}
	return in
}

// Verdict answers a question without saying why. Of somebody or something that was not collected it is Unknown.
func (f *Facts) Verdict(q Question) Verdict {
	if q.Who == Nobody || q.On == Nothing || !f.Collected(q.Who) {
		return Unknown
	}
	q.In = f.where(q.On, q.In)
	v := f.look(q.Who, q.In, Link{})
	defer v.done()
	return v.eval(f.cond(q.Right, q.On, q.In)).verdict
}

// Why answers a question with its reasons. Of a principal that was not collected and is only named the answer is Unknown. It returns the error of Check.
func (f *Facts) Why(q Question) (Answer, error) {
	if q.Who != Nobody && int(q.Who) < len(f.people.list) && !f.Collected(q.Who) {
		a := Answer{Question: q, Verdict: Unknown, Doubts: []Doubt{{Group: q.Who}}}
		q.Who = f.somebody()
		return a, f.Check(q)
	}
	if err := f.Check(q); err != nil {
		return Answer{}, err
	}
	q.In = f.where(q.On, q.In)
	c := f.cond(q.Right, q.On, q.In)
	v := f.look(q.Who, q.In, Link{})
	defer v.done()
	r := v.eval(c)
	a := Answer{Question: q, Verdict: r.verdict, Steps: r.steps, Doubts: r.doubts}
	switch r.verdict {
	case Yes:
		a.Ends = f.ends(q, c, r.steps)
	case No:
		a.Missing = r.missing.need
		a.Givers = f.givers(r.missing, q.In)
		a.ByGroups = f.joinings(q, c, v, r)
	}
	a.Also = f.also(q, v)
	return a, nil
}

// How answers a question with its path, or with what is missing, and leaves out what would change it. It returns the error of Check.
func (f *Facts) How(q Question) (Answer, error) {
	if err := f.Check(q); err != nil {
		return Answer{}, err
	}
	q.In = f.where(q.On, q.In)
	v := f.look(q.Who, q.In, Link{})
	defer v.done()
	return *briefly(v, f.cond(q.Right, q.On, q.In), q), nil
}

// ends takes away each link of the steps, and looks what becomes of the answer.
func (f *Facts) ends(q Question, c cond, steps []Step) []End {
	var out []End
	met := map[Link]bool{}
	var before crowd
	for _, step := range steps {
		for _, link := range step.Way {
			if met[link] || link.Implicit {
				continue
			}
			met[link] = true
			end := End{Link: link}
			v := f.look(q.Who, q.In, link)
			left := v.eval(c)
			v.done()
			switch left.verdict {
			case Yes:
				end.Instead = left.steps
			case Unknown:
				end.Doubts = left.doubts
			case No:
				end.Ends = true
				if link.Kind == IsMember && f.people.list[link.From].Kind != Group {
					break // nobody else came that way
				}
				if before == nil {
					before = poll{f: f, in: q.In}.eval(c).yes
				}
				lost := slices.Clone(before)
				lost.without(poll{f: f, in: q.In, skip: link}.eval(c).yes)
				for _, p := range lost.list() {
					if p != q.Who && f.people.list[p].Kind != Group {
						end.Others = append(end.Others, p)
					}
				}
			}
			out = append(out, end)
		}
	}
	return out
}

// Who answers who has a right on an object in a workspace: those who do, and those of whom it cannot be told, users, service principals and
// groups alike. It returns the error of Check.
func (f *Facts) Who(r Right, on Object, in Place) (yes, unknown []Principal, err error) {
	if err := f.Check(Question{Who: f.somebody(), Right: r, On: on, In: in}); err != nil {
		return nil, nil, err
	}
	in = f.where(on, in)
	c := poll{f: f, in: in}.eval(f.cond(r, on, in))
	c.maybe.without(c.yes)
	return c.yes.list(), c.maybe.list(), nil
}

// somebody is a principal that was collected, Nobody where none was.
func (f *Facts) somebody() Principal {
	for i, p := range f.people.list {
		if p.declared {
			return Principal(i) //nolint:gosec // Build has counted them
		}
	}
	return Nobody
}
