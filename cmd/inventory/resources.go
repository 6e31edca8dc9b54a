package inventory

import "github.com/draftt-io/draftt-databricks/connector/estate"

// resourceDocument is how much of a resource was seen.
type resourceDocument struct {
	ID       string   `json:"resource"`
	Title    string   `json:"title"`
	Part     string   `json:"part"`
	Priority *int     `json:"priority,omitempty"` // of the document that the inventory follows
	State    string   `json:"state"`
	Rows     int      `json:"rows"`
	Pages    int      `json:"pages"`
	Seconds  float64  `json:"seconds"`
	Needs    string   `json:"needs,omitempty"`
	Why      string   `json:"why,omitempty"`
	Absent   []string `json:"not_enabled,omitempty"`
	Note     string   `json:"note,omitempty"`
}

func resourceDocuments(s estate.Standing) (out []resourceDocument) {
	for _, r := range s.Seen.Resources {
		d := resourceDocument{r.ID, r.Title, string(r.Part), nil, string(r.State), r.Rows, r.Pages, r.Took.Seconds(), string(r.Needs), r.Why, r.Absent, r.Note}
		if r.Priority != estate.Unnumbered {
			d.Priority = &r.Priority
		}
		out = append(out, d)
	}
	return out
}
