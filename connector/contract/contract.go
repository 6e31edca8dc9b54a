// Package contract holds a saved connection against what somebody expects of it, in a file that stands beside their code.
package contract

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/words"
)

// Contract is what somebody expects of a saved connection, as a file that stands beside their code: CI tests the connection against it.
type Contract struct {
	Connection string   // its name
	Host       string   // the host, or its alias as hostAlias gives it
	Warehouse  string   // its ID
	Objects    []string // the tables that are read, as catalog.schema.table
	Privileges []string // those that the principal may hold, for example USE CATALOG
	MinDays    int      // before the secret ends
	SyncHours  int      // how long ago the last whole sync may have begun
}

var contractKeys = []flatfile.Key[Contract]{
	{Name: "connection", Slot: func(c *Contract) flatfile.Slot { return flatfile.Text(&c.Connection) }},
	{Name: "host", Slot: func(c *Contract) flatfile.Slot { return flatfile.Text(&c.Host) }},
	{Name: "warehouse", Slot: func(c *Contract) flatfile.Slot { return flatfile.Text(&c.Warehouse) }},
	{Name: "objects", Slot: func(c *Contract) flatfile.Slot { return flatfile.List(&c.Objects) }},
	{Name: "privileges", Slot: func(c *Contract) flatfile.Slot { return flatfile.List(&c.Privileges) }},
	{Name: "min_days", Slot: func(c *Contract) flatfile.Slot { return flatfile.Count(&c.MinDays) }},
	{Name: "sync_within_hours", Slot: func(c *Contract) flatfile.Slot { return flatfile.Count(&c.SyncHours) }},
}

// Read reads a contract in YAML or JSON, as strictly as flatfile.Read. A key that is left out expects nothing.
func Read(content []byte) (Contract, error) {
	return flatfile.Read(content, contractKeys, "contract")
}

// YAML is the contract as ReadContract reads it.
func (c Contract) YAML() ([]byte, error) {
	return flatfile.YAML(c, contractKeys, "What is expected of a connection of draftt-databricks.\ndraftt-databricks test --contract FILE tests it. host may also be written out.\n")
}

// usualDays is how long a secret should still be good where its end is known.
const usualDays = 14

// Of expects everything to stay as it is now.
func Of(saved connector.Connection, now Standing) Contract {
	c := Contract{Connection: saved.Name, Host: hostAlias(saved.Host), Warehouse: string(saved.Warehouse.ID), Objects: objectsOf(saved)}
	for _, p := range []connector.Privilege{connector.UseCatalog, connector.UseSchema, connector.Select} {
		c.Privileges = append(c.Privileges, p.SQL())
	}
	for _, g := range now.Held {
		if !slices.Contains(c.Privileges, g.Privilege.SQL()) {
			c.Privileges = append(c.Privileges, g.Privilege.SQL())
		}
	}
	if len(now.Ends) > 0 {
		c.MinDays = usualDays
	}
	return c
}

// hostAlias stands for a host in a file that others read: it tells two hosts apart and does not spell either.
func hostAlias(h connector.Host) string {
	sum := sha256.Sum256([]byte(h.Addr()))
	return "host-" + hex.EncodeToString(sum[:4])
}

func objectsOf(saved connector.Connection) []string {
	var objects []string
	for _, t := range saved.Tables {
		objects = append(objects, t.Full())
	}
	return objects
}

// Standing is what a test has seen that a contract speaks of.
type Standing struct {
	Held []connector.Grant
	Seen bool        // Held is everything that the workspace shows
	Ends []time.Time // of the secret, or of each token that may be the one in use; zero for one that does not end; none: not known
	Now  time.Time

	Synced time.Time // when the last whole sync into the usual folder began; zero where there is none
}

// Clause is one expectation and how it turned out: passed, failed or unknown.
type Clause struct {
	Name  string
	State check.State
	Text  string
	Exit  int // when failed
}

// Clauses holds a connection and what a test has seen of it against the contract, line by line.
func (c Contract) Clauses(saved connector.Connection, now Standing) []Clause {
	var clauses []Clause
	add := func(more ...Clause) { clauses = append(clauses, more...) }
	if c.Host != "" {
		add(equal("host", c.Host, check.ExitNotWorkspace, hostAlias(saved.Host), saved.Host.Typed(), saved.Host.Addr()))
	}
	if c.Warehouse != "" {
		add(equal("warehouse", c.Warehouse, check.ExitWarehouse, string(saved.Warehouse.ID)))
	}
	if len(c.Objects) > 0 {
		add(c.objects(objectsOf(saved))...)
	}
	if len(c.Privileges) > 0 {
		add(c.privileges(now)...)
	}
	if c.MinDays > 0 {
		add(c.lifetime(now))
	}
	if c.SyncHours > 0 {
		add(c.synced(saved, now))
	}
	return clauses
}

// equal holds a value against what it is expected to be, in any of its forms; the first is the one to show.
func equal(name, want string, exit int, forms ...string) Clause {
	for _, form := range forms {
		if strings.EqualFold(want, form) {
			return Clause{Name: name, State: check.Passed, Text: "as expected"}
		}
	}
	return Clause{name, check.Failed, fmt.Sprintf("%s is expected, %s is saved", connector.CleanLine(want, 200), connector.CleanLine(forms[0], 200)), exit}
}

func (c Contract) objects(read []string) []Clause {
	var drift []Clause
	for _, want := range c.Objects {
		if !hasFold(read, want) {
			drift = append(drift, Clause{"objects", check.Failed, connector.CleanLine(want, 300) + " is expected and is not read", check.ExitPermissions})
		}
	}
	for _, name := range read {
		if !hasFold(c.Objects, name) {
			drift = append(drift, Clause{"objects", check.Failed, connector.CleanLine(name, 300) + " is read and is not expected", check.ExitBeyond})
		}
	}
	return orAsExpected("objects", drift)
}

func (c Contract) privileges(now Standing) []Clause {
	if !now.Seen {
		return []Clause{{Name: "privileges", State: check.Unknown, Text: "the workspace did not show them"}}
	}
	var drift []Clause
	seen := map[string]bool{}
	for _, g := range now.Held {
		name := g.Privilege.SQL()
		allowed := slices.ContainsFunc(c.Privileges, func(p string) bool {
			return strings.EqualFold(strings.ReplaceAll(p, "_", " "), name)
		})
		if !allowed && !seen[name] {
			seen[name] = true
			drift = append(drift, Clause{"privileges", check.Failed, connector.CleanLine(name, 100) + " is held and is not allowed", check.ExitBeyond})
		}
	}
	return orAsExpected("privileges", drift)
}

// lifetime judges the ends that are known. Where one of several tokens ends too early, which one is in use decides, and that does not show.
func (c Contract) lifetime(now Standing) Clause {
	early := 0
	days := 0
	for _, end := range now.Ends {
		if left := int(end.Sub(now.Now).Hours() / 24); !end.IsZero() && left < c.MinDays {
			early++
			days = left
		}
	}
	switch {
	case len(now.Ends) == 0:
		return Clause{Name: "min_days", State: check.Unknown, Text: "a secret's expiry shows only to an admin"}
	case early == 0:
		return Clause{Name: "min_days", State: check.Passed, Text: "as expected"}
	case early < len(now.Ends):
		return Clause{Name: "min_days", State: check.Unknown, Text: fmt.Sprintf("%s of %d ends before that; which is in use does not show", words.Count(early, "token"), len(now.Ends))}
	}
	return Clause{"min_days", check.Failed, fmt.Sprintf("%d days are expected, %d are left", c.MinDays, days), check.ExitExpiring}
}

// synced judges the age of what the last whole sync has read. Where there is none the demand is not met: nothing was read.
func (c Contract) synced(saved connector.Connection, now Standing) Clause {
	remedy := ": draftt-databricks sync " + words.CommandArgument(saved.Name)
	age, allowed := now.Now.Sub(now.Synced), time.Duration(c.SyncHours)*time.Hour
	switch {
	case now.Synced.IsZero():
		return Clause{"sync_within_hours", check.Failed, "there is no whole sync in the usual folder" + remedy, check.ExitUnknown}
	case age > allowed:
		return Clause{"sync_within_hours", check.Failed, fmt.Sprintf("the last sync began %s ago, and at most %s may have passed%s", words.Span(age), words.Count(c.SyncHours, "hour"), remedy), check.ExitUnknown}
	}
	return Clause{Name: "sync_within_hours", State: check.Passed, Text: "as expected"}
}

func orAsExpected(name string, drift []Clause) []Clause {
	if len(drift) > 0 {
		return drift
	}
	return []Clause{{Name: name, State: check.Passed, Text: "as expected"}}
}

func hasFold(list []string, wanted string) bool {
	return slices.ContainsFunc(list, func(text string) bool { return strings.EqualFold(text, wanted) })
}

// Line is a clause as one line of text.
func Line(c Clause) string {
	return fmt.Sprintf("%s %s: %s", c.State.Mark(), c.Name, c.Text)
}
