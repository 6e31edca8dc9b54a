package grants

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// Patch is one request of the Unity Catalog permissions API: PATCH adds and removes what it names and leaves everybody else alone.
type Patch struct {
	On   Object
	Path string
	Body []byte // JSON
}

type permissionsBody struct {
	Changes []permissionsChange `json:"changes"`
}

type permissionsChange struct {
	Principal string                `json:"principal"`
	Add       []connector.Privilege `json:"add,omitempty"`
	Remove    []connector.Privilege `json:"remove,omitempty"`
}

// Adding is the request for each object that gives the needs to a principal. It returns ErrOutsideContract as Statement does, and for
// hive_metastore, which the permissions API does not govern.
func Adding(needs []Need, to connector.Remote) ([]Patch, error) {
	if err := each(needs, func(n Need) error { _, err := Statement(n, to); return err }); err != nil {
		return nil, err
	}
	return patches(needs, func(list []connector.Privilege) permissionsChange {
		return permissionsChange{Principal: to.Raw(), Add: list}
	})
}

// Removing is the request for each object that takes privileges from a principal, which need not be of the contract. Errors are those of
// Revoke, and ErrOutsideContract for the metastore, which this program changes nothing of.
func Removing(needs []Need, from connector.Remote) ([]Patch, error) {
	err := each(needs, func(n Need) error {
		if !n.On.named() {
			return ErrOutsideContract
		}
		_, err := Revoke(n.Privilege, n.On, from)
		return err
	})
	if err != nil {
		return nil, err
	}
	return patches(needs, func(list []connector.Privilege) permissionsChange {
		return permissionsChange{Principal: from.Raw(), Remove: list}
	})
}

func each(needs []Need, judge func(Need) error) error {
	for _, need := range needs {
		if err := judge(need); err != nil {
			return err
		}
	}
	return nil
}

func patches(needs []Need, change func([]connector.Privilege) permissionsChange) ([]Patch, error) {
	var out []Patch
	for _, group := range byObject(needs) {
		if group.on.Name.Legacy() {
			return nil, fmt.Errorf("%s: %w", group.on.Title(), ErrOutsideContract)
		}
		body, err := encode(permissionsBody{Changes: []permissionsChange{change(group.privileges)}})
		if err != nil {
			return nil, err
		}
		out = append(out, Patch{
			On: group.on, Body: body,
			Path: "/api/2.1/unity-catalog/permissions/" + string(group.on.Type) + "/" + connector.PathSegment(group.on.Full()),
		})
	}
	return out, nil
}

// encode writes JSON for people to copy: no HTML escapes, but with what a terminal would obey escaped.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode a request: %w", err)
	}
	return connector.EscapeJSON(bytes.TrimSpace(b.Bytes())), nil
}

type objectPrivileges struct {
	on         Object
	privileges []connector.Privilege
}

// byObject collects the privileges of each object, in the order of the needs.
func byObject(needs []Need) []objectPrivileges {
	var out []objectPrivileges
	for _, need := range needs {
		i := slices.IndexFunc(out, func(o objectPrivileges) bool { return o.on.Same(need.On) })
		if i < 0 {
			i, out = len(out), append(out, objectPrivileges{on: need.On})
		}
		if !slices.Contains(out[i].privileges, need.Privilege) {
			out[i].privileges = append(out[i].privileges, need.Privilege)
		}
	}
	return out
}

// Equivalent is the same change in the three other forms in which admins make it.
type Equivalent struct {
	REST      []Patch
	CLI       string // one command of the Databricks CLI a line, for a POSIX shell
	Terraform string // resources of the databricks provider
}

// Equivalents writes the missing needs of a comparison for the REST API, the Databricks CLI and Terraform. All three are empty when
// nothing is missing or no grant helps. Errors are those of Adding.
func (c Comparison) Equivalents() (Equivalent, error) {
	needs, to := c.Needs(), c.Who.Principal
	rest, err := Adding(needs, to.Name)
	if err != nil {
		return Equivalent{}, err
	}
	out := Equivalent{REST: rest}
	var lines []string
	for _, p := range rest {
		lines = append(lines, "databricks grants update --json "+words.ShellArgument(string(p.Body))+" -- "+string(p.On.Type)+" "+words.ShellArgument(p.On.Full())+"\n")
	}
	out.CLI = strings.Join(lines, "")
	out.Terraform = c.terraform(needs)
	return out, nil
}

// In is the equivalent as one text in a form: rest, cli or terraform.
func (e Equivalent) In(form string) string {
	text := map[string]string{"cli": e.CLI, "terraform": e.Terraform}[form]
	if form == "rest" {
		for _, p := range e.REST {
			text += fmt.Sprintf("PATCH %s\n%s\n", p.Path, p.Body)
		}
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}
