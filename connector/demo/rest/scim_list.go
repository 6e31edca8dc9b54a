package rest

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// maxSCIMPage is the largest page, which is also the page of a caller that asks for none.
const maxSCIMPage = 10_000

// scimCollection answers for one kind of principal in a directory.
type scimCollection struct {
	model.Directory
	scimKind
}

type scimList struct {
	Schemas   []string `json:"schemas"`
	Total     int      `json:"totalResults"`
	Start     int      `json:"startIndex"`
	Count     int      `json:"itemsPerPage"`
	Resources []any    `json:"Resources,omitempty"`
}

func (c scimCollection) list(r *http.Request, who *model.Principal) (any, error) {
	if err := c.CheckAdmin(who); err != nil && c.OfAccount() {
		return nil, err
	}
	query := r.URL.Query()
	keep, err := parseFilter(query.Get("filter"))
	if err != nil {
		return nil, err
	}
	start, err := number(query.Get("startIndex"), 1)
	if err != nil {
		return nil, err
	}
	count, err := number(query.Get("count"), maxSCIMPage)
	if err != nil {
		return nil, err
	}
	all, err := c.sorted(who, query, c.kept(who, query, keep))
	if err != nil {
		return nil, err
	}
	start = max(start, 1)
	from := min(start-1, len(all))
	page := all[from:min(from+min(max(count, 0), maxSCIMPage), len(all))]
	out := scimList{
		Schemas: []string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}, Total: len(all), Start: start, Count: len(page),
	}
	for _, p := range page {
		d := c.told(who, p)
		if c.OfAccount() {
			delete(d, "members") // since August 2025 the account's list of groups is without them
		}
		project(d, query)
		out.Resources = append(out.Resources, d)
	}
	return out, nil
}

// kept are the principals that a filter keeps. Without one nobody is written out for it, which takes long for groups of many.
func (c scimCollection) kept(who *model.Principal, query url.Values, keep scimFilter) []*model.Principal {
	all := c.List(c.kind)
	if query.Get("filter") == "" {
		return all
	}
	return slices.DeleteFunc(all, func(p *model.Principal) bool { return !keep(c.told(who, p)) })
}

// told is what the caller may be told of a principal. What that is not, filters and sorting do not see either.
func (c scimCollection) told(who, p *model.Principal) document {
	d := documentOf(resource(c.Directory, p))
	if !c.Admin(who) {
		maps.DeleteFunc(d, func(name string, _ any) bool { return !slices.Contains(toldToAll, name) })
	}
	return d
}

// toldToAll are the attributes that those are told who are no admins.
var toldToAll = []string{"schemas", "id", "userName", "applicationId", "displayName"}

func (c scimCollection) get(r *http.Request, who *model.Principal) (any, error) {
	p, err := c.Entry(who, c.kind, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	d := documentOf(resource(c.Directory, p))
	project(d, r.URL.Query())
	return d, nil
}

// number reads a whole number; no text is the default.
func number(text string, otherwise int) (int, error) {
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, Refuse("'" + text + "' is not a number.")
	}
	return n, nil
}

func (c scimCollection) sorted(who *model.Principal, query url.Values, list []*model.Principal) ([]*model.Principal, error) {
	by := query.Get("sortBy")
	if by == "" {
		return list, nil
	}
	path, ok := pathOf(by)
	if !ok {
		return nil, Refuse("Sorting by '" + by + "' is not supported.")
	}
	direction := 1
	if strings.EqualFold(query.Get("sortOrder"), "descending") {
		direction = -1
	}
	keys := make(map[*model.Principal]string, len(list))
	for _, p := range list {
		keys[p] = fmt.Sprint(path.values(c.told(who, p))...)
	}
	slices.SortStableFunc(list, func(a, b *model.Principal) int { return direction * cmp.Compare(keys[a], keys[b]) })
	return list, nil
}

// always are the attributes that no request leaves out.
var always = []string{"schemas", "id", "applicationId"}

// project leaves out of a document what the attributes and excludedAttributes parameters leave out.
func project(d document, query url.Values) {
	wanted, unwanted := attributePaths(query.Get("attributes")), attributePaths(query.Get("excludedAttributes"))
	for name, value := range d {
		if slices.Contains(always, name) {
			continue
		}
		parts, asked := wanted[name]
		if less, spared := unwanted[name]; len(wanted) > 0 && !asked || spared && len(less) == 0 {
			delete(d, name)
			continue
		}
		if len(parts) > 0 {
			d[name] = cut(value, func(part string) bool { return slices.Contains(parts, part) })
		}
		if less := unwanted[name]; len(less) > 0 {
			d[name] = cut(d[name], func(part string) bool { return !slices.Contains(less, part) })
		}
	}
}

// cut keeps some of the parts of a complex attribute, or of each of its values.
func cut(value any, keep func(part string) bool) any {
	switch value := value.(type) {
	case document:
		maps.DeleteFunc(value, func(part string, _ any) bool { return !keep(part) })
	case []any:
		for _, item := range value {
			cut(item, keep)
		}
	}
	return value
}

// attributePaths reads a list of attributes, each with the parts of it that are named, or none for the whole. What is no attribute counts,
// so that a list of such alone asks for nothing.
func attributePaths(text string) map[string][]string {
	out := map[string][]string{}
	whole := map[string]bool{}
	for path := range strings.SplitSeq(text, ",") {
		if path = strings.TrimSpace(path); path == "" {
			continue
		}
		p, _ := pathOf(path)
		out[p.name] = append(out[p.name], p.part)
		whole[p.name] = whole[p.name] || p.part == ""
	}
	for name := range whole {
		if whole[name] {
			out[name] = nil
		}
	}
	return out
}
