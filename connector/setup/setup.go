package setup

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/connector/trust"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Product is the name in the header and in the window's title.
const Product = "Draftt · Azure Databricks"

// DemoBadge stands on every screen of the demo.
const DemoBadge = "DEMO"

// sampleRows is how many rows of a table are read to prove access and to look at.
const sampleRows = 5

// Environment is what a set-up runs in.
type Environment struct {
	Network workspace.Network
	Version string
	Vault   *vault.Vault
	KeyFile string // protects or opens the vault instead of a keychain or passphrase; empty without one
	Now     func() time.Time
	Demo    *Demo // nil outside the demo
}

// Demo is what a set-up can do only on the embedded workspace.
type Demo struct {
	Scenario string
	Story    string // the story that is played in it, empty where none is
	// Admin signs in as the demo's admin.
	Admin SignsIn
	// Owner runs statements as whoever owns the data there. Nil: nobody plays the owner.
	Owner func(ctx context.Context, script string) error
	// Fill makes a draft that is filled in. Nil: a new set-up begins empty.
	Fill func() (*Draft, error)
	// NetworkCA is the authority of whoever runs the network that the scenario plays, as PEM; nil where nobody replaces certificates.
	NetworkCA []byte
	// Coach is whoever says what to press to see the point. Nil: nobody does.
	Coach Coach
}

// SignsIn opens an admin session. Whoever opened it closes it.
type SignsIn = func(ctx context.Context) (*admin.Session, error)

// Coach says something while a step of a title, or a panel that is open over it, shows a text, or before it line by line. Empty says nothing.
type Coach interface {
	Coached(title string, panel bool, shows string) string
	CoachedLine(title string) string
}

// NewDraft is what a new set-up begins with: nothing, or in the demo what its scenario fills in.
func (e Environment) NewDraft() (*Draft, error) {
	if e.Demo == nil || e.Demo.Fill == nil {
		return NewDraft(nil), nil
	}
	return e.Demo.Fill()
}

// Setup is one set-up, whatever its face: the draft, the workspace that its values open, what was proven, and where it is kept meanwhile.
// It belongs to one goroutine. What takes time is given to the caller as work to run elsewhere; its outcome is handed back in a method.
type Setup struct {
	env   Environment
	draft *Draft

	workspace  *workspace.Workspace
	opened     openedWith
	seen       trust.Seen            // by the last test of the sign-in, where this machine does not trust it
	proxy      *workspace.Proxy      // that a person gave, nil while nobody did
	proving    connector.WarehouseID // the SQL warehouse that step 2 tries last, chosen or not
	start      warehouseStart
	states     map[connector.WarehouseID]seenState // of warehouses
	listed     []connector.Warehouse               // what step 2 listed, nil before
	used       connector.WarehouseID               // the SQL warehouse that took a statement last
	privileges Privileges                          // that were seen last, on the chosen schema and around it
	saved      connector.Connection
	admin      *admin.Session     // opened by the person, nil otherwise
	applies    bool               // a plan is being carried out
	certified  *audit.Certificate // of the present answers, nil before it is known
	accepted   breadth.Accepted   // what a person agreed to although it can write

	editing    connector.Connection // the saved one that is being changed, or the zero Connection
	untouched  string               // the choices of that one, to tell whether there is a change to keep
	checkpoint *checkpoint          // nil: answers are not kept
	keptAt     progress             // of the draft when it was last kept
	keptCount  int
	resume     Index    // where an interrupted set-up was
	eager      bool     // --resume: go on by itself as far as everything holds
	handed     []string // files that were written for owners
}

// openedWith are the values that the open workspace was made from.
type openedWith struct {
	host   connector.Host
	creds  connector.Credentials
	trusts string // as PEM
	proxy  *workspace.Proxy
}

// New prepares a set-up over a draft that may hold answers already.
func New(env Environment, draft *Draft) *Setup {
	if env.Now == nil {
		env.Now = time.Now
	}
	return &Setup{env: env, draft: draft}
}

// Saved is the saved connection, with an empty ID while nothing was saved.
func (s *Setup) Saved() connector.Connection { return s.saved }

// Demo reports whether the set-up runs on the embedded workspace.
func (s *Setup) Demo() bool { return s.env.Demo != nil }

// Now is the time by the clock of the set-up.
func (s *Setup) Now() time.Time { return s.env.Now() }

// Draft holds the answers.
func (s *Setup) Draft() *Draft { return s.draft }

// At is what has been chosen so far. A host that somebody allowed by name leads nowhere before it was typed twice.
func (s *Setup) At() place.At {
	d := s.draft
	if d.MustConfirm() {
		return place.At{}
	}
	return place.At{Host: d.host, Warehouse: cmp.Or(s.proving, d.warehouse.ID), Catalog: d.schema.Catalog}
}

// Environment is what the set-up runs in.
func (s *Setup) Environment() Environment { return s.env }

// Listed notes which SQL warehouses were listed, for what the prerequisites say.
func (s *Setup) Listed(all []connector.Warehouse) {
	s.SawWarehouses(all)
	s.listed = append([]connector.Warehouse{}, all...)
}

// Certified is the certificate of the present answers, or nil before it is known.
func (s *Setup) Certified() *audit.Certificate { return s.certified }

// Certify notes the certificate of the present answers, or with nil that the old one no longer holds.
func (s *Setup) Certify(c *audit.Certificate) { s.certified = c }

// Eager reports whether the set-up goes on by itself as far as everything holds.
func (s *Setup) Eager() bool { return s.eager }

// Hesitate has the person decide from now on.
func (s *Setup) Hesitate() { s.eager = false }

// Resumed reports whether the set-up goes on at a step after the first, once it is signed in.
func (s *Setup) Resumed() bool { return s.resume > Connect }

// KeepsAnswers reports whether the answers are kept sealed while the set-up goes on.
func (s *Setup) KeepsAnswers() bool { return s.checkpoint != nil }

// Close drops the workspace's connections, and ends an admin session.
func (s *Setup) Close() {
	s.EndAdmin()
	s.closeWorkspace()
}

func (s *Setup) closeWorkspace() {
	if s.workspace != nil {
		s.workspace.Close()
	}
}

// Workspace opens the workspace of the present host and credentials, or returns the open one when they did not change.
func (s *Setup) Workspace() (*workspace.Workspace, error) {
	now := openedWith{s.draft.Host(), s.draft.Credentials(), string(s.draft.authorities.PEM()), s.proxy}
	if s.workspace != nil && s.opened.same(now) {
		return s.workspace, nil
	}
	ws, err := workspace.Open(workspace.Config{Host: now.host, Credentials: now.creds, Network: s.target().Network(s.env.Network), Version: s.env.Version})
	if err != nil {
		return nil, fmt.Errorf("open the workspace: %w", err)
	}
	s.closeWorkspace()
	s.workspace, s.opened = ws, now
	return ws, nil
}

func (o openedWith) same(now openedWith) bool {
	return o.host == now.host && sameCredentials(o.creds, now.creds) && o.trusts == now.trusts && o.proxy == now.proxy // a proxy that is given again is another pointer
}

func sameCredentials(a, b connector.Credentials) bool {
	return a.Method == b.Method && a.ClientID == b.ClientID && a.Secret.Equal(b.Secret)
}

// subject is what the ladder checks: the answers so far. The caller owns it and closes it.
func (s *Setup) subject() (*check.Subject, error) {
	ws, err := s.Workspace()
	if err != nil {
		return nil, err
	}
	d := s.draft
	return &check.Subject{
		Workspace: ws, Principal: d.Principal(), Schema: d.Schema(), Scope: d.Scope(), Tables: d.Tables(), Rows: sampleRows,
		Warehouse: d.Warehouse().Ref(),
		Current:   d.Warehouse(), SecretExpires: d.secretExpires, Now: s.env.Now,
	}, nil
}
