package estate

import (
	"encoding/json"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// FuzzAnswers has every collector read what no workspace would answer: it is rows, or an error, and what is kept of a row is always JSON.
func FuzzAnswers(f *testing.F) {
	for _, seed := range []string{
		`{"jobs":[{"job_id":1,"settings":{"name":"a"}}],"next_page_token":"x"}`, `[{"workspace_id":1}]`, `{"Resources":[{"id":"1","roles":[{"value":"account_admin"}]}],"totalResults":2}`,
		`{"access_control_list":[{"user_name":"a","all_permissions":[{"permission_level":"CAN_MANAGE","inherited":true,"inherited_from_object":["/jobs/"]}]}]}`,
		`{"privilege_assignments":[{"principal":"","principal_id":7,"privileges":["SELECT"]}]}`, `{"grant_rules":[{"role":"r","principals":["users/a"]}]}`,
		`{"objects":[{"object_type":"DIRECTORY","object_id":1,"path":"/a"}]}`, `{"workspace_ids":[1,"2",null]}`, `null`, `{"id":"1","members":[null,{"value":[]}]}`, `{"next_page_token":[]}`,
	} {
		f.Add([]byte(seed), "")
	}
	f.Fuzz(func(t *testing.T, answer []byte, token string) {
		about := store.Row{Seq: 3, Kind: "groups", ID: "7", Name: "a/b?c", Body: `{"applicationId":"x"}`}
		for i := range collectors {
			c := &collectors[i]
			_ = c.request(Place{Account: "a"}, about, token)
			p, err := c.read(about, token, answer)
			if err != nil {
				continue
			}
			for _, row := range p.rows {
				if row.Kind == "" || !json.Valid([]byte(row.Body)) {
					t.Errorf("%s: %+v", c.ID, row)
				}
			}
		}
	})
}
