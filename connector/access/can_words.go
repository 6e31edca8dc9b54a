package access

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/words"
)

// dependsOn is the verdict of what depends on the object that it is done to.
const dependsOn = "depends"

// SayVerdict is the verdict of an ability as a word: "depends" besides yes, no and unknown.
func (a Ability) SayVerdict() string {
	if a.Depends {
		return dependsOn
	}
	return a.Verdict.String()
}

// SayAbility puts the answer about an action into words.
func (f *Facts) SayAbility(who Principal, a Ability) Words {
	has := map[string]string{Yes.String(): " can: ", No.String(): " cannot: ", Unknown.String(): ": it cannot be told: ", dependsOn: ": it depends on the object: "}[a.SayVerdict()]
	w := Words{Verdict: a.SayVerdict(), Says: f.Called(who) + has + a.Capability.Action}
	if a.On != Nothing {
		w.Says += ", of " + f.CalledObject(a.On)
	}
	w.Says += "."
	for _, step := range a.Steps {
		if said := f.sayStep(step); said != "" {
			w.Because = append(w.Because, said)
		}
	}
	if a.Verdict == No {
		w.Missing = f.sayMissing(a)
	}
	w.NotCollected = f.SayDoubts(a.Doubts)
	switch {
	case a.Depends:
		w.Besides = f.sayDepends(a)
	case a.Verdict != Yes && a.Own != "" && a.On == Nothing:
		w.Besides = []string{a.Own + "."}
	}
	return w
}

// sayMissing names each role that would do, and what would do on the object that was asked about.
func (f *Facts) sayMissing(a Ability) string {
	var ways []string
	if len(a.Roles) > 0 {
		ways = append(ways, "the role "+strings.Join(a.Roles, " or "))
	}
	if a.Missing != (Need{}) {
		ways = append(ways, f.SayNeed(a.Missing))
	}
	if len(ways) == 0 {
		return ""
	}
	said := strings.Join(ways, ", or ")
	if a.Depends {
		said += ", to do it to any object"
	}
	return said + "."
}

// sayDepends says on what it depends, and to which objects it can be done.
func (f *Facts) sayDepends(a Ability) []string {
	out := []string{a.Own + ": " + "that holds for none of those that were collected."}
	if a.Count > 0 {
		var some []string
		for _, on := range a.Some {
			some = append(some, f.CalledObject(on))
		}
		out[0] = a.Own + ": that holds for " + words.Count(a.Count, "object") + ", such as " + strings.Join(some, ", ") + "."
	}
	if a.Untold > 0 {
		out = append(out, "Of "+words.Count(a.Untold, "object")+" it cannot be told.")
	}
	return append(out, "draftt-databricks access can "+a.Capability.ID+" --on OBJECT answers for one.")
}
