package connector_test

import (
	"bytes"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"text/template"

	"github.com/draftt-io/draftt-databricks/connector"
)

const canary = "dose-CANARY-7f3a+/="

// leaks lists the forms in which the canary is in text.
func leaks(text string) []string {
	forms := map[string]string{
		"plain": canary, "quoted": fmt.Sprintf("%q", canary), "hex": hex.EncodeToString([]byte(canary)), "URL": url.QueryEscape(canary),
		"base64": strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(canary)), "="), "bytes": fmt.Sprint([]byte(canary)),
	}
	var found []string
	for name, form := range forms {
		if strings.Contains(strings.ToLower(text), strings.ToLower(form)) {
			found = append(found, name)
		}
	}
	return found
}

// holder keeps a secret as structs of other packages do: exported, not exported, by pointer and deep inside.
type holder struct {
	Open    connector.Secret
	Creds   connector.Credentials
	Pointer *connector.Secret
	List    []connector.Secret
	hidden  connector.Secret
	deep    struct{ creds connector.Credentials }
	mapped  map[string]connector.Secret
}

func newHolder() holder {
	s := connector.NewSecret([]byte(canary))
	h := holder{Open: s, Creds: connector.Credentials{ClientID: "id", Secret: s}, Pointer: &s, List: []connector.Secret{s}, hidden: s}
	h.deep.creds, h.mapped = h.Creds, map[string]connector.Secret{"x": s}
	return h
}

func TestASecretReachesNoSink(t *testing.T) {
	h := newHolder()
	sinks := map[string]func(io.Writer, any){}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%c", "%U", "%p", "%b"} {
		sinks[verb] = func(w io.Writer, v any) { fmt.Fprintf(w, verb, v) }
	}
	sinks["Println"] = func(w io.Writer, v any) { fmt.Fprintln(w, v, &v) }
	sinks["log"] = func(w io.Writer, v any) { log.New(w, "", 0).Print(v) }
	sinks["json"] = func(w io.Writer, v any) { show(w)(json.Marshal(v)) }
	sinks["indented json"] = func(w io.Writer, v any) { show(w)(json.MarshalIndent(map[string]any{"v": v}, "", " ")) }
	sinks["xml"] = func(w io.Writer, v any) { show(w)(xml.Marshal(v)) }
	sinks["gob"] = func(w io.Writer, v any) { fmt.Fprint(w, gob.NewEncoder(w).Encode(v)) }
	sinks["slog text"] = func(w io.Writer, v any) { slog.New(slog.NewTextHandler(w, nil)).Error("x", "v", v) }
	sinks["slog json"] = func(w io.Writer, v any) { slog.New(slog.NewJSONHandler(w, nil)).Error("x", "v", v) }
	sinks["an error"] = func(w io.Writer, v any) { fmt.Fprint(w, errors.Join(fmt.Errorf("with %v and %+v", v, v), io.EOF)) }
	sinks["a panic value"] = func(w io.Writer, v any) {
		defer func() { fmt.Fprintf(w, "%v", recover()) }()
		panic(v)
	}
	sinks["a template"] = func(w io.Writer, v any) {
		fmt.Fprint(w, template.Must(template.New("").Parse("{{.}} {{printf `%v %s` . .}}")).Execute(w, v))
	}
	values := map[string]any{
		"a secret": h.Open, "a pointer to one": h.Pointer, "credentials": h.Creds, "a struct that keeps one unexported": h, "a pointer to such a struct": &h,
		"a connection": connector.Connection{Credentials: h.Creds}, "a list": h.List, "a map": h.mapped,
	}
	for sink, write := range sinks {
		for what, value := range values {
			var out bytes.Buffer
			write(&out, value)
			if found := leaks(out.String()); len(found) > 0 {
				t.Errorf("%s of %s gives the secret away as %v: %.200s", sink, what, found, out.String())
			}
			if out.Len() == 0 {
				t.Errorf("%s of %s wrote nothing, which proves nothing", sink, what)
			}
		}
	}
}

// show writes what an encoder gave, its error included.
func show(w io.Writer) func([]byte, error) {
	return func(encoded []byte, err error) { fmt.Fprintf(w, "%s %v", encoded, err) }
}

func TestEveryEncoderRefusesASecret(t *testing.T) {
	creds := connector.Credentials{Secret: connector.NewSecret([]byte(canary))}
	_, asJSON := json.Marshal(creds)
	_, asXML := xml.Marshal(creds)
	_, asText := creds.Secret.MarshalText()
	asGob := gob.NewEncoder(io.Discard).Encode(creds)
	for name, err := range map[string]error{"json": asJSON, "xml": asXML, "text": asText, "gob": asGob} {
		if !errors.Is(err, connector.ErrSecretMarshal) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestASecretKeepsItsOwnCopy(t *testing.T) {
	typed := []byte(canary)
	s := connector.NewSecret(typed)
	clear(typed)
	first := s.Reveal()
	if string(first) != canary {
		t.Fatalf("wiping the typed bytes changed the secret to %q", first)
	}
	clear(first)
	if string(s.Reveal()) != canary {
		t.Error("wiping the revealed bytes changed the secret")
	}
}

func TestSecretsAreComparedWithoutBeingShown(t *testing.T) {
	a, same, other := connector.NewSecret([]byte(canary)), connector.NewSecret([]byte(canary)), connector.NewSecret([]byte("dapi-other"))
	var none connector.Secret
	if !a.Equal(same) || a.Equal(other) || a.Equal(none) || none.Equal(a) || !none.Equal(connector.NewSecret(nil)) {
		t.Error("equal secrets differ, or the other way round")
	}
	if a.Fingerprint() != same.Fingerprint() || a.Fingerprint() == other.Fingerprint() || len(a.Fingerprint()) != 4 || none.Fingerprint() != "" {
		t.Errorf("fingerprints %q, %q, %q", a.Fingerprint(), other.Fingerprint(), none.Fingerprint())
	}
	if a.Len() != len(canary) || none.Len() != 0 || a.IsZero() || !none.IsZero() || !connector.NewSecret([]byte{}).IsZero() || none.Reveal() != nil {
		t.Error("a secret does not know whether it is empty")
	}
	if a.Shape().Method() != connector.OAuth || other.Shape().Method() != connector.PAT || none.Shape().Method() != "" {
		t.Error("the kind of a secret is not told")
	}
}
