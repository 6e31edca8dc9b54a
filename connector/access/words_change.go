package access

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/words"
)

// mostNamed is how many people a sentence names.
const mostNamed = 5

// sayEnd says what becomes of a yes without a link. Of a path that is left it has the parts that are others than before.
func (f *Facts) sayEnd(e End, before []string) string {
	var without string
	switch l := e.Link; l.Kind {
	case IsMember:
		without = f.Called(l.From) + " in the " + f.Called(l.To)
	case IsHolder:
		without = f.CalledRight(l.Right, l.On) + " on " + f.CalledObject(l.On) + " for " + f.Called(l.From)
	case IsOwner:
		without = f.Called(l.From) + " as the owner of " + f.CalledObject(l.On)
	case IsBound:
		without = "the binding of " + f.CalledObject(l.On)
	}
	switch {
	case e.Ends && len(e.Others) == 0:
		return "Without " + without + " it ends, and for nobody else."
	case e.Ends:
		return "Without " + without + " it ends, and for " + f.sayPeople(e.Others) + " as well."
	case len(e.Doubts) > 0:
		return "Without " + without + " it cannot be told: " + f.sayDoubt(e.Doubts[0])
	}
	var left []string
	for _, step := range e.Instead {
		if said := f.sayStep(step); said != "" && !slices.Contains(before, said) {
			left = append(left, said)
		}
	}
	return "Without " + without + " it stays: " + strings.Join(left, "; ") + "."
}

func (f *Facts) sayPeople(list []Principal) string {
	var names []string
	for _, p := range list[:min(len(list), mostNamed)] {
		names = append(names, f.Called(p))
	}
	if more := len(list) - mostNamed; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return strings.Join(names, ", ")
}

func (f *Facts) sayGiver(g Giver) string {
	by := f.CalledRight(g.Right, g.By) + " on " + f.CalledObject(g.By)
	switch {
	case g.Who == Nobody:
		return "whoever has " + by + ", which was not collected"
	case g.Right == f.rules.ownership:
		by = "owner of " + f.CalledObject(g.By)
	}
	return f.Called(g.Who) + ", " + by
}

// sayJoining says of a group what it would give, and what comes with it besides.
func (f *Facts) sayJoining(j Joining) string {
	said := "In the " + f.Called(j.Group) + " it would be there"
	if !j.Whole {
		said += ", and something else would be missing still"
	}
	said += ". It brings " + words.Count(j.Weight, "right")
	if len(j.Roles) > 0 {
		said += ", and makes one " + strings.Join(j.Roles, " and ")
	}
	return said + "."
}
