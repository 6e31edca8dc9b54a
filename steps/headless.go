package steps

import (
	"context"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// Headless is the set-up with nobody to ask: the answers come from a file, and what the wizard asks on the way was agreed to there. It has
// the wizard's draft, its ladder and its way to save.
type Headless struct {
	*Setup
	Answers AnswersFile
	// Say hears each result once, when it is final.
	Say func(check.Result)
}

// FileDraft starts the draft of an answers file. allow comes from --allow-host, and ca is the content of what ca_file names. A value that
// cannot be used is an *connector.InputError, except for host and client ID: those are judged by the first stage of the ladder, so that
// they fail as they do in a test of a connection.
func FileDraft(f AnswersFile, secret connector.Secret, allow connector.AllowList, ca []byte) (*Draft, error) {
	if missing := f.Missing(); len(missing) > 0 {
		return nil, incomplete("The answers file lacks "+strings.Join(missing, ", ")+".", "draftt-databricks setup --answers-example explains the keys.")
	}
	d := NewDraft(allow, joined(f.CACerts, ca))
	_, _, _ = d.SetHost(f.Host, FromFile)
	if f.Method == connector.PAT {
		d.SetMethod(connector.PAT)
	}
	_, _ = d.SetClientID(f.ClientID, FromFile)
	d.SetSecret(secret)
	if err := d.SecretProblem(); err != nil {
		return nil, err
	}
	return d, d.takeChoices(f)
}

// joined is certificates from both places, or nil.
func joined(written string, ca []byte) []byte {
	if written == "" {
		return ca
	}
	if !strings.HasSuffix(written, "\n") {
		written += "\n"
	}
	return append([]byte(written), ca...)
}

func (d *Draft) takeChoices(f AnswersFile) error {
	schema, err := parseSchemaParts(f.Catalog, f.Schema)
	if err != nil {
		return err
	}
	d.SetSchema(schema, FromFile)
	if f.Scope != "" {
		d.SetScope(f.Scope)
	}
	for _, text := range f.Tables {
		name, err := connector.ParseTable(text, schema)
		if err != nil {
			return err
		}
		if name.SchemaName != schema {
			return incomplete(fmt.Sprintf("The table %s is in another schema than %s.", name, schema), "A connection reads tables of one schema.")
		}
		if !d.Chosen(name) {
			d.ToggleTable(name, FromFile)
		}
	}
	if f.Name == "" {
		return d.SetName(suggestName(d), FromSuggested)
	}
	return d.SetName(f.Name, FromFile)
}

func parseSchemaParts(catalog, schema string) (connector.SchemaName, error) {
	first, err := connector.ParseIdent(catalog)
	if err != nil {
		return connector.SchemaName{}, err
	}
	second, err := connector.ParseIdent(schema)
	return connector.SchemaName{Catalog: first, Schema: second}, err
}

// Run proves the answers and saves the connection when nothing failed. It returns all results, in the order of the ladder; a failure is
// among them and not an error. protect opens the vault, or chooses its protection, right before the save.
func (h *Headless) Run(ctx context.Context, protect func(context.Context) error) ([]check.Result, error) {
	results, err := h.prove(ctx)
	if err != nil || ctx.Err() != nil || !h.Acceptable(results) {
		return results, err
	}
	connection, err := h.draft.Connection(h.env.Now())
	if err != nil {
		return results, err
	}
	if err := protect(ctx); err != nil {
		return results, err
	}
	h.saved, err = h.save(ctx, connection)
	return results, err
}

// Acceptable reports whether a connection with these results is saved: nothing failed, or nothing but the look for privileges beyond
// reading, which a person can accept.
func (h *Headless) Acceptable(results []check.Result) bool {
	f := check.Failure(results)
	return f == nil || f.Stage == "S17" && h.Answers.AcceptBroader
}

// prove walks the ladder: whole where the warehouse is given by its ID, and else in two parts, because a name can be looked up only once
// somebody is signed in.
func (h *Headless) prove(ctx context.Context) ([]check.Result, error) {
	if refused := h.refused(); refused != nil {
		return h.tell(refused), nil
	}
	subject, err := h.subject()
	if err != nil {
		return nil, err
	}
	defer subject.Close()
	subject.Start = h.Answers.StartWarehouse
	connecting, rest := check.Connect(), check.All()[len(check.Connect()):]
	var results []check.Result
	if wanted := h.Answers.Warehouse; isWarehouseID(wanted) {
		subject.Warehouse = connector.WarehouseRef{ID: wanted, HTTPPath: "/sql/1.0/warehouses/" + wanted}
		results = h.walk(ctx, check.All(), subject)
	} else if results = h.walk(ctx, connecting, subject); check.Failure(results) != nil {
		results = append(results, h.tell(blocked(rest, check.Failure(results).Stage))...)
	} else if found, missing := h.findWarehouse(ctx); missing != nil {
		missing.Stage, missing.Name, missing.State = rest[0].ID, rest[0].Name, check.Failed
		results = append(results, h.tell(append([]check.Result{*missing}, blocked(rest[1:], rest[0].ID)...))...)
	} else {
		subject.Warehouse, subject.Current = found, connector.Warehouse{}
		results = append(results, h.walk(ctx, rest, subject)...)
	}
	if ctx.Err() == nil && len(results) > len(connecting) {
		h.draft.SetConnected(results[:len(connecting)], subject.Principal)
		h.learn(subject, results)
	}
	return results, nil
}

// walk runs stages and says each result.
func (h *Headless) walk(ctx context.Context, stages []check.Stage, subject *check.Subject) []check.Result {
	var results []check.Result
	for r := range check.Run(ctx, stages, subject) {
		if r.State != check.Running {
			results = append(results, r)
			h.Say(r)
		}
	}
	return results
}

// learn hands what the walk found to the draft, as the steps of the wizard do.
func (h *Headless) learn(subject *check.Subject, results []check.Result) {
	d, now := h.draft, h.env.Now()
	w := subject.Current
	if w.ID == "" { // it may be used, and its details are refused
		w = connector.Warehouse{ID: subject.Warehouse.ID, Name: subject.Warehouse.Name, Type: subject.Warehouse.Type, HTTPPath: subject.Warehouse.HTTPPath}
	}
	d.SetWarehouse(w, FromFile)
	f := check.Failure(results)
	d.SetReach(f == nil || f.Stage > "S14")
	d.SetHeld(results)
	if f == nil || f.Stage > "S16" {
		for _, r := range subject.Reads {
			d.SetRead(r, now)
		}
	}
}

// refused are the results of values that nothing can be asked with, or nil.
func (h *Headless) refused() []check.Result {
	if _, _, err := connector.ParseHost(h.draft.HostText(), h.draft.allow); err != nil {
		return check.Refused(check.All(), err)
	}
	if h.draft.Method() == connector.PAT {
		return nil
	}
	_, err := connector.ParseClientID(h.draft.ClientIDText())
	if err == nil {
		return nil
	}
	results := check.Refused(check.All(), err)
	f := *results[0].Finding
	f.Cause, f.Exit = check.AuthenticationFailed, check.ExitAuth
	results[0].Evidence, results[0].Finding = "the client ID", &f
	return results
}

// findWarehouse looks the warehouse up by its name.
func (h *Headless) findWarehouse(ctx context.Context) (connector.WarehouseRef, *check.Result) {
	wanted := h.Answers.Warehouse
	ws, err := h.Workspace()
	if err != nil {
		f := check.Explain(err)
		return connector.WarehouseRef{}, &check.Result{Finding: &f}
	}
	all, err := everyPage(ctx, ws.Warehouses)
	if err != nil {
		f := check.Explain(err)
		return connector.WarehouseRef{}, &check.Result{Evidence: "the list of warehouses was refused", Finding: &f}
	}
	var named []connector.Warehouse
	var names []string
	for _, w := range all {
		names = append(names, w.Name.Raw())
		if strings.EqualFold(w.Name.Raw(), wanted) {
			named = append(named, w)
		}
	}
	if len(named) == 1 {
		w := named[0]
		return connector.WarehouseRef{ID: w.ID, Name: w.Name, Type: w.Type, HTTPPath: w.HTTPPath}, nil
	}
	f := notNamed(wanted, len(named), names)
	return connector.WarehouseRef{}, &check.Result{Evidence: count(len(all), "SQL warehouse") + " visible", Finding: &f}
}

// notNamed is the finding for a name that no warehouse has, or several.
func notNamed(wanted string, holders int, names []string) check.Finding {
	if len(names) == 0 {
		return check.NoWarehouses()
	}
	f := check.Finding{
		Cause: check.WarehouseAccess, Exit: check.ExitWarehouse, Pattern: "warehouse-gone",
		Reason: fmt.Sprintf("The principal sees no SQL warehouse named %q.", connector.CleanLine(wanted, 100)),
		Remedy: check.Remedy{Text: "Grant CAN_USE on it, or name one that it sees."},
	}
	if near := connector.Nearest(wanted, names, 1); len(near) > 0 {
		f.Remedy.Text = fmt.Sprintf("Grant CAN_USE on it, or name one that it sees. Did you mean %q?", connector.CleanLine(near[0], 100))
	}
	if holders > 1 {
		f.Reason = fmt.Sprintf("%d SQL warehouses are named %q.", holders, connector.CleanLine(wanted, 100))
		f.Remedy.Text = "Give the ID of the one that you mean."
	}
	return f
}

const warehouseIDLength = 16

// isWarehouseID reports whether a text has the form of a warehouse's ID, which is 16 hexadecimal digits.
func isWarehouseID(text string) bool {
	return len(text) == warehouseIDLength && strings.Trim(text, "0123456789abcdef") == ""
}

// blocked are the results of stages that wait for another one.
func blocked(stages []check.Stage, by check.ID) []check.Result {
	results := make([]check.Result, len(stages))
	for i, s := range stages {
		results[i] = check.Result{Stage: s.ID, Name: s.Name, State: check.Blocked, BlockedBy: by}
	}
	return results
}

// tell says results that no walk yielded.
func (h *Headless) tell(results []check.Result) []check.Result {
	for _, r := range results {
		h.Say(r)
	}
	return results
}
