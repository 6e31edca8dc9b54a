package rest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// pages says how one list is asked for.
type pages struct {
	path, query string
	size, token string // the parameters
	largest     int    // of a page; 0 where there is no bound
	post        bool   // the parameters are in the body
	from        bool   // pages begin at the number of an item, from 1
	numbered    bool   // pages have numbers, from 1
}

// everyList has all lists of the wide world that come in pages.
var everyList = func() []pages {
	all := []pages{
		{path: scimPath + "Users", size: "count", token: "startIndex", largest: maxSCIMPage, from: true},
		{path: scimPath + "Groups", query: "sortBy=displayName&sortOrder=descending", size: "count", token: "startIndex", largest: maxSCIMPage, from: true},
		{path: "/api/2.0/accounts/servicePrincipals/5/credentials/secrets", size: "page_size", largest: smallPage},
		{path: "/api/2.0/sql/warehouses", size: "page_size", largest: smallPage},
		{path: "/api/2.0/sql/history/queries", size: "max_results", largest: mostQueries},
		{path: unityAPI + "permissions/catalog/c0", size: "max_results"},
		{path: unityAPI + "effective-permissions/table/c0.s0.t0", size: "max_results"},
		{path: unityAPI + "privilege-assignments/schema/c0.s0", size: "page_size", largest: smallPage},
		{path: unityAPI + "effective-privilege-assignments/schema/c0.s0", size: "page_size", largest: smallPage},
		{path: unityAPI + "shares/share0/permissions", size: "max_results"},
		{path: unityAPI + "recipients/recipient0/share-permissions", size: "max_results"},
		{path: unityAPI + "bindings/catalog/c0", size: "max_results"},
		{path: unityAPI + "metastores", size: "max_results"},
		{path: unityAPI + "catalogs", size: "max_results"},
		{path: unityAPI + "schemas", query: "catalog_name=c0", size: "max_results"},
		{path: unityAPI + "tables", query: "catalog_name=c0&schema_name=s0", size: "max_results"},
		{path: unityAPI + "tables", query: "catalog_name=c0&schema_name=information_schema", size: "max_results"},
		{path: unityAPI + "table-summaries", query: "catalog_name=c0", size: "max_results", largest: summaryPage},
	}
	for _, row := range unity.Kinds() {
		switch {
		case row.Plain() && row.Parts() == 1:
			all = append(all, pages{path: unityAPI + row.Path, size: "max_results"})
		case row.Plain():
			all = append(all, pages{path: unityAPI + row.Path, query: "catalog_name=c0&schema_name=s0", size: "max_results"})
		}
	}
	for _, row := range registry.ThingRows() {
		if row.List != "" && row.Size != "" {
			path := "/api/" + row.Versions[len(row.Versions)-1] + "/" + row.List
			all = append(all, pages{path: path, size: row.Size, token: row.Token, largest: row.Largest, post: row.Post, numbered: row.Pages})
		}
	}
	for i := range all {
		if all[i].numbered {
			all[i].token = "page"
		} else if all[i].token == "" {
			all[i].token = "page_token"
		}
	}
	return all
}()

// page is one page of a list, each item as it was written.
type page struct {
	heard
	items []string
	next  string // what to give as the token of the next page, empty at the end
}

// turn asks for one page. An empty size or token is not sent.
func (p pages) turn(t *testing.T, h http.Handler, who, size, token string) page {
	t.Helper()
	ask := url.Values{}
	for name, value := range map[string]string{p.size: size, p.token: token} {
		if value != "" {
			ask.Set(name, value)
		}
	}
	if p.post {
		fields := map[string]any{}
		for name := range ask {
			fields[name] = ask.Get(name)
			if n, err := strconv.Atoi(ask.Get(name)); err == nil && name == p.size {
				fields[name] = n
			}
		}
		body, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		return p.read(t, say(t, h, who, "POST", p.path, "", string(body)), size, token)
	}
	return p.read(t, say(t, h, who, "GET", p.path, strings.TrimPrefix(p.query+"&"+ask.Encode(), "&"), ""), size, token)
}

// read takes a page apart, and holds it against the bounds of its size.
func (p pages) read(t *testing.T, got heard, size, token string) page {
	t.Helper()
	out := page{heard: got}
	if got.status != http.StatusOK {
		return out
	}
	if got.object == nil {
		t.Fatalf("%s: this is no list: %s", p.path, got.body)
	}
	for name, value := range got.object {
		if list, is := value.([]any); is && name != "schemas" || name == "schemas" && !p.from {
			for _, item := range list {
				text, err := json.Marshal(item)
				if err != nil {
					t.Fatal(err)
				}
				out.items = append(out.items, string(text))
			}
		}
	}
	asked, err := strconv.Atoi(size)
	if err == nil && asked > 0 && len(out.items) > asked || p.largest > 0 && len(out.items) > p.largest {
		t.Fatalf("%s: %d items on a page where %s is %q", p.path, len(out.items), p.size, size)
	}
	now, err := strconv.Atoi(token)
	if err != nil {
		now = 1
	}
	switch next, is := got.object["next_page_token"].(string); {
	case is && next == "" || !is && got.object["next_page_token"] != nil:
		t.Fatalf("%s: a token that is none: %s", p.path, got.body)
	case is:
		out.next = next
	case p.numbered && len(out.items) > 0:
		out.next = strconv.Itoa(now + 1)
	case p.from && len(out.items) > 0:
		out.next = strconv.Itoa(now + len(out.items))
	}
	for _, more := range []string{"has_more", "has_next_page"} {
		if says, is := got.object[more].(bool); is && says != (out.next != "") {
			t.Fatalf("%s: %s is %t: %s", p.path, more, says, got.body)
		}
	}
	return out
}

// mostPages is more than any list of the wide world has, however small they are.
const mostPages = 200

// walk turns all pages, and gives their items and the tokens that led from one to the next.
func (p pages) walk(t *testing.T, h http.Handler, who, size string) (items, tokens []string) {
	t.Helper()
	token := ""
	for range mostPages {
		got := p.turn(t, h, who, size, token)
		if got.status != http.StatusOK {
			t.Fatalf("%s: page %q where %s is %q: %d %s", p.path, token, p.size, size, got.status, got.body)
		}
		items = append(items, got.items...)
		if token = got.next; token == "" {
			return items, tokens
		}
		tokens = append(tokens, token)
	}
	t.Fatalf("%s: no end after %d pages where %s is %q", p.path, mostPages, p.size, size)
	return nil, nil
}

// walked is what a walk gives.
type walked struct{ items, tokens []string }

// isRefused holds that a token is refused as Databricks refuses what a parameter cannot be.
func (p pages) isRefused(t *testing.T, h http.Handler, who, size, token, why string) {
	t.Helper()
	got := p.turn(t, h, who, size, token)
	if code := got.object["error_code"]; got.status != http.StatusBadRequest || code != "INVALID_PARAMETER_VALUE" {
		t.Fatalf("%s: a token that is %s was answered: %q: %d %s", p.path, why, token, got.status, got.body)
	}
}

// damaged changes one byte of a token, or cuts it off there, or puts a byte in.
func damaged(token string, at, with uint8) string {
	i := int(at) % len(token)
	switch with % 3 {
	case 0:
		return token[:i] + string(rune(token[i]^(with|1))) + token[i+1:]
	case 1:
		return token[:i]
	}
	return token[:i] + string(rune(with)) + token[i:]
}

// FuzzPaging turns the pages of a list in sizes and by tokens that are what they should be, nearly that, and anything.
func FuzzPaging(f *testing.F) {
	for i := range everyList {
		f.Add(uint8(i), uint8(i+1), uint8(0), "2", "", uint8(3), uint8(i*5), "")
		f.Add(uint8(i), uint8(0), uint8(1), "10000000", "", uint8(5), uint8(i*5+1), "")
	}
	for i, size := range []string{"0", "1", "-1", "many", "10000000", "9223372036854775807", "99999999999999999999", "1e3", " 2", "0x2", "2.0", "+2"} {
		f.Add(uint8(i*7), uint8(3), uint8(0), size, "", uint8(1), uint8(i), "catalog_name=c0&schema_name=s0")
	}
	for i, text := range []string{"2||catalogs", "9223372036854775807|pause|catalogs", "-1||catalogs", "2|no|catalogs", "+2||catalogs", "||", "2"} {
		token := base64.RawURLEncoding.EncodeToString([]byte(text))
		f.Add(uint8(13), uint8(14), uint8(0), "1", token, uint8(i), uint8(i), "max_results=1&page_token="+token+"&max_results=2;page_token=")
		f.Add(uint8(i), uint8(14), uint8(3), "", text, uint8(i), uint8(i), "%zz&count=%00")
	}
	var h *Handler
	// The world stays as it is, so what its lists are in these sizes is asked once.
	known := map[string]walked{}
	f.Fuzz(func(t *testing.T, number, another, who uint8, size, token string, at, with uint8, query string) {
		if h == nil {
			h = New(wideWorld(t), Options{})
		}
		list, other, by := everyList[int(number)%len(everyList)], everyList[int(another)%len(everyList)], asker(who)
		say(t, h, by, "GET", list.path, query, "")
		if first := list.turn(t, h, by, "", ""); first.status != http.StatusOK {
			return // it is not for everybody
		}
		walk := func(size string) ([]string, []string) {
			key := fmt.Sprint(int(number)%len(everyList), by, size)
			if _, is := known[key]; !is && (size == "" || size == "1" || size == "2") {
				items, tokens := list.walk(t, h, by, size)
				known[key] = walked{items, tokens}
			}
			if been, is := known[key]; is {
				return been.items, been.tokens
			}
			return list.walk(t, h, by, size)
		}
		whole, _ := walk("")
		valid := map[string]bool{}
		for _, size := range []string{size, "1", "2"} {
			n, err := strconv.Atoi(size)
			if list.from && err == nil && n <= 0 {
				continue // in SCIM, none means none
			}
			if list.turn(t, h, by, size, "").status != http.StatusOK {
				if err == nil && n >= smallestGrantPage {
					t.Fatalf("%s: %s cannot be %d", list.path, list.size, n)
				}
				continue
			}
			items, tokens := walk(size)
			if !slices.Equal(items, whole) {
				t.Fatalf("%s: in pages where %s is %q\n%q\nat once\n%q", list.path, list.size, size, items, whole)
			}
			for _, token := range tokens {
				valid[token] = true
			}
			if list.from || list.numbered || len(tokens) == 0 {
				continue
			}
			good := tokens[int(at)%len(tokens)]
			if bad := damaged(good, at, with); bad != good && bad != "" {
				list.isRefused(t, h, by, size, bad, fmt.Sprintf("%q but for a byte", good))
			}
			if other.path+other.query != list.path+list.query && other.token == "page_token" && other.turn(t, h, by, "", "").status == http.StatusOK {
				if other.turn(t, h, by, size, "").status == http.StatusOK {
					other.isRefused(t, h, by, size, good, "one of "+list.path)
				}
			}
		}
		sorted := slices.Sorted(slices.Values(whole))
		if len(slices.Compact(sorted)) != len(whole) {
			t.Fatalf("%s: an item twice: %q", list.path, whole)
		}
		got := list.turn(t, h, by, "1", token)
		if token != "" && !valid[token] && !list.from && !list.numbered && got.status == http.StatusOK {
			t.Fatalf("%s: nobody gave the token %q: %s", list.path, token, got.body)
		}
	})
}
