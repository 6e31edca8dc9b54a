package estate

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Sited is a workspace as its account lists it.
type Sited struct {
	ID, Name string
	Host     connector.Host
	Why      string // it cannot be read; empty where it can
}

// inGoogle is the domain of workspaces on Google Cloud.
const inGoogle = "gcp.databricks.com"

// running is the state of a workspace that answers.
const running = "RUNNING"

// Workspaces are those of the account at a host, by name. A host is made of the name that the account gives and the domain of the account itself,
// so that nobody signs in anywhere else.
func Workspaces(ctx context.Context, asker Asker, id string, at connector.Host, allow connector.AllowList) (all []Sited, err error) {
	text, err := asker.Ask(ctx, http.MethodGet, "/api/2.0/accounts/"+connector.PathSegment(id)+"/workspaces", nil, nil)
	if err != nil {
		return nil, fmt.Errorf("list the workspaces of the account: %w", err)
	}
	var listed []struct {
		ID         json.Number `json:"workspace_id"`
		Name       string      `json:"workspace_name"`
		Deployment string      `json:"deployment_name"`
		Status     string      `json:"workspace_status"`
	}
	if err := json.Unmarshal(text, &listed); err != nil {
		return nil, fmt.Errorf("%w: list the workspaces of the account: %w", connector.ErrUnreadable, err)
	}
	_, domain, _ := strings.Cut(at.Name(), ".")
	for _, l := range listed {
		one := Sited{ID: connector.CleanLine(l.ID.String(), 40), Name: connector.CleanLine(l.Name, 120)}
		named := strings.TrimSuffix(l.Deployment, "."+domain)
		if named == "" && domain == inGoogle { // where a workspace goes by its number
			named = l.ID.String()
		}
		switch {
		case l.Status != running:
			one.Why = "it is " + cmp.Or(strings.ToLower(connector.CleanLine(l.Status, 40)), "not known to run")
		case named == "":
			one.Why = "the account does not tell its host"
		default:
			if one.Host, _, err = connector.ParseHost(named+"."+domain, allow); err != nil {
				one.Host, one.Why = connector.Host{}, connector.Sentence(err)
			}
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b Sited) int { return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID)) })
	return all, nil
}

// PartOf is one of several parts of a list, from 1: each is in one of them, and all are about as long.
func PartOf[T any](all []T, part, of int) (mine []T) {
	for i, one := range all {
		if i%of == part-1 {
			mine = append(mine, one)
		}
	}
	return mine
}

// Due is the order in which several places are to be read: those first that wait the longest. Those of which a whole run began within a time are
// left out, so that who tries again does not begin anew.
func Due(places []store.Folder, now time.Time, within time.Duration) (next []int) {
	last := make([]time.Time, len(places))
	for i, f := range places {
		if runs, err := f.Runs(); err == nil && len(runs) > 0 {
			last[i] = runs[len(runs)-1].Began
		}
		if within == 0 || now.Sub(last[i]) >= within || !lately(f, now, within) {
			next = append(next, i)
		}
	}
	slices.SortStableFunc(next, func(a, b int) int { return last[a].Compare(last[b]) })
	return next
}

// lately reports whether a whole run of a place began within a time. One that was damaged since is read again.
func lately(f store.Folder, now time.Time, within time.Duration) bool {
	last, found, err := f.LastWhole()
	return err == nil && found && now.Sub(last.Began) < within
}
