package stored

import (
	"encoding/json"
	"slices"
	"testing"
	"unicode/utf8"
)

var fieldNames = []string{"owner", "isolation_mode", "catalog_type"}

// agrees holds what is found of a body against a real decoder, where it is not left to that.
func agrees(t *testing.T, body string) bool {
	t.Helper()
	into := make([]string, len(fieldNames))
	if !texts(body, fieldNames, into) {
		return false
	}
	var o owned
	if err := json.Unmarshal([]byte(body), &o); err != nil {
		return true // such a row is not stored
	}
	if into[0] != o.Owner || into[1] != o.Isolation || into[2] != o.Type {
		t.Errorf("%s: %q, decoded %+v", body, into, o)
	}
	return true
}

func TestTextsAreFoundAsADecoderFindsThem(t *testing.T) {
	for body, found := range map[string]bool{
		`{}`: true, `{"owner":"a"}`: true, `{"browse_only":false,"created_at":17,"owner":"a b, c}","properties":{"owner":"x","l":[1,"]"]},"catalog_type":"T"}`: true,
		`{"comment":"say \"owner\":\"x\"","owner":"a"}`: true, `{"owner":"a\u00e4"}`: false, `{"owner":null}`: false, `{ "owner":"a"}`: false, `{"owner":"a"`: false, ``: false,
	} {
		if agrees(t, body) != found {
			t.Errorf("%s: found is %t", body, !found)
		}
	}
}

func FuzzTexts(f *testing.F) {
	f.Add(`{"owner":"a","n":{"b":[1,2,"]"]},"catalog_type":"x"}`)
	f.Fuzz(func(t *testing.T, body string) {
		if json.Valid([]byte(body)) {
			var keys map[string]json.RawMessage
			if json.Unmarshal([]byte(body), &keys) == nil {
				for key := range keys { // a decoder also takes names in another case, which a store never has
					for _, name := range fieldNames {
						if key != name && len(key) == len(name) {
							return
						}
					}
				}
			}
			agrees(t, body)
		}
	})
}

func TestAPlainGrantIsReadAsADecoderReadsIt(t *testing.T) {
	for body, plain := range map[string]bool{
		`{"principal":"a","privileges":["SELECT"]}`: true, `{"principal":"a b, c}","privileges":["SELECT","USE_SCHEMA"]}`: true, `{"principal":"","privileges":["X"]}`: true,
		`{"principal":"a\u00e4","privileges":["SELECT"]}`: false, `{"principal":"a","privileges":[]}`: false, `{"principal":null,"privileges":["SELECT"]}`: false, `{}`: false, ``: false,
		`{"privileges":["SELECT"],"principal":"a"}`: false, `{"principal":"a","privileges":["SELECT"],"principal_id":7}`: false, `{"principal":"a","privileges":["SELECT",]}`: false,
		`{"principal":"a","privileges":["SELECT"`: false, `{"principal":"a","privileges":["SELECT" ]}`: false, `{"principal":"a`: false,
	} {
		g, ok := plainGrant(body)
		var want granted
		if err := json.Unmarshal([]byte(body), &want); ok != plain || ok && (err != nil || g.Principal != want.Principal || !slices.Equal(g.Privileges, want.Privileges)) {
			t.Errorf("%s is %+v, plain %t: %v", body, g, ok, err)
		}
	}
}

func FuzzPlainGrant(f *testing.F) {
	f.Add(`{"principal":"a","privileges":["SELECT","MODIFY"]}`)
	f.Fuzz(func(t *testing.T, body string) {
		g, ok := plainGrant(body)
		var want granted
		if ok && json.Valid([]byte(body)) && json.Unmarshal([]byte(body), &want) == nil && (g.Principal != want.Principal || !slices.Equal(g.Privileges, want.Privileges)) && utf8.ValidString(body) {
			t.Errorf("%q is %+v, decoded %+v", body, g, want)
		}
	})
}
