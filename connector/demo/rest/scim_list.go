package rest

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// maxSCIMPage is the largest page, which is also the page of a caller that asks for none.
const maxSCIMPage = 10_000

// scimCollection answers for one kind of principal.
type scimCollection struct {
	*Handler
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
	all, err := c.world.Directory(who, c.kind)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(p *model.Principal) bool { return !keep(p) })
	if err := sortPrincipals(all, query.Get("sortBy"), query.Get("sortOrder")); err != nil {
		return nil, err
	}
	start = max(start, 1)
	from := min(start-1, len(all))
	page := all[from:min(from+min(max(count, 0), maxSCIMPage), len(all))]
	out := scimList{
		Schemas: []string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"}, Total: len(all), Start: start, Count: len(page),
	}
	for _, p := range page {
		item, err := project(c.resource(p), r)
		if err != nil {
			return nil, err
		}
		out.Resources = append(out.Resources, item)
	}
	return out, nil
}

func (c scimCollection) get(r *http.Request, who *model.Principal) (any, error) {
	p, err := c.world.DirectoryEntry(who, c.kind, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return project(c.resource(p), r)
}

// number reads a whole number; no text is the default.
func number(text string, otherwise int) (int, error) {
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, invalid("'" + text + "' is not a number.")
	}
	return n, nil
}

// attributes are those that filters and sorting can name, in lower case.
var attributes = map[string]func(*model.Principal) string{
	"id":            func(p *model.Principal) string { return p.ID },
	"username":      func(p *model.Principal) string { return nameOf(p, model.User) },
	"applicationid": func(p *model.Principal) string { return nameOf(p, model.ServicePrincipal) },
	"displayname": func(p *model.Principal) string {
		if p.Kind == model.Group {
			return p.Name
		}
		return p.DisplayName
	},
}

func nameOf(p *model.Principal, kind model.PrincipalKind) string {
	if p.Kind == kind {
		return p.Name
	}
	return ""
}

// comparisons are the operators of filters. Text compares without regard to case, as RFC 7644 has it for these attributes.
var comparisons = map[string]func(have, want string) bool{
	"eq": func(have, want string) bool { return have == want },
	"ne": func(have, want string) bool { return have != want },
	"co": strings.Contains,
	"sw": strings.HasPrefix,
}

// parseFilter reads a filter of one comparison, for example displayName eq "draftt-connector". No filter keeps everybody.
func parseFilter(text string) (func(*model.Principal) bool, error) {
	if text == "" {
		return func(*model.Principal) bool { return true }, nil
	}
	parts := strings.SplitN(strings.TrimSpace(text), " ", 3)
	if len(parts) == 3 {
		attribute, known := attributes[strings.ToLower(parts[0])]
		compare, ok := comparisons[strings.ToLower(parts[1])]
		if want, quoted := unquote(strings.TrimSpace(parts[2])); known && ok && quoted {
			return func(p *model.Principal) bool { return compare(strings.ToLower(attribute(p)), strings.ToLower(want)) }, nil
		}
	}
	return nil, invalid("The filter '" + text + "' is not supported.")
}

// unquote reads the value of a comparison: in quotes of either kind, or one word. An empty one is refused.
func unquote(text string) (string, bool) {
	for _, quote := range []string{`"`, `'`} {
		if inner, ok := strings.CutPrefix(text, quote); ok {
			inner, ok = strings.CutSuffix(inner, quote)
			return inner, ok && inner != "" && !strings.Contains(inner, quote)
		}
	}
	return text, text != "" && !strings.ContainsAny(text, " ()")
}

func sortPrincipals(list []*model.Principal, by, order string) error {
	if by == "" {
		return nil
	}
	attribute, ok := attributes[strings.ToLower(by)]
	if !ok {
		return invalid("Sorting by '" + by + "' is not supported.")
	}
	direction := 1
	if strings.EqualFold(order, "descending") {
		direction = -1
	}
	slices.SortStableFunc(list, func(a, b *model.Principal) int { return direction * cmp.Compare(attribute(a), attribute(b)) })
	return nil
}

// project leaves out of a resource what the attributes and excludedAttributes parameters leave out. Its schemas and id always stay.
func project(resource scimResource, r *http.Request) (any, error) {
	wanted, unwanted := words(r.URL.Query().Get("attributes")), words(r.URL.Query().Get("excludedAttributes"))
	if len(wanted) == 0 && len(unwanted) == 0 {
		return resource, nil
	}
	raw, err := json.Marshal(resource)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	for name := range fields {
		lower := strings.ToLower(name)
		if name == "id" || name == "schemas" {
			continue
		}
		if slices.Contains(unwanted, lower) || len(wanted) > 0 && !slices.Contains(wanted, lower) {
			delete(fields, name)
		}
	}
	return fields, nil
}

// words reads a list of attribute names; of a path like members.value only the attribute counts.
func words(text string) []string {
	var out []string
	for name := range strings.SplitSeq(text, ",") {
		name, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(name)), ".")
		if name != "" {
			out = append(out, name)
		}
	}
	return out
}
