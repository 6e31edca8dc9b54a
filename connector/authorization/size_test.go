package authorization_test

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// large is a snapshot of a company: people in groups that are nested five deep, each group on the list, and a token for everybody.
func large(people, groups int) *authorization.Snapshot {
	var all []authorization.Principal
	members := map[connector.SCIMID][]connector.SCIMID{}
	s := &authorization.Snapshot{Object: authorization.Tokens, At: time.Unix(1_800_000_000, 0), Settings: authorization.Settings{Known: true, Enabled: true}}
	for i := range groups {
		g := group(fmt.Sprintf("Group %05d", i))
		all = append(all, g)
		if i%5 > 0 {
			members[all[i-1].ID] = append(members[all[i-1].ID], g.ID)
		}
		s.ACL = append(s.ACL, authorization.Entry{Kind: g.Kind, Name: g.Name, Level: authorization.CanUse})
	}
	for i := range people {
		p := person("person" + strconv.Itoa(i) + "@contoso.example")
		if i%4 == 0 {
			p = machine(fmt.Sprintf("00000000-0000-4000-8000-%012d", i), "job "+strconv.Itoa(i))
		}
		all = append(all, p)
		members[all[i%groups].ID] = append(members[all[i%groups].ID], p.ID)
		s.Tokens = append(s.Tokens, authorization.Token{ID: strconv.Itoa(i), Owner: p.ID, Created: s.At.AddDate(0, 0, -i%400)})
	}
	all = append(all, group("admins"))
	s.Directory = authorization.NewDirectory(all, members)
	return s
}

func BenchmarkTheMatrixOfACompany(b *testing.B) {
	s := large(10_000, 5_000)
	for b.Loop() {
		for _, task := range authorization.Tasks(authorization.Tokens) {
			if may := s.Who(task); len(may) != 10_000 && task.Least == authorization.CanUse {
				b.Fatalf("%d may %s", len(may), task.Name)
			}
		}
	}
}

func BenchmarkTheVictimsOfACompany(b *testing.B) {
	s := large(10_000, 5_000)
	want := authorization.Want{Whole: &authorization.ACL{}}
	for b.Loop() {
		p, err := s.Plan(want)
		if err != nil || p.Count() != 10_000 || len(p.Effect.Losing) != 10_000 {
			b.Fatalf("%d tokens, %d people, %v", p.Count(), len(p.Effect.Losing), err)
		}
	}
}
