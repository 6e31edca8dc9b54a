package setup

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestKeptAnswersAreEverythingButTheSecret(t *testing.T) {
	d := answered(t)
	d.SetScope(connector.ScopeTables)
	content, err := d.Keep()
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte("dose")) {
		t.Errorf("the secret is kept: %s", content)
	}
	back, err := RestoreDraft(content)
	if err != nil {
		t.Fatal(err)
	}
	if !back.Secret().IsZero() || back.Connected() {
		t.Error("a restored draft is signed in")
	}
	was, is := d.progress(), back.progress()
	was.connected = false
	if was != is || !reflect.DeepEqual(d.Tables(), back.Tables()) || !reflect.DeepEqual(d.sources, back.sources) {
		t.Errorf("restored %+v, was %+v", is, was)
	}
	if back.Warehouse().Name.Raw() != "Starter" || back.HostText() != firstHost {
		t.Errorf("restored %q and %q", back.Warehouse().Name.Raw(), back.HostText())
	}
	again, err := back.Keep()
	if err != nil || !bytes.Equal(again, content) {
		t.Errorf("kept again as\n%s\nnot\n%s", again, content)
	}
}

func TestASecretInTheWrongFieldIsNotKept(t *testing.T) {
	d := NewDraft(nil)
	_, _, _ = d.SetHost("dose-in-the-host", FromYou)
	_, _ = d.SetClientID("dose-as-client-id", FromYou)
	content, err := d.Keep()
	if err != nil || bytes.Contains(content, []byte("dose")) {
		t.Errorf("%s, %v", content, err)
	}
	if _, err := RestoreDraft(content); err != nil {
		t.Errorf("what is left cannot be restored: %v", err)
	}
}

func TestAnswersOfANewerReleaseAreLeftAlone(t *testing.T) {
	for content, says := range map[string]string{`{"version":2}`: "newer release", `{}`: "cannot be read", `no`: "cannot be read"} {
		if _, err := RestoreDraft([]byte(content)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", content, err)
		}
	}
}

func TestASavedSecretGoesToNoOtherHost(t *testing.T) {
	host, _, err := connector.ParseHost(firstHost, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := DraftOf(connector.Connection{
		Name: "prod", Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: firstID, Secret: secret("dose1")},
		Schema: schemaOf(t, "a.b"), Scope: connector.ScopeSchema,
	})
	if err != nil || d.Secret().IsZero() {
		t.Fatalf("the saved secret is missing: %v", err)
	}
	if _, _, err := d.SetHost("https://"+firstHost+"/", FromYou); err != nil || d.Secret().IsZero() {
		t.Errorf("the same host in another form drops it: %v", err)
	}
	_, cleared, err := d.SetHost(secondHost, FromYou)
	if err != nil || !d.Secret().IsZero() || !strings.Contains(strings.Join(cleared, ", "), "the saved secret") {
		t.Errorf("the secret goes to another host; cleared %q, %v", cleared, err)
	}
	d.SetSecret(secret("dose2"))
	if _, _, err := d.SetHost(firstHost, FromYou); err != nil || d.Secret().IsZero() {
		t.Errorf("a secret that was just given is dropped: %v", err)
	}
}
