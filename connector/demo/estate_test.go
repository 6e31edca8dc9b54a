package demo_test

import (
	"encoding/json"
	"fmt"
	"hash/maphash"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// patience is a client that waits out what a paced workspace refuses, by moving the workspace's clock as far as it is asked to wait.
type patience struct {
	*testing.T
	base, token    string
	client         http.Client
	clock          *model.ManualClock
	began          time.Time
	asked, refused int
	heap           uint64 // the most that was in use
}

// patient is an admin with a personal access token, which lasts however far the clock is moved.
func patient(t *testing.T, w *demo.Workspace, clock *model.ManualClock) *patience {
	return &patience{
		T: t, base: "https://" + w.Host(), token: string(w.Admin().Token.Reveal()), client: http.Client{Transport: transport(t, w)}, clock: clock, began: clock.Now(),
	}
}

// get asks until it is answered, and reads the answer.
func (p *patience) get(path string, query url.Values, into any) {
	p.Helper()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+path+"?"+query.Encode(), nil)
		if err != nil {
			p.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+p.token)
		answer, err := p.client.Do(r)
		if err != nil {
			p.Fatal(err)
		}
		if p.asked++; answer.StatusCode == http.StatusTooManyRequests {
			p.wait(answer)
			continue
		}
		if answer.StatusCode == http.StatusOK {
			err = json.NewDecoder(answer.Body).Decode(into)
		}
		if _ = answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
			p.Fatalf("%s?%s: %s, %v", path, query.Encode(), answer.Status, err)
		}
		if p.asked%500 == 0 {
			p.measure()
		}
		return
	}
}

func (p *patience) wait(answer *http.Response) {
	p.Helper()
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
	if err != nil || seconds < 1 {
		p.Fatalf("it is refused until %q", answer.Header.Get("Retry-After"))
	}
	p.refused++
	p.clock.Advance(time.Duration(seconds) * time.Second)
}

func (p *patience) measure() {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	p.heap = max(p.heap, now.HeapInuse+now.StackInuse)
}

// roll is what was met in a list, in its order.
type roll struct {
	seen  map[uint64]bool
	order maphash.Hash
	count int
}

func newRoll() *roll {
	r := &roll{seen: map[uint64]bool{}}
	r.order.SetSeed(seed)
	return r
}

// note reports whether a key is met for the first time.
func (r *roll) note(key string) bool {
	r.count++
	_, _ = r.order.WriteString(key + "\n")
	sum := maphash.String(seed, key)
	again := r.seen[sum]
	r.seen[sum] = true
	return !again
}

// listing is a list that comes in pages.
type listing struct {
	name, path string
	query      url.Values
	items, key string // the fields of the list and of what is its own in each
	size       string // the parameter for how many are on a page; empty where all are on one
	want       int
	counted    bool // pages begin at a number, as in SCIM, rather than at a token
}

// read reads a list to its end, with so many on a page.
func (p *patience) read(l listing, size int) *roll {
	p.Helper()
	met, query := newRoll(), url.Values{}
	for name, values := range l.query {
		query[name] = values
	}
	if l.size != "" {
		query.Set(l.size, strconv.Itoa(size))
	}
	for {
		if l.counted {
			query.Set("startIndex", strconv.Itoa(met.count+1))
		}
		page := map[string]json.RawMessage{}
		p.get(l.path, query, &page)
		var items []map[string]any
		if raw, ok := page[l.items]; ok {
			if err := json.Unmarshal(raw, &items); err != nil {
				p.Fatal(err)
			}
		}
		for _, item := range items {
			if key := fmt.Sprint(item[l.key]); !met.note(key) {
				p.Errorf("%s: %s is listed twice", l.name, key)
			}
		}
		var next string
		_ = json.Unmarshal(page["next_page_token"], &next)
		if query.Set("page_token", next); next == "" && (!l.counted || len(items) == 0) {
			return met
		}
	}
}

// object is what a folder tells of something in it.
type object struct {
	Type string `json:"object_type"`
	Path string `json:"path"`
	ID   int64  `json:"object_id"`
}

// walk counts what lies below the root, folder by folder, and keeps each object whose number is a multiple of every.
func (p *patience) walk(every int) (count int, kept []object) {
	p.Helper()
	met := newRoll()
	for folders := []string{"/"}; len(folders) > 0; {
		last := len(folders) - 1
		folder := folders[last]
		folders = folders[:last]
		var page struct{ Objects []object }
		p.get("/api/2.0/workspace/list", url.Values{"path": {folder}}, &page)
		if !slices.IsSortedFunc(page.Objects, func(a, b object) int { return strings.Compare(a.Path, b.Path) }) {
			p.Errorf("%s is in no order", folder)
		}
		for _, o := range page.Objects {
			if !met.note(o.Path) {
				p.Errorf("%s is listed twice", o.Path)
			}
			if o.Type == "DIRECTORY" || o.Type == "REPO" {
				folders = append(folders, o.Path)
			}
			if met.count%every == 0 {
				kept = append(kept, o)
			}
		}
	}
	return met.count, kept
}

// small is an estate for every run: each list has several pages, and is longer than what may be asked at once.
var small = estate.Size{Seed: 7, Principals: 420, Groups: 130, Warehouses: 60, Jobs: 90, Objects: 4_000, Catalogs: 3, Schemas: 2, Tables: 300}

// lists are those of an estate with the numbers that there should be of each. Tables are listed by schema, and what lies in folders by folder.
func lists(size estate.Size) []listing {
	const scim, unity = "/api/2.0/preview/scim/v2/", "/api/2.1/unity-catalog/"
	// One in sixteen principals is made as a service principal; so are those of five partners and three that remind of them, and of the usual
	// world there are four, of whom one is in no workspace.
	services := size.Principals/16 + 12
	users := size.Principals - services
	return []listing{
		{name: "users", path: scim + "Users", items: "Resources", key: "id", size: "count", want: users, counted: true},
		{name: "service principals", path: scim + "ServicePrincipals", items: "Resources", key: "id", size: "count", want: services - 1, counted: true},
		{name: "groups", path: scim + "Groups", items: "Resources", key: "id", size: "count", want: size.Groups + 1, counted: true}, // one of the account is not in it, two are its own
		{name: "warehouses", path: "/api/2.0/sql/warehouses", items: "warehouses", key: "id", size: "page_size", want: size.Warehouses},
		{name: "jobs", path: "/api/2.1/jobs/list", items: "jobs", key: "job_id", size: "limit", want: size.Jobs},
		{name: "catalogs", path: unity + "catalogs", items: "catalogs", key: "name", size: "max_results", want: size.Catalogs + 14},
		{name: "tokens", path: "/api/2.0/token-management/tokens", items: "token_infos", key: "token_id", want: 9 + (users-5+19)/20},
	}
}

// TestEveryListOfAnEstateIsReadToItsEndAtTheDocumentedPace reads each list twice, by pages of different sizes, and all folders once.
func TestEveryListOfAnEstateIsReadToItsEndAtTheDocumentedPace(t *testing.T) {
	size := small
	if *wholly {
		size = estate.Largest
	}
	w, clock := startScenario(t, demo.Scenario{ID: "estate", Estate: size, Paced: true})
	p := patient(t, w, clock)
	all := lists(size)
	for _, catalog := range p.named(listing{path: "/api/2.1/unity-catalog/catalogs", items: "catalogs", key: "name"}, estate.CatalogPrefix) {
		in := url.Values{"catalog_name": {catalog}}
		all = append(all, listing{name: "schemas", path: "/api/2.1/unity-catalog/schemas", query: in, items: "schemas", key: "name", size: "max_results", want: size.Schemas + 1})
		for _, schema := range p.named(listing{path: "/api/2.1/unity-catalog/schemas", query: in, items: "schemas", key: "name"}, "") {
			if schema == "information_schema" {
				continue
			}
			all = append(all, listing{
				name: "tables of " + schema, path: "/api/2.1/unity-catalog/tables", items: "tables", key: "full_name", size: "max_results", want: size.Tables,
				query: url.Values{"catalog_name": {catalog}, "schema_name": {schema}, "omit_columns": {"true"}},
			})
		}
	}
	for _, l := range all {
		first, second := p.read(l, 50), p.read(l, 45)
		if first.count != l.want || second.count != l.want || first.order.Sum64() != second.order.Sum64() {
			t.Errorf("%s: %d and %d of %d, in the same order %t", l.name, first.count, second.count, l.want, first.order.Sum64() == second.order.Sum64())
		}
	}
	count, sample := p.walk(size.Objects / 200)
	if count != size.Objects {
		t.Errorf("%d objects of %d", count, size.Objects)
	}
	p.permissions(sample)
	t.Logf("%d requests, %d of them refused, in %s on the clock; %d MiB in use at most", p.asked, p.refused, clock.Now().Sub(p.began), p.heap>>20)
	if p.refused == 0 || p.heap > 300<<20 {
		t.Errorf("%d requests refused, %d MiB in use", p.refused, p.heap>>20)
	}
}

// named are the names in a list that begin with a prefix.
func (p *patience) named(l listing, prefix string) (names []string) {
	p.Helper()
	page := map[string]json.RawMessage{}
	p.get(l.path, l.query, &page)
	var items []map[string]any
	if err := json.Unmarshal(page[l.items], &items); err != nil {
		p.Fatal(err)
	}
	for _, item := range items {
		if name := fmt.Sprint(item[l.key]); strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	return names
}

// permissions asks who may do what with each object, and where it lies: the admins may, and its home is above it.
func (p *patience) permissions(sample []object) {
	p.Helper()
	kinds := map[string]string{"DIRECTORY": "directories", "NOTEBOOK": "notebooks", "FILE": "files", "REPO": "repos"}
	for _, o := range sample {
		var found object
		p.get("/api/2.0/workspace/get-status", url.Values{"path": {o.Path}}, &found)
		if found != o {
			p.Errorf("at the path of %+v there is %+v", o, found)
		}
		var got struct {
			List []struct {
				User  string `json:"user_name"`
				Group string `json:"group_name"`
			} `json:"access_control_list"`
		}
		p.get(fmt.Sprintf("/api/2.0/permissions/%s/%d", kinds[o.Type], o.ID), nil, &got)
		owner, _, _ := strings.Cut(strings.TrimPrefix(o.Path, "/Users/"), "/")
		admins, mine := false, !strings.HasPrefix(o.Path, "/Users/")
		for _, entry := range got.List {
			admins, mine = admins || entry.Group == model.Admins, mine || entry.User == owner
		}
		if !admins || !mine {
			p.Errorf("%s is for %+v", o.Path, got.List)
		}
	}
}
