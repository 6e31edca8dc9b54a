// Package estate makes a world as large as those of companies are: people and groups in groups, what runs in the workspace, folders and catalogs.
// All of it follows from a number, the same in every run, but what somebody signs in with: the values of tokens and secrets, and the ids of both,
// are new ones each time. What is too much to keep, tables and what lies in folders, is made when it is looked at.
package estate

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// Size is how much there is of everything, with what was there before. The zero Size is no estate. One needs people and groups of its own,
// whatever else it has: they own it and may use it.
type Size struct {
	Seed       uint64
	Principals int // users and service principals of the account
	Groups     int // of the account, in each other ten layers deep
	Warehouses int
	Jobs       int
	Objects    int // below the root of the folders
	Catalogs   int // besides those that were there
	Schemas    int // of each of these
	Tables     int // of each schema
}

// Middle is a company of some hundreds.
var Middle = Size{Seed: 13, Principals: 640, Groups: 120, Warehouses: 24, Jobs: 160, Objects: 5_000, Catalogs: 4, Schemas: 5, Tables: 60}

// Largest is as much as the page on resource limits allows of principals, groups, saved jobs and tables in a schema, with a million objects in
// folders, of which there is no limit.
var Largest = Size{
	Seed: 13, Principals: 10_000, Groups: 5_000, Warehouses: 1_000, Jobs: 10_000, Objects: 1_000_000, Catalogs: 5, Schemas: 2, Tables: 10_000,
}

// IsZero reports whether nothing is to be made.
func (s Size) IsZero() bool { return s == Size{} }

// filling is a world while it is filled.
type filling struct {
	size Size
	*model.World
	admin *model.Principal

	groups   []string // names, of those that are made here
	users    []string
	services []string // application IDs
}

// Fill makes everything that the world lacks to be of that size. It takes an admin of the workspace, by name.
func Fill(w *model.World, size Size, admin string) error {
	who, ok := w.Principal(admin)
	if !ok {
		return fmt.Errorf("fill the estate: there is no principal %q", admin)
	}
	f := &filling{size: size, World: w, admin: who}
	if err := f.enough(); err != nil {
		return fmt.Errorf("fill the estate: %w", err)
	}
	f.addPartners() // first: the rest fills up what they leave
	f.addGroups()
	f.addPeople()
	for _, add := range []func() error{f.addPartnerTraces, f.addTokens, f.addWarehouses, f.addJobs, f.addCatalogs, f.plant} {
		if err := add(); err != nil {
			return fmt.Errorf("fill the estate: %w", err)
		}
	}
	return nil
}

// enough refuses a size that leaves no user, no service principal or no group to make beside those that are there and those of partners.
func (f *filling) enough() error {
	there := map[model.PrincipalKind]int{}
	for _, kind := range []model.PrincipalKind{model.User, model.ServicePrincipal, model.Group} {
		there[kind] = len(f.InAccount().List(kind))
	}
	for _, p := range partners() {
		there[p.Kind]++
	}
	people, services := there[model.User]+there[model.ServicePrincipal], f.size.services()
	switch {
	case services == 0:
		return fmt.Errorf("among %d principals there is no service principal", f.size.Principals)
	case f.size.Principals <= people+services:
		return fmt.Errorf("of %d principals %d are there already and %d are service principals: no user is left", f.size.Principals, people, services)
	case f.size.Groups <= there[model.Group]:
		return fmt.Errorf("of %d groups %d are there already: none is left to make", f.size.Groups, there[model.Group])
	}
	return nil
}
