package admin

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// crowd is a workspace whose people, groups and tokens a test makes up.
type crowd struct {
	t       *testing.T
	dice    *rand.Rand
	demo    *demo.Workspace
	world   *model.World
	session *Session
	journal *Journal
	people  []string            // the names of those who can have tokens
	groups  []string            // besides those of every workspace
	in      map[string][]string // the groups that each is directly in
}

// newCrowd starts a workspace with people and with groups that are nested at random, in circles as well.
func newCrowd(t *testing.T, seed uint64) *crowd {
	t.Helper()
	c := &crowd{t: t, dice: rand.New(rand.NewPCG(seed, 15)), in: map[string][]string{}}
	scenario, err := demo.Find("ready")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 7 {
		c.groups = append(c.groups, fmt.Sprintf("Group %d of %d", i, seed))
	}
	c.demo, err = demo.Start(t.Context(), scenario, demo.Options{Furnish: func(w *model.World) error {
		c.world = w
		for i, g := range c.groups {
			c.add(model.Principal{Kind: model.Group, ID: fmt.Sprint(920_000 + i), Name: g, WorkspaceLocal: true})
		}
		for i := range 9 {
			c.add(model.Principal{Kind: model.User, ID: fmt.Sprint(930_000 + i), Name: fmt.Sprintf("person%d@contoso.example", i), Active: true})
		}
		for i := range 5 {
			name := []string{"nightly", "ACME_USER", "build-bot", "report", "OTHER_USER"}[i]
			c.add(model.Principal{Kind: model.ServicePrincipal, ID: fmt.Sprint(940_000 + i), Name: fmt.Sprintf("00000000-0000-4000-8000-%012d", i), DisplayName: name, Active: true})
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.demo.Close() })
	c.session, c.journal = open(t, c.demo), journal(t)
	admin := c.admin()
	for _, kind := range []model.PrincipalKind{model.User, model.ServicePrincipal, model.Group} {
		for _, p := range c.world.InWorkspace().List(kind) {
			c.in[p.Name] = p.MemberOf
			if kind != model.Group && p.Name != admin.Name {
				c.people = append(c.people, p.Name)
			}
		}
	}
	slices.Sort(c.people)
	return c
}

func (c *crowd) add(p model.Principal) {
	for _, g := range append([]string{"users", "users"}, c.groups...) {
		if c.dice.IntN(5) == 0 && !slices.Contains(p.MemberOf, g) && g != p.Name && (g != "users" || p.Kind != model.Group) {
			p.MemberOf = append(p.MemberOf, g)
		}
	}
	if p.Kind != model.Group && c.dice.IntN(12) == 0 {
		p.MemberOf = append(p.MemberOf, "admins")
	}
	if len(p.MemberOf) == 0 && p.Kind != model.Group {
		p.MemberOf = []string{"users"}
	}
	c.world.AddPrincipal(p)
}

func (c *crowd) admin() *model.Principal {
	p, _ := c.world.Principal(demo.AdminID)
	return p
}

// mayUse says by counting, with nothing of the engine, whether somebody may use tokens under a list.
func (c *crowd) mayUse(name string, list []string) bool {
	reached := map[string]int{name: 0}
	for queue := []string{name}; len(queue) > 0; queue = queue[1:] {
		for _, g := range c.in[queue[0]] {
			if _, seen := reached[g]; !seen && reached[queue[0]] < 10 {
				reached[g] = reached[queue[0]] + 1
				queue = append(queue, g)
			}
		}
	}
	if _, admin := reached["admins"]; admin {
		return true
	}
	return slices.ContainsFunc(list, func(on string) bool { _, is := reached[on]; return is })
}

// tokens are the ids of all tokens that there are.
func (c *crowd) tokens() map[string]string {
	all, err := c.world.AllTokens(c.admin())
	if err != nil {
		c.t.Fatal(err)
	}
	owners := map[string]string{}
	for _, token := range all {
		owners[token.ID] = token.Owner
	}
	return owners
}

var onTokens = model.Controlled{Kind: model.TokenAccess}

// list is who is on the list, the group admins aside.
func (c *crowd) list() (names []string) {
	entries, err := c.world.AccessList(c.admin(), onTokens)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, e := range entries {
		if e.Principal.Name != "admins" {
			names = append(names, e.Principal.Name)
		}
	}
	return names
}

// shuffle gives the workspace a list at random and everybody some tokens.
func (c *crowd) shuffle() {
	var requests []model.AccessRequest
	for _, name := range slices.Concat(c.people, c.groups, []string{"users"}) {
		if p, ok := c.world.Principal(name); ok && c.dice.IntN(6) == 0 {
			requests = append(requests, model.AccessRequest{Kind: p.Kind, Principal: p.Name, Level: model.CanUse})
		}
	}
	if _, err := c.world.ReplaceAccess(c.admin(), onTokens, requests); err != nil {
		c.t.Fatal(err)
	}
	for range c.dice.IntN(9) {
		c.world.PresetToken(model.Token{Owner: c.people[c.dice.IntN(len(c.people))], CreatedBy: "somebody", Comment: "made up"}, model.NewTokenValue())
	}
}

// want is a change at random.
func (c *crowd) want() authorization.Want {
	some := func(of []string, one int) (names []string) {
		for _, name := range of {
			if c.dice.IntN(one) == 0 {
				names = append(names, name)
			}
		}
		return names
	}
	w := authorization.Want{Grant: some(c.people, 12), Remove: some(c.list(), 2), Keep: some(c.people, 12)}
	if c.dice.IntN(3) == 0 {
		whole := authorization.ACL{}
		for _, name := range some(slices.Concat(c.people, c.groups), 6) {
			p, _ := c.world.Principal(name)
			kind := map[model.PrincipalKind]authorization.Kind{model.User: authorization.User, model.ServicePrincipal: authorization.ServicePrincipal, model.Group: authorization.Group}[p.Kind]
			whole = append(whole, authorization.Entry{Kind: kind, Name: connector.FromRemote(name), Level: authorization.CanUse})
		}
		w.Whole, w.Remove = &whole, nil
	}
	return w
}

// after is the list that a change leads to, by counting.
func after(list []string, w authorization.Want) []string {
	next := slices.Clone(list)
	if w.Whole != nil {
		next = nil
		for _, e := range *w.Whole {
			next = append(next, e.Name.Raw())
		}
	}
	next = slices.DeleteFunc(next, func(name string) bool { return slices.Contains(w.Remove, name) })
	next = slices.Concat(next, w.Grant, w.Keep)
	slices.Sort(next)
	return slices.Compact(next)
}

// round makes one change and holds what was said of it against what counting says and against what the workspace did.
func (c *crowd) round() (died int) {
	t := c.t
	c.shuffle()
	w, before, tokens := c.want(), c.list(), c.tokens()
	snapshot, err := c.session.Authorization(t.Context(), authorization.Tokens)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := c.session.PlanPermissions(snapshot, w)
	if err != nil {
		t.Fatalf("%+v: %v", w, err)
	}
	then := after(before, w)
	var losing, lost []string
	for _, name := range c.people {
		if c.mayUse(name, before) && !c.mayUse(name, then) {
			losing = append(losing, name)
		}
	}
	for _, loss := range plan.Authorization.Effect.Losing {
		lost = append(lost, loss.Principal.Name.Raw())
	}
	if slices.Sort(lost); !slices.Equal(lost, losing) {
		t.Fatalf("%+v on %q: said to lose access %q, and %q do", w, before, lost, losing)
	}
	c.carryOut(plan)
	if now := c.list(); !slices.Equal(slices.Sorted(slices.Values(now)), then) {
		t.Fatalf("%+v on %q led to %q", w, before, now)
	}
	var gone, listed []string
	there := c.tokens()
	for id := range tokens {
		if _, still := there[id]; !still {
			gone = append(gone, id)
		}
	}
	for _, o := range plan.Authorization.Effect.Dying {
		listed = append(listed, o.ID)
		if !strings.EqualFold(tokens[o.ID], o.Principal.Name.Raw()) {
			t.Errorf("the token %s is said to be of %s", o.ID, o.Principal.Name)
		}
	}
	slices.Sort(gone)
	if slices.Sort(listed); !slices.Equal(gone, listed) || plan.Name != fmt.Sprint(len(gone)) {
		t.Fatalf("said to die %q, typed %s, died %q", listed, plan.Name, gone)
	}
	return len(gone)
}

// carryOut sends one plan in five as an admin does; for the others the workspace is given the body of the request without a client.
func (c *crowd) carryOut(plan Plan) {
	if c.dice.IntN(5) == 0 {
		if out := apply(c.t, c.session, plan, journal(c.t)); len(out.Differs) > 0 {
			c.t.Errorf("%q", out.Differs)
		}
		return
	}
	for _, change := range plan.Changes {
		var body struct {
			List []struct {
				User             string `json:"user_name"`
				Group            string `json:"group_name"`
				ServicePrincipal string `json:"service_principal_name"`
				Level            string `json:"permission_level"`
			} `json:"access_control_list"`
		}
		if err := json.Unmarshal(change.Request.Body, &body); err != nil {
			c.t.Fatal(err)
		}
		var requests []model.AccessRequest
		for _, e := range body.List {
			level, err := model.ParseLevel(e.Level)
			p, known := c.world.Principal(e.User + e.Group + e.ServicePrincipal)
			if err != nil || !known {
				c.t.Fatalf("%+v: %v", e, err)
			}
			requests = append(requests, model.AccessRequest{Kind: p.Kind, Principal: p.Name, Level: level})
		}
		send := map[string]func(*model.Principal, model.Controlled, []model.AccessRequest) ([]model.AccessEntry, error){
			"PATCH": c.world.GrantAccess, "PUT": c.world.ReplaceAccess,
		}[change.Request.Method]
		if _, err := send(c.admin(), onTokens, requests); err != nil {
			c.t.Fatal(err)
		}
	}
}

func TestTheVictimsOfAChangeAreThoseOfTheWorkspace(t *testing.T) {
	const crowds, rounds = 20, 100 // two thousand lists
	for seed := range uint64(crowds) {
		t.Run(fmt.Sprintf("crowd %d", seed), func(t *testing.T) {
			t.Parallel()
			c := newCrowd(t, seed)
			died := 0
			for range rounds {
				died += c.round()
			}
			if died == 0 {
				t.Error("no token died, which proves nothing")
			}
		})
	}
}
