package tokens

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// company is a snapshot of a company: people in groups on the list, and a token for everybody.
func company(people, groups int) *authorization.Snapshot {
	var all []authorization.Principal
	members := map[connector.SCIMID][]connector.SCIMID{}
	s := &authorization.Snapshot{Object: authorization.Tokens, At: time.Unix(1_800_000_000, 0), Settings: authorization.Settings{Known: true, Enabled: true}}
	for i := range groups {
		name := connector.FromRemote(fmt.Sprintf("Group %05d", i))
		all = append(all, authorization.Principal{Kind: authorization.Group, ID: connector.SCIMID("g" + strconv.Itoa(i)), Name: name, Active: true})
		s.ACL = append(s.ACL, authorization.Entry{Kind: authorization.Group, Name: name, Level: authorization.CanUse})
	}
	for i := range people {
		p := authorization.Principal{Kind: authorization.User, ID: connector.SCIMID(strconv.Itoa(i)), Name: connector.FromRemote("person" + strconv.Itoa(i) + "@contoso.example"), Active: true}
		all = append(all, p)
		members[all[i%groups].ID] = append(members[all[i%groups].ID], p.ID)
		s.Tokens = append(s.Tokens, authorization.Token{ID: strconv.Itoa(i), Owner: p.ID, Created: s.At.AddDate(0, 0, -i%400)})
	}
	all = append(all, authorization.Principal{Kind: authorization.Group, ID: "admins", Name: connector.FromRemote(authorization.Admins), Active: true})
	s.Directory = authorization.NewDirectory(all, members)
	return s
}

// BenchmarkAFrame is a key with its frame in lists of 10,000 principals and 10,000 tokens. It has 16 ms.
func BenchmarkAFrame(b *testing.B) {
	p := before(b, authorization.Tokens)
	p.screen.take(newSeen(company(10_000, 500)))
	p.Resize(200, 50)
	for _, of := range []part{listed, everybody, tokens} {
		b.Run(of.heading(), func(b *testing.B) {
			p.screen.part = of
			for b.Loop() {
				p.Press("down")
			}
		})
	}
	b.Run("a letter of the filter", func(b *testing.B) {
		p.screen.part = tokens
		p.Press("/")
		for b.Loop() {
			p.Write("9")
			p.Press("backspace")
		}
	})
}

func TestALargeCompanyIsShownWhole(t *testing.T) {
	t.Parallel()
	p := before(t, authorization.Tokens)
	p.screen.take(newSeen(company(10_000, 500)))
	p.Press("tab", "end")
	p.MustShow("Everybody 10,000", "Tokens 10,000", "10,000 of 10,000")
	p.Press("tab", "/")
	p.Write("person9999")
	p.Press("enter")
	p.MustShow("1 of 1 (10,000)", "person9999@contoso.example")
}
